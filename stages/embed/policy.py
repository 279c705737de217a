"""Who may frame an answer: the portal in whose frame it is, and nobody else."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

from stages.services.frames import Frame


class FramePolicy(CSPMiddleware):
    """The Content-Security-Policy of the settings; in a frame it names the frame's portal."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if frame := _frame(request):
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [frame.portal_url]}
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _frame(request):
            # It knows no address but one's own, and some browsers heed it beside the policy.
            response.headers.pop("X-Frame-Options", None)
        return super().process_response(request, response)


def _frame(request: HttpRequest) -> Frame | None:
    return getattr(request, "frame", None)
