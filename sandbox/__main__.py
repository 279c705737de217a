"""`python -m sandbox`: the portal alone, for looking around."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sandbox.server import APP_URL, run


def main(argv: Sequence[str] | None = None) -> None:
    """Parse the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--app-url", default=APP_URL)
    options = parser.parse_args(argv)
    run(options.port, options.app_url, ready=_announce)


def _announce(url: str) -> None:
    sys.stdout.write(f"Sandbox portal on {url}/\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
