"""Who may write to a board now, and what was sent last."""

from __future__ import annotations

from django.db import models

from stages.models.portal import Portal


class BoardLease(models.Model):
    """One row per board that was ever written; `board` is as in Connection.board_key.

    `fence` grows with every holder: who sees another number than its own has lost the board.
    `intent` is what was sent to the portal and not yet seen to be done or undone, at `sent_at`; a
    holder that died leaves it to the next one. `moving` are the tasks that a deletion not yet at
    its end has set out to move: {stage, target, ids}.
    """

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE)
    board = models.CharField(max_length=64)
    fence = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    intent = models.JSONField(null=True)
    sent_at = models.DateTimeField(null=True)
    moving = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("portal", "board"), name="one_lease_per_board"),
        )

    def __str__(self) -> str:
        return f"{self.board} of {self.portal}"
