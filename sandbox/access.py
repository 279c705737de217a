"""With whose rights, in which scopes and for which application a request acts."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.applications import Installation
from sandbox.entities import User


@dataclass(frozen=True, slots=True)
class Access:
    """What a webhook or a token gives; `installation` is None for webhooks."""

    person: User
    scopes: frozenset[str]
    installation: Installation | None = None

    def opens(self, scopes: tuple[str, ...]) -> bool:
        """Tell whether the granted scopes open a method that needs one of these."""
        return not scopes or bool(self.scopes.intersection(scopes))
