"""The board of the relaunch, and what somebody else makes of it."""

from __future__ import annotations

from sandbox.server import Sandbox
from stages.domain.board import BoardRef
from tests import portal

REF = BoardRef(portal.RELAUNCH)
BOARD = "group-10"
BACKLOG, DOING, REVIEW = 1, 2, 3


def renamed_elsewhere(sandbox: Sandbox) -> None:
    sandbox.portal.board(BOARD)[1].title = "Doing"
