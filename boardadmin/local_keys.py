"""The keys of a local installation: made once, kept in `var/`, readable by their owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the local secret key, made at the first start (file mode 0600)."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)  # created with mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        # A link comes into being whole or not at all, and never replaces the key of a process
        # that started at the same moment.
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text()
