"""What was changed, by whom, from what to what."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models

from stages.models.portal import Portal


class StageKey(models.Model):
    """A stage as the history knows it; `stage_id` is the portal's number for it now.

    A stage that is re-created by an undo gets another number from the portal and keeps its key.
    """

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE)
    board = models.CharField(max_length=64)
    stage_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("portal", "board", "stage_id"), name="one_key_per_stage"
            ),
        )

    def __str__(self) -> str:
        return f"stage {self.stage_id} of {self.board}"


class Change(models.Model):
    """One change made through the product.

    `board` is as in Connection.board_key, empty where no board was changed. `before` and `after`
    are the boards around an edit, as lists of stages: {key, id, title, color, system_type}, where
    `key` is a StageKey's. `edits` are the edits in between, with keys in place of the portal's
    numbers; `moved_tasks` are the tasks that a deletion moved: {to: key, ids: [...]}.
    `depth` is 0 for an edit, 1 for what undoes it, 2 for what does it again, and so on; `in_part`
    says that not all that was wanted was made, so that what it undoes is still to be undone.
    `acting_as` is whose rights it was made with, by name, where somebody had lent them theirs.
    For what is no edit, `after` says what was done, as that kind of event has it.
    """

    class Source(models.TextChoices):
        PAGE = "page", "page"
        API = "api", "API"
        COMMAND_LINE = "command line", "command line"
        FRAME = "frame", "portal"

    class Action(models.TextChoices):
        ADD = "add", "added"
        RENAME = "rename", "renamed"
        RECOLOR = "recolor", "recoloured"
        MOVE = "move", "moved"
        DELETE = "delete", "deleted"
        REORDER = "reorder", "put into a new order"
        CHANGE = "change", "changed"
        RESTORE = "restore", "restored"
        RETURN = "return", "brought tasks back"
        BEGIN_DELETE = "begin_delete", "began to delete"
        BEGIN_UNDO = "begin_undo", "began to undo"
        CONNECT = "connect", "connected"
        DISCONNECT = "disconnect", "disconnected"
        SHARE = "share", "shared"
        UNSHARE = "unshare", "no longer shared"
        CREATE_TOKEN = "create_token", "token created"
        REVOKE_TOKEN = "revoke_token", "token revoked"
        AS_ADMIN_ON = "as_admin_on", "began to act as administrator"
        AS_ADMIN_OFF = "as_admin_off", "ceased to act as administrator"
        PORTAL_SETTINGS = "portal_settings", "settings of the portal changed"

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="changes")
    board = models.CharField(max_length=64, blank=True)
    board_title = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="changes")
    actor = models.CharField(max_length=255)
    acting_as = models.CharField(max_length=255, blank=True)
    person_id = models.PositiveBigIntegerField(null=True)
    as_admin = models.BooleanField(default=False)
    source = models.CharField(max_length=16, choices=Source)
    action = models.CharField(max_length=16, choices=Action)
    stage = models.ForeignKey(StageKey, on_delete=models.SET_NULL, null=True, related_name="+")
    edits = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    moved_tasks = models.JSONField(null=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, related_name="undone_by"
    )
    # Stored, since what was undone may have been pruned from the history by now.
    depth = models.PositiveIntegerField(default=0)
    in_part = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("portal", "board", "-id"), name="changes_of_a_board"),)

    def __str__(self) -> str:
        return f"{self.action} by {self.actor} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_undo(self) -> bool:
        """Whether an edit is undone by it, not made or made again."""
        return self.depth % 2 == 1
