"""A portal's address, which changes where somebody trustworthy says so."""

from __future__ import annotations

from django.db import transaction

from stages.models import Portal
from stages.services import portal_refusals
from stages.services.refusals import Refusal


def rename(*, portal: Portal, base_url: str) -> None:
    """Send to another address from now on; refused where another portal is known by it."""
    with transaction.atomic():
        known = Portal.objects.select_for_update().filter(base_url=base_url)
        if known.exclude(pk=portal.pk).exists():
            raise portal_refusals.address_taken(base_url.partition("://")[2])
        Portal.objects.filter(pk=portal.pk).update(base_url=base_url)


def follow(*, portal: Portal, base_url: str) -> None:
    """Take the address that the authorization server names, unless another portal has it."""
    if base_url != portal.base_url:
        try:
            rename(portal=portal, base_url=base_url)
        except Refusal:
            return  # the pages say so to who comes by the old address
