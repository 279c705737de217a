"""Gunicorn's configuration for an application that does not hold requests back.

The sandbox of these tests has no limit on requests, and two a second would make them slow.
"""

from __future__ import annotations

import runpy

from stages.bitrix24.ratelimit import LeakyBucket

globals().update(runpy.run_path("gunicorn.conf.py"))  # all else is as it always is


def _take(_bucket: LeakyBucket, *, patience: float, background: bool = False) -> None:
    """Wait for nothing."""


setattr(LeakyBucket, "take", _take)  # noqa: B010 -- a method is no variable to mypy
