"""The keys of a local installation: made once, kept in `var/`, readable by their owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet


def secret_key(folder: Path) -> str:
    """Return the local secret key, made at the first start (file mode 0600)."""
    return _kept(folder / "secret_key", lambda: secrets.token_urlsafe(50))


def encryption_key(folder: Path) -> str:
    """Return the key that local secrets are stored under, made at the first start."""
    return _kept(folder / "encryption_key", lambda: Fernet.generate_key().decode())


def _kept(path: Path, make: Callable[[], str]) -> str:
    folder = path.parent
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)  # created with mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        # A link comes into being whole or not at all, and never replaces the key of a process
        # that started at the same moment.
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text()
