"""The portal's errors, rights and rules, in words for people: what happened, and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from stages.bitrix24 import errors
from stages.domain.access import Barrier, Role
from stages.domain.conflicts import Conflict, Kind
from stages.domain.details import BoardDetails
from stages.domain.removal import Obstacle
from stages.domain.stage import SystemType
from stages.services.refusals import Conflicting, Refusal
from stages.services.wordings import WORDINGS, Wording

BARRIERS: dict[Barrier, str] = {
    Barrier.NOT_MEMBER: "You are not a member of this group.",
    Barrier.ONLY_MEMBER: "You are a member of this group, not its owner or a moderator.",
    Barrier.SCRUM: "A scrum board shows the stages of its sprint, not these.",
    Barrier.COLLAB: "A collab's board does not show these stages.",
    Barrier.LENT_TO_LOOK: "This board is shared with you to look at, not to edit.",
    Barrier.LENDER_MAY_NOT: "Who shared this board with you may not edit it either.",
}

OBSTACLES: dict[Obstacle, Wording] = {
    Obstacle.FIRST: WORDINGS[errors.FirstStage],
    Obstacle.SYSTEM: WORDINGS[errors.SystemStage],
    Obstacle.HAS_TASKS: WORDINGS[errors.NotEmpty],
}

PURPOSES: dict[SystemType, str] = {
    SystemType.NEW: "For new tasks",
    SystemType.WORK: "For work in progress",
    SystemType.REVIEW: "For review",
    SystemType.FINISH: "For finished tasks",
}


# Seconds to wait where the portal does not say how long: a tenth of its bucket drains; a block of a
# method lasts ten minutes at most; a block by hand may be lifted any time.
_WAITS: dict[type[errors.Bitrix24Error], float] = {
    errors.LimitExceeded: 3,
    errors.OperationTimeLimit: 600,
    errors.Overloaded: 3600,
}


def explain(error: errors.Bitrix24Error) -> Refusal:
    """Return the refusal that tells people what this error means for them."""
    wording = next(WORDINGS[kind] for kind in type(error).__mro__ if kind in WORDINGS)
    refusal = Refusal(*wording, retry_after=error.retry_after)
    if refusal.retry_after is None:
        refusal.retry_after = _WAITS.get(type(error))
    if isinstance(error, errors.PortalMoved) and error.base_url:
        refusal.message = f"The portal says that it has moved to {error.host}."
    refusal.hint = refusal.hint.replace("{wait}", _duration(refusal.wait or 1))
    return refusal


def _duration(seconds: float) -> str:
    if seconds > 90:
        return f"{math.ceil(seconds / 60)} minutes"
    return f"{math.ceil(seconds)} second{'' if seconds <= 1 else 's'}"


def explain_edit(error: errors.Bitrix24Error, *, done: int, of: int) -> Refusal:
    """Return the refusal for edits of which so many show on the board that was read back."""
    refusal = explain(error)
    if isinstance(error, errors.NoAnswerInTime):
        refusal.may_repeat, refusal.fate = False, "unknown"
        refusal.hint = (
            "It is not known whether the edit was made; it may still be. Look at the board again "
            "in a minute: until then it takes no other edit."
        )
        return refusal
    if done:
        fate = f"{done} of {of} edits were made; the board is shown as it is."
    else:
        fate = "Nothing was changed."
    refusal.hint = f"{fate} {refusal.hint}"
    return refusal


def unconfirmed(
    error: errors.Bitrix24Error, failure: errors.Bitrix24Error | None, *, may_have_run: bool
) -> Refusal:
    """Return the refusal for edits after which the board could not be read.

    `failure` is how sending them ended, None where the portal took them.
    """
    refusal = explain(failure or error)
    refusal.may_repeat = not may_have_run
    if may_have_run:
        refusal.fate = "unknown" if failure else "made"
        # Nobody is to wait and send again what may be done.
        refusal.retry_after = None
        # A portal that has moved is told as such: somebody has to confirm where to.
        if refusal.status in (502, 503) and refusal.code != "PORTAL_MOVED":
            refusal.code, refusal.status = "UNCONFIRMED", 502
    if failure is None:
        refusal.message = f"The portal took the edit and then could not be read. {refusal.message}"
        refusal.hint = "Open the board again: it shows what the portal has."
    elif may_have_run:
        refusal.hint = "It is not known whether the edit was made. Open the board again: it shows."
    else:
        refusal.hint = f"Nothing was changed. {refusal.hint}"
    return refusal


def add_made(refusal: Refusal, *, done: int, of: int) -> None:
    """Let a refusal of what was left to do tell what had been done before."""
    if done:
        rest = refusal.hint.removeprefix("Nothing was changed.").strip()
        refusal.hint = f"{done} of {of} edits had been made. {rest}".strip()


@contextmanager
def in_words(fate: str = "") -> Iterator[None]:
    """Turn an error of the portal into a refusal; works as a decorator, too.

    `fate` is a sentence that says what has become of an edit.
    """
    try:
        yield
    except errors.Bitrix24Error as error:
        refusal = explain(error)
        refusal.hint = f"{fate} {refusal.hint}".strip()
        raise refusal from error


def may_not_edit(barrier: Barrier) -> Refusal:
    hint = "Only the owner and the moderators of a group may change its stages."
    if barrier in (Barrier.SCRUM, Barrier.COLLAB):
        hint = "Edit its stages on the portal."
    if barrier is Barrier.LENT_TO_LOOK:
        hint = "Ask who shared it with you to let you edit."
    return Refusal("ACCESS_DENIED", 403, BARRIERS[barrier], hint)


def board_hidden(role: Role | None) -> Refusal:
    """Return the refusal of a board whose stages the portal does not show; strangers know why."""
    reason = "You may not see the tasks of this group." if role else BARRIERS[Barrier.NOT_MEMBER]
    hint = "Its tasks are hidden from you, and so is its board. Ask its owner to let you see them."
    return Refusal("ACCESS_DENIED", 403, reason, hint)


def may_not_remove(obstacle: Obstacle) -> Refusal:
    return Refusal(*OBSTACLES[obstacle])


def conflict(found: Conflict) -> Refusal:
    """Return the refusal of an edit that meets another one of the same thing."""
    match found.kind:
        case Kind.TITLE:
            told = f"Somebody renamed {found.name} to {found.theirs} meanwhile."
            choice = f"Keep that name, or call it {found.mine} all the same."
        case Kind.COLOR:
            told = f"Somebody gave {found.name} another colour meanwhile, {found.theirs}."
            choice = f"Keep that colour, or give it {found.mine} all the same."
        case Kind.ANCHOR:
            told = f"{found.theirs}, which {found.name} was to come after, is gone."
            place = f"after {found.mine}" if found.mine else "at the start"
            choice = f"Leave it, or put {found.name} {place}."
    return Conflicting(found, told, f"Nothing was changed. {choice}")


def why_not_counted(details: BoardDetails) -> str:
    """Return why the tasks of a board are not counted, where the portal has paused that."""
    if details.counting_resumes_in is None:
        return ""
    return (
        "Tasks are not counted: the portal has paused that, because too much time went into it. "
        f"It lifts the pause in {_duration(details.counting_resumes_in)}; everything else goes on."
    )


def who_may_edit(details: BoardDetails) -> str:
    """Return why the connected person may not edit a board, and who may, by name."""
    if details.barrier is None:
        return ""
    parts = [BARRIERS[details.barrier]]
    if details.barrier in (Barrier.NOT_MEMBER, Barrier.ONLY_MEMBER, Barrier.LENDER_MAY_NOT):
        owner = [editor.name for editor in details.editors if editor.role is Role.OWNER]
        moderators = [editor.name for editor in details.editors if editor.role is Role.MODERATOR]
        named = [f"owner {name}" for name in owner if name]
        if any(moderators):
            named.append("moderators " + ", ".join(sorted(filter(None, moderators))))
        who = "; ".join(named) or "its owner and its moderators"
        parts.append(f"Its stages can be changed by: {who}.")
    return " ".join(parts)
