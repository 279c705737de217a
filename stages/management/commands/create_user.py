"""Letting somebody sign in to a deployed installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from stages.management.tidy_command import Error, TidyCommand
from stages.services import visitors


class Command(TidyCommand):
    help = (
        "Add somebody who may sign in, and connects to portals or has connections shared with "
        "them. Asks for a password, or reads it from stdin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="what they sign in with")
        parser.add_argument("--full-name", default="", help="what others see")

    def run(self, options: dict[str, Any]) -> None:
        user = visitors.add(
            name=options["name"], password=_password(), full_name=options["full_name"]
        )
        self.stdout.write(f"{user.get_username()} can sign in.")


def _password() -> str:
    if not sys.stdin.isatty():
        if line := sys.stdin.readline().rstrip("\n"):
            return line
        raise Error("No password came from standard input: one line of it is read.")
    password = getpass()
    if getpass("Password (again): ") != password:
        raise Error("The passwords differ.")
    return password
