"""What lets a person act on a portal, and what of it they share."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models

from stages.models.fields import EncryptedTextField
from stages.models.portal import Portal


class Credential(models.Model):
    """One person's key to one portal, with the rights of `person_id` there.

    `secret` is a webhook's code or an access token; a credential from the settings has none stored.
    `disabled_reason` says, in words, why it is of no use any more. Until `renewing_until` somebody
    is getting new tokens for it.
    """

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", "inbound webhook"
        OAUTH = "oauth", "app"
        SETTING = "setting", "webhook of the installation"

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="credentials")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=16, choices=Kind)
    person_id = models.PositiveBigIntegerField()
    person_name = models.CharField(max_length=255, blank=True)
    is_portal_admin = models.BooleanField(default=False)
    scopes = models.JSONField(default=list)
    secret = EncryptedTextField(blank=True)
    refresh_secret = EncryptedTextField(blank=True)
    expires_at = models.DateTimeField(null=True)
    renewing_until = models.DateTimeField(null=True)
    disabled_reason = models.CharField(max_length=255, blank=True)
    tested_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("portal", "user"), name="one_credential_per_person_and_portal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} on {self.portal}"


class Share(models.Model):
    """A webhook lent to somebody: for some groups, to edit or only to look."""

    class Level(models.TextChoices):
        EDITOR = "editor", "may edit"
        VIEWER = "viewer", "may look"

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shares")
    level = models.CharField(max_length=16, choices=Level)
    group_ids = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("credential", "user"), name="one_share_per_credential_and_user"
            ),
        )

    def __str__(self) -> str:
        return f"{self.credential}, lent to {self.user}"
