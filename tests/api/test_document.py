"""The OpenAPI document: it is committed, and whatever it allows is answered as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.wsgi import get_wsgi_application
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from sandbox.server import Sandbox
from stages.domain.board import LARGEST_ID, BoardRef
from tests import portal
from tests.api.program import Program

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
PLANNER = "planner-2"  # Lena's, as the sandbox calls it
# For each call, of what the document allows and of what it does not.
EXAMPLES = {GenerationMode.POSITIVE: 50, GenerationMode.NEGATIVE: 8}

schema: Any = schemathesis.openapi.from_dict(yaml.safe_load(DOCUMENT.read_text()))
schema.app = get_wsgi_application()
OPERATIONS = [found.ok() for found in schema.get_all_operations()]
CHECKS = schemathesis.checks.CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)


def test_the_committed_document_is_the_one_that_is_served() -> None:
    made = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(made)
    assert OpenApiYamlRenderer().render(made).decode() == DOCUMENT.read_text(), "`make openapi`"


@pytest.mark.django_db
@pytest.mark.parametrize("accepted", ["text/html", "image/png", "nonsense", "", "*/*"])
def test_it_is_served_to_whoever_asks(accepted: str) -> None:
    client = Client(headers={"host": "127.0.0.1:8000", "accept": accepted})
    answer = client.get("/api/schema/")
    assert answer.status_code == 200
    assert yaml.safe_load(answer.content) == yaml.safe_load(DOCUMENT.read_text())
    assert client.get("/api/schema/?format=html").status_code == 404


def test_a_board_is_called_the_same_everywhere() -> None:
    told = re.findall(r"pattern: (.*my-planner.*)", DOCUMENT.read_text())
    assert len(told) > 1
    for name in (
        "my-planner",
        f"group-{LARGEST_ID}",
        "group-1",
        "group-01",
        "group-",
        "group-1x",
    ):
        try:
            known = bool(BoardRef.parse(name))
        except ValueError:
            known = False
        assert {bool(re.search(one, name)) for one in told} == {known}, name


def test_all_that_is_sent_and_answered_is_described() -> None:
    document = yaml.safe_load(DOCUMENT.read_text())
    of_calls = [
        (path, method, str(name))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for name, told in (
            *((one["name"], one) for one in operation["parameters"]),
            *operation["responses"].items(),
        )
        if not told.get("description")
    ]
    # An RPA stage is as the portal's own documentation has it.
    of_shapes = [
        (shape, name)
        for shape, told in document["components"]["schemas"].items()
        for name, field in told.get("properties", {}).items()
        if shape != "RpaStage" and not field.get("description")
    ]
    assert (of_calls, of_shapes) == ([], [])


def test_every_error_and_every_answer_has_an_example() -> None:
    document = yaml.safe_load(DOCUMENT.read_text())
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) == 12
    assert [
        (path, method, status)
        for path, method, operation in operations
        for status, answer in operation["responses"].items()
        for kind in answer.get("content", {}).values()
        if not kind.get("examples")
    ] == []


def aim(case: Any, sandbox: Sandbox, changes: list[int]) -> None:
    """Lead every other request to what exists on a board: chance would find none of it."""
    rpa = sandbox.portal.rpa_types
    of_rpa = [stage.id for one in rpa.values() for stage in one.stages]
    path, query = case.path_parameters, case.query or {}
    body = case.body if isinstance(case.body, dict) else {}
    if path.get("ref", "my-planner") != "my-planner":
        path["ref"] = "group-10"
    stages = portal.ids(sandbox, PLANNER if path.get("ref") == "my-planner" else "group-10")
    for where, name, known in (
        (path, "stage_id", of_rpa if "/rpa/" in case.path else stages),
        (path, "type_id", list(rpa)),
        (path, "change_id", changes),
        (query, "move_tasks_to", stages),
        (body, "after_id", stages),
    ):
        if isinstance(number := where.get(name), int) and number % 2:
            where[name] = known[number // 2 % len(known)]
    if isinstance(order := body.get("stage_ids"), list) and len(order) % 2:
        first = len(order) % len(stages)
        body["stage_ids"] = stages[first:] + stages[:first]
    if len((case.headers or {}).get("If-Match", "")) % 2:
        del case.headers["If-Match"]  # no tag is met by chance


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_asked_is_answered_as_the_document_says(
    operation: Any, mode: GenerationMode, sandbox: Sandbox, lead: Program
) -> None:
    second = portal.ids(sandbox, "group-10")[1]
    for title in ("Doing", "Under way"):
        assert lead.patch(f"boards/group-10/stages/{second}/", {"title": title}).status == 200
    changes = [change["id"] for change in lead.get("changes/").body["results"] if change["board"]]

    @settings(max_examples=EXAMPLES[mode], deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        aim(case, sandbox, changes)
        headers = {"Authorization": f"Bearer {lead.secret}", "Host": "127.0.0.1:8000"}
        headers["Accept-Encoding"] = "identity"  # nothing on this way unpacks what was compressed
        case.call_and_validate(checks=CHECKS, headers=headers)

    ask()
