"""The sandbox portal alone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sandbox import server
from stages.management import arguments


class Command(BaseCommand):
    help = "Run the bundled emulated portal until interrupted."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=arguments.number(1, 65_535),
            default=settings.SANDBOX_PORT,
            metavar="N",
            help="where it listens; SANDBOX_PORT without it",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            server.run(options["port"], f"{settings.PUBLIC_URL}/", ready=self._tell)
        except OSError as error:
            raise CommandError(
                f"Port {options['port']} cannot be used ({error.strerror})."
            ) from None

    def _tell(self, url: str) -> None:
        self.stdout.write(f"Sandbox portal: {url}/")
        self.stdout.flush()
