"""The day the seeded company is caught on."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=3))
NOW = datetime(2026, 8, 3, 9, 0, tzinfo=ZONE)


def days_from_now(days: int) -> str:
    """Return an ISO date some days after (or before) the seeded day."""
    return (NOW + timedelta(days=days)).isoformat()
