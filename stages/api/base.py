"""What all views of the API share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar
from urllib.parse import urljoin

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from stages.api import errors
from stages.api.authentication import BearerToken, HasToken, PerToken, access
from stages.api.requests import AdminQuery
from stages.domain import version
from stages.domain.board import Board
from stages.http import portal_not_required
from stages.services import refusals, token_refusals
from stages.services.connections import Connection
from stages.services.writing import Manner

T = TypeVar("T")
Given = Mapping[str, Any]

_ENTITY_TAG = re.compile(r'(?:W/)?"([^"]*)"')


class ApiView(APIView):
    authentication_classes = (BearerToken,)
    permission_classes = (HasToken,)
    throttle_classes = (PerToken,)

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        return portal_not_required(super().as_view(**options))  # the token leads to one

    def body(self, kind: type[Serializer[Any]]) -> dict[str, Any]:
        """Return what the body says, as the services take it; raise what is wrong with it."""
        return _valid(kind, self.request.data)

    def query(self, kind: type[Serializer[Any]]) -> dict[str, Any]:
        """Return what stands in the address, after the question mark."""
        return _valid(kind, self.request.query_params.dict())

    def connect(self, query: Given) -> Connection:
        """Return the connection of the token, to be used for this request."""
        slug: str = getattr(self.request, "portal_slug", "")
        reads = self.request.method in SAFE_METHODS
        return access(self.request).connect(slug=slug, probe=query["probe"], in_time=reads)

    def as_admin(self, query: Given) -> bool:
        """Tell whether to act as administrator of the portal; refuse where the token may not."""
        if query["as_admin"]:
            access(self.request).check_as_admin()
        return bool(query["as_admin"])

    def throttled(self, request: Request, wait: float | None) -> NoReturn:
        del request
        raise token_refusals.throttled(wait or 1)

    def manner(self, query: Given) -> Manner:
        """Return how an edit is to be made."""
        return {"as_admin": self.as_admin(query), "if_match": if_match(self.request)}


class EditView(ApiView):
    """A view that edits a board."""

    def asked(self) -> tuple[Connection, Manner]:
        query = self.query(AdminQuery)
        return self.connect(query), self.manner(query)


def paged(
    request: Request, query: Given, count: int, rows: Sequence[T], shape: Callable[[T], object]
) -> Response:
    """Return one page of rows; refuse a page that does not exist."""
    page, size = query["page"], query["page_size"]
    last = max(1, -(-count // size))
    if page > last:
        raise errors.no_such_page(last)
    return Response(
        {
            "count": count,
            "next": _of_page(request, page + 1) if page < last else None,
            "previous": _of_page(request, page - 1) if page > 1 else None,
            "results": [shape(row) for row in rows],
        }
    )


def address(request: Request, path: str) -> str:
    """Return a whole address, as programs reach it."""
    if settings.LOCAL:
        return str(request.build_absolute_uri(path))
    return urljoin(settings.PUBLIC_URL, path)


def entity_tag(board: Board) -> dict[str, str]:
    """Return the header that names the version of a board."""
    return {"ETag": f'"{version.of(board)}"'}


def if_match(request: Request) -> str | None:
    """Return the version that an edit is meant for, None where any will do.

    A tag that became a weak one on its way, as compression makes it, is still that version.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    match = _ENTITY_TAG.fullmatch(header)
    if not match:
        raise refusals.invalid("If-Match is one ETag, as a board's answer had it.")
    return match[1]


def _valid(kind: type[Serializer[Any]], data: Any) -> dict[str, Any]:
    found = kind(data=data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def _of_page(request: Request, page: int) -> str:
    return replace_query_param(address(request, request.get_full_path()), "page", page)
