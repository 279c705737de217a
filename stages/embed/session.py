"""The session of a person in a portal's frame: a short signed text, carried by the page itself.

Cookies of a frame are third-party ones, which browsers block. So the page hands its session back
where other pages have their CSRF token: scripts in the header, forms in the hidden field. It is as
good as one, since no other site can read it. The cookie beside it is for plain links.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from stages.http import form
from stages.services import frames
from stages.services.frames import Frame

COOKIE = "frame"
RENEWED = "Frame-Session"  # the header of a renewal's answer
LIFETIME = 3600  # seconds, from page to page
LONGEST = 12 * 3600  # seconds from the opening on, however often it is renewed

_HEADER = "X-CSRFToken"
_FIELD = "csrfmiddlewaretoken"
_FORM = "application/x-www-form-urlencoded"
_SIGNER = signing.TimestampSigner(salt="stages.embed.session")


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request brings; `by_page` tells that a page of ours sent it, and not the browser."""

    text: str
    by_page: bool


def text(frame: Frame) -> str:
    """Return a new text for the session in a frame, empty where nobody is in it."""
    if frame.session is None:
        return ""
    credential, opened_at = frame.session.credential, int(frame.session.opened_at)
    return _SIGNER.sign_object([credential.pk, credential.portal_id, opened_at])


def presented(request: HttpRequest) -> Presented | None:
    """Return what a request brings of a session, unchecked."""
    # What is no form of a page is left for its view to read, or to refuse.
    is_form = request.method == "POST" and request.content_type == _FORM
    sent = request.headers.get(_HEADER) or (form(request).get(_FIELD) if is_form else None)
    if sent and ":" in sent:  # a CSRF token has none
        return Presented(sent, by_page=True)
    cookie = request.COOKIES.get(COOKIE)
    # Some browsers send a frame's cookies to the same site's own pages as well, where somebody
    # else may be signed in.
    if cookie and request.headers.get("Sec-Fetch-Dest") == "iframe":
        return Presented(cookie, by_page=False)
    return None


def read(signed: str) -> Frame | None:
    """Return the frame of a session, empty once that is over; None where it is none of ours."""
    try:
        credential_id, portal_id, opened_at = _SIGNER.unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    try:
        _SIGNER.unsign(signed, max_age=LIFETIME)
    except signing.SignatureExpired:
        return frames.empty(portal_id=portal_id)
    if time.time() > opened_at + LONGEST:
        return frames.empty(portal_id=portal_id)
    return frames.find(credential_id=credential_id, portal_id=portal_id, opened_at=opened_at)
