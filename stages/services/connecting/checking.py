"""Asking a portal who a connection acts as, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass

from stages.bitrix24.client import Client
from stages.bitrix24.methods import access, users
from stages.domain.person import Me


@dataclass(frozen=True, slots=True)
class Check:
    me: Me
    scopes: frozenset[str]


def check(client: Client) -> Check:
    """Ask in one request; raise a Bitrix24Error."""
    profile, scopes = users.profile(), access.scopes()
    answers = client.batch([profile, scopes])
    return Check(answers[profile], answers[scopes])
