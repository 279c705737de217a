"""Who shares a webhook: with whose rights, whether they may, which boards are theirs to give."""

from __future__ import annotations

from stages.bitrix24.methods import users
from stages.models import Credential
from stages.services import boards, portal_refusals, words
from stages.services.boards import ListedBoard
from stages.services.connections import Connection

_ONLY_WEBHOOKS = "Only a webhook can be shared, and you are connected by the app."
_ONLY_ADMINISTRATORS = (
    "Only an administrator, of the portal or of this installation, may share a webhook."
)


def own(connection: Connection) -> Credential:
    """Return the credential of a connection; refuse to share on what was lent."""
    if connection.grant is not None:
        raise portal_refusals.only_the_owner_shares()
    return Credential.objects.select_related("portal").get(pk=connection.id)


@words.in_words()
def whose(connection: Connection, credential: Credential) -> tuple[str, str]:
    """Return whose rights are shared, by name, and why they may not be, "" where they may.

    The name is noted down: pages show it to everybody who acts as that person.
    """
    me = connection.client.call(users.profile())
    if me.name and me.name != credential.person_name:
        Credential.objects.filter(pk=credential.pk).update(person_name=me.name[:255])
    if credential.kind == Credential.Kind.OAUTH:
        return me.name, _ONLY_WEBHOOKS
    if not me.is_portal_admin and not credential.user.is_superuser:
        return me.name, _ONLY_ADMINISTRATORS
    return me.name, ""


def groups(connection: Connection) -> tuple[ListedBoard, ...]:
    """Return the boards of groups; one's planner is nobody else's."""
    return tuple(
        board for board in boards.list_boards(connection=connection) if board.ref.entity_id
    )
