"""A refusal of each kind that programs meet, for the document that tells them."""

from __future__ import annotations

from stages.bitrix24 import errors as portal
from stages.domain.access import Barrier
from stages.domain.removal import Obstacle
from stages.services import database_refusals, refusals, token_refusals, words
from stages.services.refusals import Refusal


def one_of_each() -> tuple[Refusal, ...]:
    return (
        refusals.invalid("A title has at most 255 characters.", field="title"),
        token_refusals.refused(),
        words.may_not_edit(Barrier.ONLY_MEMBER),
        refusals.board_not_found(),
        refusals.stage_not_found(17),
        Refusal("METHOD_NOT_ALLOWED", 405, "This address does not take that method."),
        words.may_not_remove(Obstacle.FIRST),
        words.may_not_remove(Obstacle.SYSTEM),
        words.may_not_remove(Obstacle.HAS_TASKS),
        refusals.not_undoable("“Review” was deleted since."),
        refusals.board_changed(),
        Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "The body has to be JSON."),
        token_refusals.throttled(30),
        words.explain(portal.ConnectionRefused()),
        words.explain(portal.UnexpectedAnswer()),
        words.explain(portal.InvalidCredentials()),
        words.unconfirmed(portal.LimitExceeded(), None, may_have_run=True),
        database_refusals.failed_midway(),
        words.explain(portal.LimitExceeded()),
        words.explain(portal.PortalResting(retry_after=20)),
        refusals.board_busy(),
        database_refusals.failed(may_have_run=False),
        words.explain(portal.NoAnswerInTime()),
    )
