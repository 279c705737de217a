"""Installing the app on a portal."""

from __future__ import annotations

from dataclasses import dataclass

from stages.domain.claim import Claim
from stages.services import frame_refusals, words
from stages.services.embedding import admission, bindings, proof
from stages.services.embedding.bindings import Bound
from stages.services.frames import FrameSession


@dataclass(frozen=True, slots=True)
class Installed:
    """The session of the administrator who installs, and what came of it, place by place."""

    session: FrameSession
    bound: tuple[Bound, ...]

    @property
    def complete(self) -> bool:
        return not any(one.why_not for one in self.bound)


def install(*, claim: Claim) -> Installed:
    """Bind the app to its places; Refusal for whoever is no administrator of the portal."""
    proven = proof.prove(claim, installs=True)
    if not proven.me.is_portal_admin:
        raise frame_refusals.only_administrators_install()
    session = admission.admit(proven)
    with proof.client(proven) as portal, words.in_words():
        return Installed(session, bindings.bind(portal))
