"""Lending boards to somebody, and visiting them by that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from stages.domain.board import BoardRef
from stages.models import Portal
from stages.services import (
    sharing,
    visits,
)
from stages.services.connections import Connection
from stages.services.refusals import Refusal
from tests import portal

RELAUNCH, ROADMAP = BoardRef(portal.RELAUNCH), BoardRef(portal.ROADMAP)


def lend(ada: Connection, *groups: BoardRef, may_edit: bool = True, to: str = "bob") -> None:
    ids = [ref.entity_id for ref in groups or (RELAUNCH,)]
    sharing.share(connection=ada, user_name=to, may_edit=may_edit, group_ids=ids)


def visit(user: User) -> Connection:
    Portal.objects.update(plan=Portal.Plan.SELF_HOSTED)
    return visits.connect(user=user)


def refusal(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value
