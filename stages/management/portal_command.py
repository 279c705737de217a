"""What the commands that ask a portal something have in common."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from stages.domain.actor import Source
from stages.domain.color import Color
from stages.management import printing
from stages.management.printing import Column
from stages.management.tidy_command import Error, TidyCommand
from stages.services import visitors, visits
from stages.services.connections import Connection
from stages.services.refusals import Refusal, WhichPortal, WhoseConnection

_WRONG_USAGE = 2
_INTERRUPTED = 130  # as a shell says of a command that Ctrl-C ended
_READER_GONE = 141  # as a shell says of a command whose reader had enough


class Interrupted(Error):
    """Ctrl-C, with what there is to say of how far the command had come."""

    def __init__(self, told: str) -> None:
        super().__init__(told, returncode=_INTERRUPTED)


class OwnCommand(TidyCommand):
    """A command for one person: `act_for` does it and prints what came of it.

    Data goes to stdout, everything else to stderr.
    """

    interrupted = "Interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON, for scripts")
        self.add_user(parser)

    def add_user(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--user", default="", metavar="NAME", help="whose connection, where that is not evident"
        )

    def run_from_argv(self, argv: list[str]) -> None:
        # What the client says of attempts it repeats is for the logs of a server.
        logging.getLogger().setLevel(logging.ERROR)
        printing.survive_odd_characters(sys.stdout)
        try:
            super().run_from_argv(argv)
            sys.stdout.flush()
        except KeyboardInterrupt:
            self.stderr.write(self.interrupted)
            sys.exit(_INTERRUPTED)
        except BrokenPipeError:
            # Python flushes once more when it ends; https://docs.python.org/3/library/signal.html
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_READER_GONE)

    def run(self, options: dict[str, Any]) -> None:
        self.act_for(visitors.at_the_command_line(name=options["user"]), options)

    def refused(self, refusal: Refusal) -> Error:
        if isinstance(refusal, WhichPortal):
            slugs = ", ".join(sorted(portal.slug for portal in refusal.portals))
            told = f"Which portal? Name one: --portal SLUG ({slugs})."
            return Error(told, returncode=_WRONG_USAGE)
        told = f"{refusal.message} {refusal.hint}"
        if refusal.code == "PORTAL_UNREACHABLE" and settings.USES_SANDBOX:
            told = f"{told} The sandbox portal runs as long as `make run` does."
        code = _WRONG_USAGE if isinstance(refusal, WhoseConnection) else 1
        return Error(printing.line(told), returncode=code)

    def act_for(self, user: User, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def print_json(self, data: object) -> None:
        self.stdout.write(printing.as_json(data, self.stdout))

    def print_table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[str | Color]],
        options: dict[str, Any],
    ) -> None:
        no_color = options["no_color"]
        self.stdout.write(printing.table(self.stdout, columns, rows, no_color=no_color))

    def print_line(self, text: str) -> None:
        self.stdout.write(printing.line(text))


class PortalCommand(OwnCommand):
    """A command that acts on one portal for one person: `act` does it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_portal(parser)

    def act_for(self, user: User, options: dict[str, Any]) -> None:
        connection = visits.connect(user=user, slug=options["portal"], source=Source.COMMAND_LINE)
        # Who types a command wants to know it now, as who presses Try again on a page.
        self.act(connection.probing(), options)

    def act(self, connection: Connection, options: dict[str, Any]) -> None:
        raise NotImplementedError


def add_portal(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--portal", default="", metavar="SLUG", help="which portal, where you have several"
    )
