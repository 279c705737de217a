"""The tokens of the API that somebody has."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from stages.management.portal_command import OwnCommand, add_portal
from stages.management.printing import Column
from stages.services import api_tokens, shapes

_COLUMNS = (Column("ID", "right"), *map(Column, ("Name", "Portal", "Last used", "Expires")))


class Command(OwnCommand):
    help = "List the tokens of the API that are not revoked, the latest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_portal(parser)

    def act_for(self, user: User, options: dict[str, Any]) -> None:
        found = api_tokens.own(user=user, slug=options["portal"])
        if options["json"]:
            self.print_json([shapes.token_as_json(token) for token in found])
            return
        rows = [
            (
                str(token.pk),
                token.name,
                token.credential.portal.slug,
                _day(token.last_used_at, "never"),
                _day(token.expires_at, "never"),
            )
            for token in found
        ]
        self.print_table(_COLUMNS, rows, options)


def _day(moment: datetime | None, otherwise: str) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else otherwise
