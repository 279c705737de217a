"""The authorization server over HTTP, with troubles of its own."""

from __future__ import annotations

from collections.abc import Callable

from sandbox import misbehaviour
from sandbox.envelope import Cut, Reply, document, html, refusal
from sandbox.errors import ConnectionDropped, RestError, system
from sandbox.faults import WHOLE_REQUEST, Faults
from sandbox.incoming import HttpRequest, parameters, parse_path, public
from sandbox.oauth.authority import Authority
from sandbox.php import Array, Json, to_text
from sandbox.requestlog import RequestLog
from sandbox.stopwatch import Stopwatch
from sandbox.switches import Switches

TOKEN_PATH = "/oauth/token"
SECRETS = {"client_secret", "code", "refresh_token"}
FAULTS = (*WHOLE_REQUEST, "refused_by_code")


class OAuthEndpoint:
    """Answers /oauth/token/ and /rest/app.info below the authorization server's address."""

    def __init__(
        self,
        *,
        authority: Authority,
        switches: Switches,
        faults: Faults,
        log: RequestLog,
        pause: Callable[[float], None],
        shut: Callable[[float | None], None],
    ) -> None:
        self._authority = authority
        self._switches = switches
        self._faults = faults
        self._log = log
        self._pause = pause
        self._shut = shut

    def answer(self, request: HttpRequest, path: str) -> Reply:
        """Answer one request, record it without its secrets, or misbehave as armed."""
        if path.rstrip("/") == TOKEN_PATH:
            name = "oauth.token"
        else:
            address = parse_path(path)
            if address is None:
                return html(404, "Not Found")
            name = address.method
        params = parameters(request)
        record = self._log.open(name, None, _public(params))

        def work() -> Reply:
            return self._work(name, params, request.bearer)

        fault = self._faults.take(FAULTS, {name})
        if fault is None:
            reply = work()
        elif fault.name == "refused_by_code":
            reply = refusal(system(fault.code, status=fault.status), self._switches)
        else:
            scene = misbehaviour.Scene(
                fault, request, work, self._pause, self._shut, self._switches
            )
            reply = misbehaviour.BEHAVIOURS[fault.name](scene)
        record.status = 0 if reply.cut is Cut.RESET else reply.status
        record.error = reply.error
        record.fault = fault.name if fault else None
        return reply

    def _work(self, name: str, params: Array, bearer: str) -> Reply:
        stopwatch = Stopwatch()
        try:
            if name == "oauth.token":
                return document(self._authority.grant(params))
            if name != "app.info":
                raise system("ERROR_METHOD_NOT_FOUND")
            token = bearer or to_text(params.get("auth")) or to_text(params.get("access_token"))
            envelope: dict[str, Json] = {"result": self._authority.app_info(token)}
            return document({**envelope, "time": stopwatch.block(self._switches)})
        except RestError as error:
            return refusal(error, self._switches)
        except ConnectionDropped:
            return Reply(0, cut=Cut.RESET)


def _public(params: Array) -> Array:
    return {name: value for name, value in public(params).items() if name not in SECRETS}
