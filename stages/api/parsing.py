"""Bodies and addresses of requests, taken at their word: nothing is coerced, nothing ignored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.http import UnreadablePostError
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

LARGEST_BODY = 2_000_000  # bytes


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 has it: in UTF-8, without NaN; never deeper than a reader can follow."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        del media_type, parser_context  # a charset named there is none of JSON's
        try:
            body = stream.read(LARGEST_BODY + 1)
            if len(body) > LARGEST_BODY:
                raise ParseError("The body is too large.")
            return json.loads(body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError, UnreadablePostError):
            raise ParseError("The body is not JSON that can be read.") from None


class OnlyJSON(BaseContentNegotiation):
    """Whatever a program says it accepts, it gets JSON: there is nothing else."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == media_type), None)

    def select_renderer(
        self, _request: Request, renderers: Any, _suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


def _refuse(constant: str) -> None:
    raise ValueError(constant)
