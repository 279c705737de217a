"""A script that knows the committed OpenAPI document and nothing else edits a board."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.server import Sandbox
from tests import portal
from tests.api.program import Program

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


class Script:
    """Calls operations by the names that the document gives them."""

    def __init__(self, program: Program) -> None:
        self._program = program
        document = yaml.safe_load(DOCUMENT.read_text())
        self._operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

    def __call__(self, name: str, body: Any = None, **values: Any) -> Any:
        method, path, operation = self._operations[name]
        query = []
        for parameter in operation["parameters"]:
            if parameter["name"] in values and parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(values[parameter["name"]]))
            elif parameter["name"] in values:
                query.append(f"{parameter['name']}={values[parameter['name']]}")
        answer = self._program.ask(method, f"{path}?{'&'.join(query)}", body)
        assert str(answer.status) in operation["responses"]
        assert answer.status < 300, answer.body
        return answer.body


@pytest.mark.django_db(transaction=True)
def test_a_script_edits_a_board_by_the_document_alone(sandbox: Sandbox, lead: Program) -> None:
    call = Script(lead)
    ref = next(one["ref"] for one in call("list_boards")["results"] if one["entity_id"] == 10)
    before = call("read_board", ref=ref)
    added = call("add_stage", {"title": "New"}, ref=ref)
    stage = {"ref": ref, "stage_id": added["id"]}
    assert call("change_stage", {"title": "Newer"}, **stage)["title"] == "Newer"
    assert call("change_stage", {"color": "123456"}, **stage)["color"] == "123456"
    assert call("change_stage", {"after_id": 0}, **stage)["is_first"]
    order = [*(one["id"] for one in before["stages"]), added["id"]]
    assert call("order_stages", {"stage_ids": order}, ref=ref)["moves"] == 1
    call("delete_stage", **stage)
    assert call("read_board", ref=ref)["stages"] == before["stages"]
    change = call("list_changes", board=ref)["results"][0]
    assert (change["action"], change["can_undo"]) == ("delete", True)
    call("undo_change", change_id=change["id"])
    assert portal.titles(sandbox, ref)[-1] == "Newer"
    assert call("read_change", change_id=change["id"])["undone"]
