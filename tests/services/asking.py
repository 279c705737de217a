"""A request to the portal with a stored credential."""

from __future__ import annotations

from stages.bitrix24.methods import users
from stages.domain.actor import Actor
from stages.models import Credential
from stages.services import connections


def call(credential: Credential) -> int:
    found = Credential.objects.select_related("portal").get(pk=credential.pk)
    connection = connections.use(credential=found, actor=Actor(found.user_id, "lead"))
    return connection.client.call(users.profile()).id
