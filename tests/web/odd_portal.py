"""A portal whose methods answer what a test puts in: between us and the sandbox, over sockets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sandbox.server import Sandbox
from tests.bitrix24 import server

Change = Callable[[Any], Any]


class OddPortal(server.Server):
    """Hands requests on to the sandbox, and changes what single methods answer."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(self._answer)
        self.sandbox = sandbox
        self.changes: dict[str, Change] = {}

    def webhook_of(self, who: str) -> str:
        _, _, path = self.sandbox.webhook(who).partition("/rest/")
        return f"http://127.0.0.1:{self.server_port}/rest/{path}"

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def _answer(self, handler: server.Handler) -> None:
        path, sent = self.requests[-1]
        status, answer = self._honest(path, sent)
        method = path.rpartition("/")[2].removesuffix(".json")
        if method == "batch" and "result" in answer:
            results = answer["result"]["result"]
            for name, line in sent["cmd"].items():
                if isinstance(results, dict) and name in results:
                    results[name] = self._changed(line.partition("?")[0], results[name])
        elif "result" in answer:
            answer["result"] = self._changed(method, answer["result"])
        server.raw(json.dumps(answer), status, Content_Type="application/json")(handler)

    def _changed(self, method: str, result: Any) -> Any:
        change = self.changes.get(method)
        return change(result) if change else result

    def _honest(self, path: str, sent: Any) -> tuple[int, Any]:
        base = self.sandbox.url.rstrip("/")
        request = Request(
            base + path, json.dumps(sent).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request) as answer:
                return answer.status, json.loads(answer.read())
        except HTTPError as error:
            return error.code, json.loads(error.read())
