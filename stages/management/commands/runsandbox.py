from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sandbox import server


class Command(BaseCommand):
    help = "Run the bundled emulated portal until interrupted."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.SANDBOX_PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        server.run(port=options["port"], app_url=f"{settings.PUBLIC_URL}/")
