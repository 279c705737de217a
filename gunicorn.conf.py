"""How gunicorn serves the application, started by `manage.py local` or by hand."""

import os

# Behind a proxy on the same machine; gunicorn's own choice would be every address.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# Threads wait side by side for the portal. One process, since each has a bucket of its own for the
# portal's limit on requests.
worker_class = "gthread"
workers = 1
threads = 16

# A batch of 50 commands may take the portal a minute, and an edit is three requests.
timeout = 180
graceful_timeout = 30

# It would be opened in the home directory, and nothing here talks to it.
control_socket_disable = True
