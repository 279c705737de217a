"""Ending a token of the API."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User

from stages.domain.actor import Source
from stages.management.portal_command import OwnCommand
from stages.services import api_tokens


class Command(OwnCommand):
    help = "Revoke a token of the API, from its next request on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "token", metavar="TOKEN", help="its number, as `tokens` has it, or the token itself"
        )
        super().add_arguments(parser)

    def act_for(self, user: User, options: dict[str, Any]) -> None:
        token = api_tokens.revoke(user=user, named=options["token"], source=Source.COMMAND_LINE)
        if options["json"]:
            self.print_json({"id": token.pk, "name": token.name})
        else:
            self.print_line(f"The token “{token.name}” is revoked.")
