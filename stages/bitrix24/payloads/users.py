"""What `user.*` and `profile` answer."""

from __future__ import annotations

from typing import Annotated

import pydantic

from stages.bitrix24.command import Reply
from stages.bitrix24.payloads import wire
from stages.domain.person import Me, Person


class _User(wire.OldRecord):
    id: int
    name: wire.Text = ""
    last_name: wire.Text = ""

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.last_name}".strip()


class _Profile(_User):
    admin: wire.YesNo = False


_USERS = pydantic.TypeAdapter(Annotated[tuple[_User, ...], wire.Records])
_USER = pydantic.TypeAdapter(_User)
_PROFILE = pydantic.TypeAdapter(_Profile)


def people(reply: Reply) -> tuple[Person, ...]:
    return tuple(Person(one.id, one.full_name) for one in wire.read(_USERS, reply.result))


def person(reply: Reply) -> Person:
    user = wire.read(_USER, reply.result)
    return Person(user.id, user.full_name)


def me(reply: Reply) -> Me:
    profile = wire.read(_PROFILE, reply.result)
    return Me(profile.id, profile.full_name, profile.admin)
