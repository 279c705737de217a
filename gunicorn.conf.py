"""How gunicorn serves the application, started by `manage.py local` or by hand."""

import os
import signal
from typing import Any

# Behind a proxy on the same machine; gunicorn's own choice would be every address.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# Threads wait side by side for the portal; processes share all they know through the database. On
# SQLite one is enough: its writers take turns in any case.
worker_class = "gthread"
workers = 2 if os.environ.get("DATABASE_URL", "").startswith("postgres") else 1
threads = 16

# A batch of 50 commands may take the portal a minute, and an edit is three requests.
timeout = 180
graceful_timeout = 4  # `manage.py local` waits a little longer

# It would be opened in the home directory, and nothing here talks to it.
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Leave Ctrl-C to the master, which stops its worker.

    A terminal sends it to both, and a worker that is told twice can lock itself up and live on:
    its handler waits for its threads while the first call of it does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
