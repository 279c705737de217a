"""What can go wrong between us and a portal, by what a caller would do about it.

    Bitrix24Error
    ├── Unreachable                 no answer arrived
    │   ├── ConnectionRefused     * nobody there: no such host, nothing listening
    │   ├── CertificateRefused    * somebody there, but perhaps not the portal
    │   ├── AddressRefused        * not called: no public address, or no TLS
    │   ├── ConnectionTimedOut    * nobody answered the door in time
    │   ├── ConnectionLost          broken off on the way
    │   └── NoAnswerInTime          sent, and then silence
    ├── UnexpectedAnswer            an answer nobody can read
    ├── PortalFault                 the portal failed inside
    ├── UnknownError                the portal says it does not know itself
    ├── UnknownRefusal              a code that is in no documentation
    ├── NotSent                   * left unsent, since something before it failed
    ├── OutOfTime                 * left unsent, since the caller has no time left for an answer
    ├── PortalResting             * left unsent, since earlier requests met no answer
    ├── LimitExceeded             * too many requests
    ├── OperationTimeLimit        * this method has used up its time, others go on
    ├── Overloaded                * blocked by hand until the vendor's support lifts it
    ├── PortalMoved               * it has a new address
    ├── PortalGone                * it was deleted
    ├── CredentialsRefused        *
    │   ├── HttpsRequired  NoCredentials  InvalidCredentials
    │   ├── ExpiredToken  InvalidToken  NotInstalled
    │   └── PersonRefused           dismissed, or not let into the application
    ├── SubscriptionRequired      * the portal's tariff does not cover this
    ├── MissingScope              *
    ├── AccessDenied              *
    │   └── MoveDenied              a task was not moved, but may have been pinned or sorted
    ├── NotAvailable              *
    │   ├── MethodNotFound  ModuleNotInstalled
    ├── NotFound                  *
    │   ├── StageNotFound  TaskNotFound
    ├── StageRefused              *
    │   ├── EmptyTitle  EmptyData  NotEmpty  SystemStage  FirstStage
    │   └── DifferentStages         like MoveDenied
    └── BadRequest                * a mistake of ours

Starred: the command certainly did not run (`did_not_run`; most are a NotRun), and so are the ones
below unless said.
After any other error a write may or may not have happened: read before writing again.
"""

from __future__ import annotations

import re
from typing import ClassVar, Self

# The code comes from outside; what does not look like one might be anything.
_PRINTABLE_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")


class Bitrix24Error(Exception):
    """A command that has no result.

    `code` is the portal's, "" where it gave none; `description` is localized, may hold HTML, and
    is for logs only; `status` is the HTTP status, None inside a batch; `retry_after` is in seconds.
    """

    says: ClassVar[str] = "the portal reported an error"
    did_not_run: ClassVar[bool] = False

    def __init__(
        self,
        code: str = "",
        description: str = "",
        status: int | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.description = description
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        details = [self.code] if _PRINTABLE_CODE.fullmatch(self.code) else []
        if self.status is not None:
            details.append(f"HTTP {self.status}")
        return f"{self.says} ({', '.join(details)})" if details else self.says

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"


class Unreachable(Bitrix24Error):
    says = "the portal cannot be reached"


class ConnectionRefused(Unreachable):
    says = "nobody takes connections at the portal's address"
    did_not_run = True


class CertificateRefused(Unreachable):
    says = "the certificate at the portal's address is not trusted"
    did_not_run = True


class AddressRefused(Unreachable):
    says = "the portal's address is not one that may be called"
    did_not_run = True


class ConnectionTimedOut(Unreachable):
    says = "the portal's address does not respond"
    did_not_run = True


class ConnectionLost(Unreachable):
    says = "the connection to the portal broke off"


class NoAnswerInTime(Unreachable):
    says = "the portal did not answer in time"


class UnexpectedAnswer(Bitrix24Error):
    says = "the portal's answer cannot be understood"


class PortalFault(Bitrix24Error):
    says = "the portal failed"


class UnknownError(Bitrix24Error):
    says = "the portal failed without saying how"


class UnknownRefusal(Bitrix24Error):
    says = "the portal refused for an unknown reason"


class NotRun(Bitrix24Error):
    """Whatever it is, the command certainly did not run."""

    did_not_run = True


class NotSent(NotRun):
    says = "not run, since something before it failed"


class OutOfTime(NotRun):
    says = "not run, since there was no time left for it"


class PortalResting(NotRun):
    says = "the portal did not answer several times and is left alone for a while"


class LimitExceeded(NotRun):
    says = "too many requests to the portal"


class OperationTimeLimit(NotRun):
    """`reset_at` is the Unix time of the end of the block, None where the portal kept it back."""

    says = "the portal has blocked this method for a while"
    reset_at: float | None = None

    @classmethod
    def until(cls, reset_at: float, *, now: float) -> Self:
        """Return the error for a block that ends at `reset_at`."""
        error = cls(retry_after=max(0.0, reset_at - now))
        error.reset_at = reset_at
        return error


class Overloaded(NotRun):
    says = "the portal's REST interface is blocked because of overload"


class PortalMoved(NotRun):
    """Nothing vouches for what the portal tells: the new `host`, and the `base_url` it leads to.

    They are "" where it told none, or none that can be a portal's.
    """

    says = "the portal has moved"
    host: str = ""
    base_url: str = ""

    def __str__(self) -> str:
        return f"{self.says} to {self.host}" if self.host else self.says


class PortalGone(NotRun):
    says = "the portal was deleted"


class CredentialsRefused(NotRun):
    says = "the portal refused the credentials"


class HttpsRequired(CredentialsRefused):
    says = "the portal takes webhooks over HTTPS only"


class NoCredentials(CredentialsRefused):
    says = "the portal found no credentials"


class InvalidCredentials(CredentialsRefused):
    says = "the portal does not know this webhook"


class ExpiredToken(CredentialsRefused):
    says = "the access token has expired"


class InvalidToken(CredentialsRefused):
    says = "the portal does not know this access token"


class NotInstalled(CredentialsRefused):
    says = "the application is not installed on the portal"


class PersonRefused(CredentialsRefused):
    says = "the portal does not let this person in"


class SubscriptionRequired(NotRun):
    says = "the portal's subscription does not cover this"


class MissingScope(NotRun):
    says = "the credentials lack a scope"


class AccessDenied(NotRun):
    says = "the connected person may not do this"


class MoveDenied(AccessDenied):
    # The portal pins and sorts before it asks whether the task may be moved.
    says = "the connected person may not move this task"
    did_not_run = False


class NotAvailable(NotRun):
    says = "the portal does not offer this"


class MethodNotFound(NotAvailable):
    says = "the portal has no such method"


class ModuleNotInstalled(NotAvailable):
    says = "the portal lacks a module"


class NotFound(NotRun):
    says = "the portal has no such thing"


class StageNotFound(NotFound):
    says = "the portal has no such stage"


class TaskNotFound(NotFound):
    says = "the portal has no such task, or does not show it"


class StageRefused(NotRun):
    says = "the portal's rules for stages forbid this"


class EmptyTitle(StageRefused):
    says = "the stage has no title"


class EmptyData(StageRefused):
    says = "nothing to change in the stage"


class NotEmpty(StageRefused):
    says = "the stage has tasks"


class SystemStage(StageRefused):
    says = "a default stage cannot be removed"


class FirstStage(StageRefused):
    says = "the first stage cannot be removed"


class DifferentStages(StageRefused):
    # As for MoveDenied.
    says = "the stage and the task belong to different groups"
    did_not_run = False


class BadRequest(NotRun):
    says = "the portal cannot make sense of the request"
