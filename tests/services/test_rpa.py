from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from stages.domain.rpa import TaskKind
from stages.services import rpa
from stages.services.connections import Connection
from stages.services.refusals import Refusal


def test_processes_come_with_their_stages_in_two_requests(
    sandbox: Sandbox, member: Connection
) -> None:
    processes = rpa.list_processes(connection=member)
    assert [len(process.stages) for process in processes] == [
        len(kind.stages) for kind in sandbox.portal.rpa_types.values()
    ]
    assert len(sandbox.requests) == 2


@pytest.mark.parametrize("flat", [False, True])
def test_a_stage_tells_all_of_itself(sandbox: Sandbox, member: Connection, flat: bool) -> None:
    sandbox.switches.set(rpa_flat=flat)
    kinds = set()
    for process in rpa.list_processes(connection=member):
        for stage in process.stages:
            panel = rpa.fetch_stage(connection=member, stage_id=stage.id)
            assert (panel.stage.id, panel.stage.name) == (stage.id, stage.name)
            assert panel.process is not None
            assert panel.process.type == process.type
            assert {one.id for one in panel.next_stages} == set(stage.possible_next_stages)
            assert panel.stage.permissions is not None
            kinds |= {task.kind for task in panel.stage.tasks or ()}
    assert kinds == set(TaskKind)


def test_an_unknown_stage_is_not_found(member: Connection) -> None:
    with pytest.raises(Refusal) as refused:
        rpa.fetch_stage(connection=member, stage_id=999)
    assert refused.value.status == 404


def test_a_portal_without_rpa_says_so(sandbox: Sandbox, member: Connection) -> None:
    sandbox.switches.set(rpa_module=False)
    for call in (
        lambda: rpa.list_processes(connection=member),
        lambda: rpa.fetch_stage(connection=member, stage_id=1),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert "no RPA" in refused.value.message
