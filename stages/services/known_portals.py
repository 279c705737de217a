"""The portal that the authorization server names, as a row."""

from __future__ import annotations

from stages.bitrix24.payloads.oauth import Holder
from stages.models import Portal
from stages.services import installation_webhook


def find(holder: Holder) -> Portal | None:
    """Return the portal, None where it is not known yet; nothing is taken down."""
    known = Portal.objects.filter(member_id=holder.member_id).first()
    return known or Portal.objects.filter(member_id="", base_url=holder.base_url).first()


def known_as(holder: Holder) -> Portal:
    """Return the portal, which keeps its row when it moves, or takes one that only had webhooks.

    Call it in a transaction.
    """
    portal = Portal.objects.filter(member_id=holder.member_id).first()
    if portal and portal.base_url == holder.base_url:
        return portal
    # Another portal may have had the address before. Its people must not be sent to this one.
    previous = Portal.objects.filter(base_url=holder.base_url).exclude(member_id="")
    for other in previous.exclude(member_id=holder.member_id):
        other.base_url = f"https://{other.member_id}.invalid"
        other.save(update_fields=["base_url"])
    if portal is None:
        portal = installation_webhook.portal_at(base_url=holder.base_url)
        portal.member_id = holder.member_id
    portal.base_url = holder.base_url
    portal.save(update_fields=["member_id", "base_url"])
    return portal
