"""What the product refuses, in words for people: what happened and what to do."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stages.domain.board import BoardRef
from stages.domain.conflicts import Conflict
from stages.domain.details import BoardDetails
from stages.models import Portal


class Refusal(Exception):
    """Something a person asked for and does not get.

    `code` is for programs, `status` the HTTP status of an answer with it, `message` says what
    happened and `hint` what to do, `retry_after` is in seconds where waiting helps, and `board` is
    the board as the portal has it, where it could be read after the refusal. `ref` names the board
    where the address does not. `fate` is what became of an edit: "" where it was not made, "made",
    "unknown", or "needless" where the board is as wanted already. `may_repeat` tells whether trying
    the same again makes sense and does nothing twice. `opens_to_admin` tells that acting as
    administrator of the portal may help the person. `fields` says of invalid input what is wrong
    with which part of it. `page_over` tells that nothing works before the page is opened again.
    """

    def __init__(
        self, code: str, status: int, message: str, hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.hint = hint
        self.retry_after = retry_after
        self.board: BoardDetails | None = None
        self.ref: BoardRef | None = None
        self.may_repeat = status >= 500
        self.fate = ""
        self.opens_to_admin = False
        self.fields: dict[str, list[str]] = {}
        self.page_over = False

    @property
    def wait(self) -> int | None:
        """The whole seconds after which trying again makes sense, None where waiting is no help."""
        return None if self.retry_after is None else max(1, math.ceil(self.retry_after))


class WhichPortal(Refusal):
    """The address fits several portals."""

    def __init__(self, portals: Sequence[Portal]) -> None:
        super().__init__("WHICH_PORTAL", 404, "Which portal?", "Choose one of yours.")
        self.portals = portals


class Conflicting(Refusal):
    """Somebody else has changed the same thing: keep theirs, or make the edit with `force`."""

    def __init__(self, conflict: Conflict, message: str, hint: str) -> None:
        super().__init__("CONFLICT", 409, message, hint)
        self.conflict = conflict


class WhoseConnection(Refusal):
    """A command does not say for whom it is, and that is not evident."""


class NoConnection(Refusal):
    """The address fits none of a person's portals."""

    def __init__(self) -> None:
        super().__init__(
            "NOT_FOUND",
            404,
            "You have no connection to such a portal.",
            "Connect one, or ask somebody to share theirs.",
        )


def no_connection() -> Refusal:
    return NoConnection()


def which_portal(portals: Sequence[Portal]) -> Refusal:
    return WhichPortal(portals)


def sent_already() -> Refusal:
    refusal = Refusal(
        "CONFLICT",
        409,
        "This form was sent already.",
        "Look before you send another one: what it makes may be there.",
    )
    refusal.fate = "unknown"
    return refusal


def signed_out() -> Refusal:
    refusal = Refusal(
        "SIGNED_OUT",
        401,
        "You have been signed out.",
        "Nothing was changed. Open the page again and sign in.",
    )
    refusal.page_over = True
    return refusal


def board_not_found() -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        "There is no such board, or you cannot see its group.",
        "Look for it in the list of boards, or ask the group's owner to invite you.",
    )


def change_not_found() -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        "There is no such change, or you cannot see its board.",
        "Look for it in the history.",
    )


def not_undoable(reason: str) -> Refusal:
    return Refusal("CONFLICT", 409, reason, "Nothing was changed.")


def board_busy() -> Refusal:
    return Refusal(
        "BOARD_BUSY",
        503,
        "Other edits of this board are still under way.",
        "Nothing was changed. Try again in a moment.",
        retry_after=5,
    )


def unsettled(seconds: float) -> Refusal:
    return Refusal(
        "BOARD_BUSY",
        503,
        "An earlier edit of this board got no answer and may still be made.",
        "Nothing was changed. The board is free as soon as the edit shows, in a minute at most.",
        retry_after=seconds,
    )


def order_outdated() -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        "Stages were added or deleted since this order was made.",
        "Nothing was changed. Read the board again.",
    )


def out_of_sight() -> Refusal:
    """Refuse to tell what became of an edit that somebody else's look at the board settles."""
    refusal = Refusal(
        "PORTAL_TIMEOUT",
        504,
        "It took too long to see what became of the edit.",
        "It may have been made. Open the board again: it shows.",
    )
    refusal.may_repeat, refusal.fate = False, "unknown"
    return refusal


def board_changed() -> Refusal:
    return Refusal(
        "BOARD_CHANGED",
        412,
        "The board has changed since you read it.",
        "Nothing was changed. Read the board again.",
    )


def preview_outdated() -> Refusal:
    return Refusal(
        "BOARD_CHANGED",
        412,
        "The board has changed since you saw what it takes.",
        "Nothing more was done. Look at what it takes now, and decide again.",
    )


def not_an_administrator() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "You are not an administrator of this portal.",
        "Open the board without acting as administrator.",
    )


def stage_not_found(stage_id: int) -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        f"This board has no stage {stage_id}: it may have been deleted.",
        "Nothing was changed.",
    )


def stage_gone(name: str) -> Refusal:
    return Refusal("NOT_FOUND", 404, f"{name} was deleted meanwhile.", "Nothing was changed.")


def deleted_already(name: str) -> Refusal:
    message = f"{name} has been deleted already, by an earlier try or by somebody else."
    refusal = Refusal("NOT_FOUND", 404, message)
    refusal.fate = "needless"
    return refusal


def no_stage_of_that_name(title: str) -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        f"The board has no stage called “{title}”.",
        "Nothing was changed. Look at its stages.",
    )


def several_stages_of_that_name(title: str, stage_ids: Sequence[int]) -> Refusal:
    ids = ", ".join(map(str, stage_ids))
    return Refusal(
        "INVALID",
        400,
        f"The board has several stages called “{title}”: {ids}.",
        "Nothing was changed. Name the stage by its number.",
    )


def no_such_user(name: str) -> Refusal:
    return Refusal(
        "NOT_FOUND", 404, f"There is no user called “{name}”.", "Look at how the name is spelt."
    )


def whose_connection() -> Refusal:
    return WhoseConnection("INVALID", 400, "Whose connection?", "Name a user: --user NAME.")


def holds_tasks(name: str) -> Refusal:
    return Refusal(
        "NO_EMPTY",
        409,
        f"{name} holds tasks.",
        "Choose the stage they go to; nothing was changed.",
    )


def may_not_move_tasks() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "You may not move the tasks of this group, so a stage that holds some cannot be deleted.",
        "Somebody who may has to move them first. Nothing was changed.",
    )


def invalid(message: str, *, field: str = "") -> Refusal:
    """Refuse what was given; `field` is the API's name for it."""
    refusal = Refusal("INVALID", 400, message, "Nothing was changed.")
    refusal.fields = {field: [message]} if field else {}
    return refusal


def no_rpa() -> Refusal:
    return Refusal(
        "NOT_AVAILABLE",
        404,
        "This portal has no RPA.",
        "The portal's vendor no longer develops RPA; newer portals come without it.",
    )
