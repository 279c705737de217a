"""The app as it is installed on a portal."""

from __future__ import annotations

from django.db import models

from stages.models.fields import EncryptedTextField
from stages.models.portal import Portal


class Installation(models.Model):
    """`application_token` is what the portal's events prove themselves with.

    After an uninstallation that asks for it, the portal's data goes at `delete_after`. One that was
    told while nobody could be asked whether it is true waits: since when, and whether it asks so.
    """

    portal = models.OneToOneField(Portal, on_delete=models.CASCADE, related_name="installation")
    application_token = EncryptedTextField(blank=True)
    version = models.CharField(max_length=20, blank=True)
    installed_at = models.DateTimeField(auto_now_add=True)
    uninstalled_at = models.DateTimeField(null=True)
    delete_after = models.DateTimeField(null=True)
    unchecked_since = models.DateTimeField(null=True)
    unchecked_clean = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"the app on {self.portal}"
