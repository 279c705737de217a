"""An opening that is not what it says."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.opening import Opening
from sandbox.server import Sandbox
from stages.models import Credential, Portal
from tests.web.embed.frame import Frame, text

REFUSED = "Board Admin cannot tell who opens it here."


def refused(
    portal: Sandbox,
    opening: Opening,
    *,
    asked: tuple[str, ...] = (),
    changed: Mapping[str, str] | None = None,
    **also: str | None,
) -> None:
    """Post it and see that it is refused; `asked` is what the authorization server was asked."""
    portal.clear_requests()
    before = Portal.objects.count(), Credential.objects.count()
    frame = Frame()
    answer = frame.open(opening, **(changed or {}), **also)
    assert answer.status_code == 403
    assert REFUSED in text(answer)
    assert [record.method for record in portal.requests] == []
    assert tuple(record.method for record in portal.oauth_requests) == asked
    assert "frame" not in answer.cookies
    assert (Portal.objects.count(), Credential.objects.count()) == before
    assert opening.fields["AUTH_ID"] not in text(answer)
    assert 'name="AUTH_ID"' not in text(answer)
