"""A key to the API."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models

from stages.models.credential import Credential


class ApiToken(models.Model):
    """Lets a program act as one person with one credential; only a hash of it is stored.

    `requests` of the program were counted since `counted_since`, for at most a minute.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    may_act_as_admin = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    counted_since = models.DateTimeField(null=True)
    requests = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
