"""Changing the key of what is stored encrypted."""

from __future__ import annotations

from typing import Any

from stages.management.tidy_command import Error, TidyCommand
from stages.services import key_rotation


class Command(TidyCommand):
    help = (
        "Encrypt all stored secrets anew with the first of FIELD_ENCRYPTION_KEYS. Put the new key "
        "in front, restart, run this, then take the old keys out."
    )

    def run(self, _options: dict[str, Any]) -> None:
        rotation = key_rotation.rotate()
        self.stdout.write(f"Encrypted with the newest key: {rotation.done}.")
        if rotation.unreadable:
            raise Error(
                "None of FIELD_ENCRYPTION_KEYS opens these: "
                f"{', '.join(rotation.unreadable)}. Add the key they were stored with and run this "
                "again, or let their owners connect anew."
            )
