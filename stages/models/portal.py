"""A portal that the installation knows."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models


class Portal(models.Model):
    """`base_url` is `https://HOST` without a slash at its end; `slug` names it in addresses.

    `member_id` is the portal's own name for itself, which outlives a change of address; it is empty
    where no application has told it yet. `authorization_server` is the one that portal has named
    last; it is a claim, see bitrix24/oauth.py.
    """

    class Plan(models.TextChoices):
        """Which limit on requests the portal has."""

        STANDARD = "standard", "Standard: 2 requests a second, 50 at once"
        ENTERPRISE = "enterprise", "Enterprise: 5 requests a second, 250 at once"
        SELF_HOSTED = "self-hosted", "Self-hosted: no limit"

    slug = models.SlugField(max_length=63, unique=True)
    base_url = models.CharField(max_length=300, unique=True)
    member_id = models.CharField(max_length=64, blank=True)
    plan = models.CharField(max_length=16, choices=Plan, default=Plan.STANDARD)
    authorization_server = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member_id",),
                condition=~models.Q(member_id=""),
                name="one_portal_per_member_id",
            ),
        )

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """The host, with the port where it has one: what people know the portal by."""
        return urlsplit(self.base_url).netloc
