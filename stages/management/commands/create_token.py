"""A token for programs that use the API."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from stages.management import arguments
from stages.management.portal_command import PortalCommand
from stages.services import api_tokens
from stages.services.connections import Connection

_MOST_DAYS = 3650


class Command(PortalCommand):
    help = "Make a token for the API that acts as USER, and print it: it is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--name", default="command line", metavar="NAME", type=_name, help="what it is for"
        )
        parser.add_argument(
            "--days",
            type=arguments.number(1, _MOST_DAYS),
            metavar="N",
            help="for how many days it is good; without this it does not end by itself",
        )
        parser.add_argument(
            "--may-act-as-admin",
            action="store_true",
            help="let it act as administrator of the portal, with ?as_admin=1",
        )

    def add_user(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="whose connection it acts with")

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        made = api_tokens.create(
            connection=connection,
            name=options["name"],
            days=options["days"],
            may_act_as_admin=options["may_act_as_admin"],
        )
        if options["json"]:
            self.print_json({"id": made.token.pk, "name": made.token.name, "token": made.secret})
        else:
            self.print_line(made.secret)


def _name(text: str) -> str:
    if not 0 < len(text.strip()) <= api_tokens.LONGEST_NAME:
        raise ArgumentTypeError(f"a name of up to {api_tokens.LONGEST_NAME} characters")
    return text.strip()
