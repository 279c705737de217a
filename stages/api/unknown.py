"""Addresses under /api/ that nothing is at, or no board."""

from __future__ import annotations

from typing import Any, NoReturn

from rest_framework.request import Request
from rest_framework.views import APIView

from stages.api import errors
from stages.http import portal_not_required


class Unknown(APIView):
    """Answers every request as it would a page that does not exist, only in JSON."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        return portal_not_required(super().as_view(**options))

    refusal = staticmethod(errors.not_found)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        del request, args, kwargs
        raise self.refusal()


class UnknownBoard(Unknown):
    """Answers for what stands where a board would, and can be none."""

    refusal = staticmethod(errors.no_such_board)
