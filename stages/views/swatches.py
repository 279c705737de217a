"""The colours offered for a stage; a script fetches them when somebody asks for more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stages.domain import swatches as colors


@require_safe
def swatches(request: HttpRequest) -> HttpResponse:
    return render(request, "stages/partials/_swatches.html", {"rows": colors.ROWS})
