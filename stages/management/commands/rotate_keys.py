from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stages.services import key_rotation


class Command(BaseCommand):
    help = (
        "Encrypt all stored secrets anew with the first of FIELD_ENCRYPTION_KEYS. Put the new key "
        "in front, restart, run this, then take the old keys out."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        rotation = key_rotation.rotate()
        self.stdout.write(f"Encrypted with the newest key: {rotation.done}.")
        if rotation.unreadable:
            raise CommandError(
                "None of FIELD_ENCRYPTION_KEYS opens these: "
                f"{', '.join(rotation.unreadable)}. Add the key they were stored with and run this "
                "again, or let their owners connect anew."
            )
