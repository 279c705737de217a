"""RPA processes and the panel of one stage; nothing here changes anything."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stages.http import PortalRequest
from stages.services import rpa


@require_safe
def processes(request: PortalRequest) -> HttpResponse:
    found = rpa.list_processes(connection=request.connection)
    return render(request, "stages/processes.html", {"processes": found, "section": "rpa"})


@require_safe
def rpa_stage(request: PortalRequest, stage_id: int) -> HttpResponse:
    panel = rpa.fetch_stage(connection=request.connection, stage_id=stage_id)
    context = {
        "panel": panel,
        "stage": panel.stage,
        "portal_url": request.connection.portal.base_url,
        "section": "rpa",
    }
    return render(request, "stages/rpa_stage.html", context)
