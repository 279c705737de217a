"""The REST entry point: limits, faults, authorization, call, envelope, record."""

from __future__ import annotations

from collections.abc import Callable

from sandbox import auth, batch, dispatch, misbehaviour, session
from sandbox.envelope import Cut, Reply, html, refusal, success
from sandbox.errors import ConnectionDropped, PhpFatal, RestError, system
from sandbox.faults import WHOLE_REQUEST, Faults
from sandbox.incoming import Address, HttpRequest, parameters, parse_path, public
from sandbox.inflight import InFlight
from sandbox.journal import Journal
from sandbox.kanban import Kanban
from sandbox.limits import Bucket
from sandbox.php import Array
from sandbox.portal import Portal
from sandbox.process import Process
from sandbox.requestlog import RequestLog, RequestRecord
from sandbox.stopwatch import Stopwatch
from sandbox.switches import Switches

PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "origin, content-type, accept",
}


class RestServer:
    """Answers everything under /rest/."""

    def __init__(
        self,
        *,
        portal: Portal,
        switches: Switches,
        faults: Faults,
        bucket: Bucket,
        log: RequestLog,
        journal: Journal,
        gate: auth.Gate,
        pause: Callable[[float], None],
        shut: Callable[[float | None], None],
    ) -> None:
        self._portal = portal
        self._switches = switches
        self._faults = faults
        self._bucket = bucket
        self._log = log
        self._journal = journal
        self._gate = gate
        self._pause = pause
        self._shut = shut
        self.in_flight = InFlight()

    def answer(self, request: HttpRequest) -> Reply:
        """Answer one HTTP request and record it."""
        if request.verb == "OPTIONS":
            return Reply(200, headers=dict(PREFLIGHT))
        address = parse_path(request.path)
        if address is None:
            return html(404, "Not Found")
        params = parameters(request)
        record = self._log.open(address.method, self._person(address), public(params))
        with self.in_flight:
            reply = self._limited(request, address, params, record)
        record.status = 0 if reply.cut is Cut.RESET else reply.status
        record.error = reply.error
        reply.headers.update(PREFLIGHT)
        return reply

    def _limited(
        self, request: HttpRequest, address: Address, params: Array, record: RequestRecord
    ) -> Reply:
        if not self._bucket.admits(request.address):
            return refusal(system("QUERY_LIMIT_EXCEEDED"), self._switches)

        def work() -> Reply:
            return self._work(request, address, params, record)

        fault = self._faults.take(WHOLE_REQUEST, {address.method, *batch.methods_of(params)})
        if fault is None:
            return work()
        record.fault = fault.name
        return misbehaviour.BEHAVIOURS[fault.name](
            misbehaviour.Scene(fault, request, work, self._pause, self._shut, self._switches)
        )

    def _work(
        self, request: HttpRequest, address: Address, params: Array, record: RequestRecord
    ) -> Reply:
        """Do what is asked, holding the portal for its length, as one PHP process."""
        stopwatch = Stopwatch()
        try:
            if address.transport != "json":
                raise system("INTERNAL_WRONG_TRANSPORT")
            method = dispatch.find(address.method, self._switches)
            record.method = method.name
            with self._portal.lock:
                credentials = auth.offered(
                    params,
                    address.user_id,
                    address.code,
                    request.bearer,
                    session.person_id(request),
                )
                access = self._gate.admit(credentials, method)
                record.person = access.person.id
                process = Process(
                    portal=self._portal,
                    switches=self._switches,
                    faults=self._faults,
                    kanban=Kanban(self._portal, absent_after_is_first=self._switches.doc_variant),
                    access=access,
                    journal=self._journal,
                    http_params=params,
                    commands=record.commands,
                )
                page = dispatch.call(process, method, public(params))
            return success(page, stopwatch, self._switches)
        except RestError as error:
            return refusal(error, self._switches)
        except PhpFatal:
            return html(500, "Internal Server Error")
        except ConnectionDropped:
            return Reply(0, cut=Cut.RESET)

    def _person(self, address: Address) -> int | None:
        webhook = self._portal.webhook(address.user_id, address.code)
        return webhook.user_id if webhook else None
