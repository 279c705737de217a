"""The OpenAPI document, for programs and, as a page without scripts, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from stages.http import portal_not_required

Node = Mapping[str, Any]
Chosen = tuple[BaseRenderer, str]


class RatherYAML(DefaultContentNegotiation):
    """What a program accepts, and YAML where it accepts nothing that there is."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Chosen:
        try:
            found: Chosen = super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type
        return found


class Document(SpectacularAPIView):
    """OpenAPI 3.1: YAML, or JSON with `?format=json` or as the program accepts it."""

    content_negotiation_class = RatherYAML


@dataclass(frozen=True, slots=True)
class Sample:
    """A body or an answer as the page shows it: `name` says which, `text` is JSON."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    name: str
    summary: str
    parameters: tuple[Node, ...]
    body: tuple[Sample, ...]
    answers: tuple[Sample, ...]
    errors: tuple[Sample, ...]


@portal_not_required
@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": _operations(), "section": "api"})


@cache
def _operations() -> tuple[Operation, ...]:
    document: Node = SchemaGenerator().get_schema(request=None, public=True)
    return tuple(
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )


def _operation(path: str, method: str, operation: Node) -> Operation:
    told = operation["responses"].items()
    good = [_samples(status, one) for status, one in told if status < "4"]
    bad = [_samples(status, one) for status, one in told if status >= "4"]
    return Operation(
        method=method.upper(),
        path=path,
        name=operation["operationId"],
        summary=operation["summary"],
        parameters=tuple(operation.get("parameters", ())),
        body=tuple(_samples("", operation.get("requestBody", {}))),
        answers=tuple(chain.from_iterable(good)),
        errors=tuple(chain.from_iterable(bad)),
    )


def _samples(status: str, told: Node) -> Iterator[Sample]:
    shown = [
        (name, example["value"])
        for kind in told.get("content", {}).values()
        for name, example in kind.get("examples", {}).items()
    ]
    for _, value in shown:
        name = " ".join(filter(None, [status, str(_code(value))]))
        yield Sample(name, json.dumps(value, indent=2, ensure_ascii=False))
    if not shown:
        yield Sample(f"{status} {told.get('description', '')}".strip(), "")


def _code(value: object) -> str:
    return str(value.get("code", "")) if isinstance(value, Mapping) and "detail" in value else ""
