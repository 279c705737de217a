"""Opening the app in a portal's frame."""

from __future__ import annotations

from stages.domain.claim import Claim
from stages.services.embedding import admission, proof
from stages.services.frames import FrameSession


def open_app(*, claim: Claim) -> FrameSession:
    """Return the session of whoever opened the app; Refusal where that is not proved."""
    return admission.admit(proof.prove(claim))
