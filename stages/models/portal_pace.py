"""How fast a portal may be called, and whether at all."""

from __future__ import annotations

from django.db import models

from stages.models.portal import Portal


class PortalPace(models.Model):
    """One row per portal that was ever called, apart from Portal, since every request locks it.

    `level` is the bucket's, as pyrate-limiter's GCRA counts it: microseconds of Unix time. A portal
    that rests is not called from `rests_since` to `rests_until`, after so many `dead_answers` in a
    row.
    """

    portal = models.OneToOneField(
        Portal, on_delete=models.CASCADE, primary_key=True, related_name="pace"
    )
    level = models.BigIntegerField(default=0)
    dead_answers = models.PositiveIntegerField(default=0)
    rests_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pace of {self.portal}"


class MethodBlock(models.Model):
    """A method that has used up its time on a portal; `sign_in` is what the portal counts it for.

    That is one webhook, or the app with all its people.
    """

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE)
    sign_in = models.CharField(max_length=32)
    method = models.CharField(max_length=100)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("portal", "sign_in", "method"), name="one_block_per_method"
            ),
        )

    def __str__(self) -> str:
        return f"{self.method} on {self.portal}"
