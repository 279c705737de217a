"""What a portal tells of the app's own life there."""

from __future__ import annotations

from django.db import transaction

from stages.domain.claim import Claim
from stages.services import frame_refusals, known_portals, words
from stages.services.embedding import admission, bindings, proof, uninstalling


def heed(*, event: str, claim: Claim, clean: bool = False) -> None:
    """Do what an event asks for; Refusal where it is not proved. Others are of no interest."""
    if event in ("ONAPPINSTALL", "ONAPPUPDATE"):
        _installed(claim, anew=event == "ONAPPUPDATE")
    if event == "ONAPPUNINSTALL":
        uninstalling.uninstall(claim=claim, clean=clean)


def _installed(claim: Claim, *, anew: bool) -> None:
    proven = proof.prove(claim, installs=True)
    if not proven.me.is_portal_admin:
        raise frame_refusals.opening_refused()
    with transaction.atomic():
        admission.note_installation(known_portals.known_as(proven.holder), proven)
    if anew:
        # A new version may have lost what the old one had bound.
        with proof.client(proven) as portal, words.in_words():
            bindings.bind(portal)
