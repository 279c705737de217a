"""A little application on an address of its own, to see what a portal's page does around it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sandbox.php import parse_query

PAGE = b"""<!doctype html><title>App</title><h1>In the frame</h1><output></output>
<script>
const [domain, proto, sid] = window.name.split("|");
const answers = {};
window.addEventListener("message", ({ data }) => {
  const [id, ...rest] = data.split(":");
  answers[id]?.(rest.join(":"));
});
window.ask = (command, params = {}, own = sid) => new Promise((resolve) => {
  const id = "c" + Object.keys(answers).length;
  answers[id] = (text) => resolve(text ? JSON.parse(text) : null);
  parent.postMessage([command, JSON.stringify(params), id, own].join(":"), "*");
});
</script>"""


class App:
    """What has been posted to it: the path of each form and its fields."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.origins: list[str | None] = []
        self.url = ""


@contextmanager
def running() -> Iterator[App]:
    app = App()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path, _, query = self.path.partition("?")
            app.origins.append(self.headers.get("Origin"))
            app.posted.append((path, {**dict(parse_query(query)), **dict(parse_query(body))}))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_arguments: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    app.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield app
    server.shutdown()
    thread.join()
    server.server_close()
