"""Reading a board in as few requests as the portal allows.

The first request reads the stages and the rights; the second counts tasks, whose stages the first
one had to name, and names the editors. Each further 50 stages take one more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stages.bitrix24 import batch, errors
from stages.bitrix24.answers import Answers
from stages.bitrix24.clock import SYSTEM
from stages.bitrix24.command import Command
from stages.bitrix24.methods import groups, task_stages, tasks, users
from stages.domain import access
from stages.domain.access import Barrier, Editor, Grant, GroupType, Role
from stages.domain.board import Board, BoardKind, BoardRef
from stages.domain.details import BoardDetails
from stages.domain.person import Me
from stages.services import lending, refusals, words
from stages.services.connections import Connection
from stages.services.refusals import Refusal

_MOST_NAMES = 50  # editors of one group that are named; what one page of people holds


@dataclass(frozen=True, slots=True)
class Reading:
    """What one request tells about a board; edits are planned on it.

    What was done since the moment `began` need not be in it.
    """

    board: Board
    title: str
    closed: bool
    me: Me
    roles: dict[int, Role]
    group_type: GroupType | None
    answers: Answers
    began: float
    as_admin: bool = False
    grant: Grant | None = None

    @property
    def barrier(self) -> Barrier | None:
        if self.board.ref.kind is BoardKind.MY_PLANNER:
            return None
        role = Role.OWNER if self.as_admin else self.roles.get(self.me.id)
        found = access.barrier(role, self.group_type)
        return access.lent(found, self.grant) if self.grant else found

    @property
    def may_act_as_admin(self) -> bool:
        """Whether acting as administrator of the portal would open, or has opened, this board."""
        roles_bar = self.barrier in (Barrier.NOT_MEMBER, Barrier.ONLY_MEMBER)
        own = self.grant is None
        return own and self.me.is_portal_admin and (self.as_admin or roles_bar)


def begin(
    connection: Connection,
    ref: BoardRef,
    *,
    as_admin: bool = False,
    beside: Sequence[Command[Any]] = (),
) -> Reading:
    """Read the stages of a board and the rights on it: one request, one more as administrator.

    Commands in `beside` travel in the same request, and their answers are in the reading.
    Reading is not quite harmless: the portal gives a board that has no stages its default ones.
    A lent connection is refused what it was not lent for.
    """
    lending.check(connection, ref, as_admin=as_admin)
    stages = task_stages.get(entity_id=ref.entity_id, as_admin=as_admin)
    me = users.profile()
    if ref.kind is BoardKind.MY_PLANNER:
        stages = task_stages.get(entity_id=ref.entity_id)
        began = SYSTEM.monotonic()
        answers = connection.client.batch([stages, me, *beside])
        board = Board(ref, answers[stages])
        return Reading(board, "My Planner", False, answers[me], {}, None, answers, began)
    if as_admin:
        _look_up(connection, ref)
    group = groups.get_group(group_id=ref.entity_id, as_admin=as_admin)
    roles = groups.roles(group_id=ref.entity_id)
    group_type = groups.type_of(group_id=ref.entity_id)
    began = SYSTEM.monotonic()
    answers = connection.client.batch([group, stages, roles, group_type, me, *beside])
    found = answers[group]
    offer = answers[me].is_portal_admin and not as_admin and connection.grant is None
    if found is None:
        raise _closed(refusals.board_not_found(), offer)
    if isinstance(answers.error(stages), errors.AccessDenied):
        mine = None if answers.error(roles) else answers[roles].get(answers[me].id)
        raise _closed(words.board_hidden(mine), offer)
    return Reading(
        board=Board(ref, answers[stages]),
        title=found.name,
        closed=found.closed,
        me=answers[me],
        # An administrator of the portal may see a secret group and not who is in it.
        roles={} if as_admin and answers.error(roles) else answers[roles],
        # The type needs a scope of its own; a connection without it goes by the role alone.
        group_type=None if answers.error(group_type) else answers[group_type],
        answers=answers,
        began=began,
        as_admin=as_admin,
        grant=connection.grant,
    )


def _closed(refusal: Refusal, offer: bool) -> Refusal:
    """Offer administrators of the portal, who see every group, the way that is theirs."""
    refusal.opens_to_admin = offer
    return refusal


def _look_up(connection: Connection, ref: BoardRef) -> None:
    """Refuse to act as administrator on a group that does not exist, or without being one.

    Asked with isAdmin for the stages of an unknown group, the portal makes some.
    """
    group = groups.get_group(group_id=ref.entity_id, as_admin=True)
    me = users.profile()
    answers = connection.client.batch([group, me])
    if not answers[me].is_portal_admin:
        raise refusals.not_an_administrator()
    if answers[group] is None:
        raise refusals.board_not_found()


def complete(connection: Connection, reading: Reading) -> BoardDetails:
    """Add the counts of tasks and, for who may not edit, the names of who may."""
    ids = [user_id for user_id, role in reading.roles.items() if role.may_edit][:_MOST_NAMES]
    names = users.get(ids=ids) if reading.barrier and ids else None
    counts = _counts(reading.board, others=1 if names else 0)
    answers = connection.client.batch([*([names] if names else []), *counts.values()])
    named = {}
    if names and not answers.error(names):
        named = {person.id: person.name for person in answers[names]}
    return BoardDetails(
        board=reading.board,
        title=reading.title,
        closed=reading.closed,
        barrier=reading.barrier,
        as_admin=reading.as_admin,
        may_act_as_admin=reading.may_act_as_admin,
        editors=tuple(
            Editor(user_id, reading.roles[user_id], named.get(user_id, ""))
            for user_id in (ids if names else [])
        ),
        task_counts=_counted(counts, answers),
        counting_resumes_in=_pause(counts, answers),
    )


def again(
    connection: Connection, reading: Reading, expected: Board, *, brief: bool = False
) -> BoardDetails:
    """Read the stages once more, and count the tasks of those expected in the same request.

    `brief` keeps it at one request, whatever the number of stages.

    It has to be a request of its own: within the one that wrote, the portal answers with the list
    as it was before.
    """
    stages = task_stages.get(entity_id=expected.ref.entity_id, as_admin=reading.as_admin)
    counts = _counts(expected, others=1, requests=1 if brief else None)
    answers = connection.client.batch([stages, *counts.values()])
    return BoardDetails(
        board=Board(expected.ref, answers[stages]),
        title=reading.title,
        closed=reading.closed,
        barrier=reading.barrier,
        as_admin=reading.as_admin,
        may_act_as_admin=reading.may_act_as_admin,
        task_counts=_counted(counts, answers),
        counting_resumes_in=_pause(counts, answers),
    )


def _counts(
    board: Board, *, others: int, requests: int | None = None
) -> dict[int, Command[int | None]]:
    """Return a command for each stage whose tasks can be counted in the requests a board is worth.

    Beside `others` more commands, 50 counts do not fit into one request; the last stage then goes
    without, since a number is not worth a round trip.
    """
    requests = requests or max(1, math.ceil(len(board.order) / batch.SIZE))
    affordable = requests * batch.SIZE - others
    return {
        stage_id: tasks.count(
            entity_id=board.ref.entity_id, stage_id=stage_id, is_first=stage_id == board.order[0]
        )
        for stage_id in board.order[:affordable]
    }


def _pause(counts: dict[int, Command[int | None]], answers: Answers) -> float | None:
    """Return the seconds until the portal counts again, None where it has not paused that."""
    for command in counts.values():
        error = answers.error(command)
        if isinstance(error, errors.OperationTimeLimit):
            return words.explain(error).retry_after
    return None


def _counted(counts: dict[int, Command[int | None]], answers: Answers) -> dict[int, int]:
    """Return the counts that came; a board is worth showing without those that did not."""
    counted = {}
    for stage_id, command in counts.items():
        count = None if answers.error(command) else answers[command]
        if count is not None:
            counted[stage_id] = count
    return counted
