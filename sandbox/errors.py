"""What the portal says when it refuses: codes, texts and HTTP statuses."""

from __future__ import annotations

from sandbox.php import Json

SYSTEM: dict[str, tuple[int, str]] = {
    "ERROR_METHOD_NOT_FOUND": (404, "Method not found!"),
    "NO_AUTH_FOUND": (401, "Wrong authorization data"),
    "INVALID_CREDENTIALS": (401, "Invalid request credentials"),
    "INVALID_REQUEST": (401, "Https required."),
    "insufficient_scope": (
        401,
        "The request requires higher privileges than provided by the webhook token",
    ),
    "expired_token": (401, "The access token provided has expired"),
    "invalid_token": (401, "Unable to get application by token"),
    "NOT_INSTALLED": (401, "Application not installed"),
    "ERROR_OAUTH": (401, "Application not installed"),
    "CONNECTION_ERROR": (401, "Error connecting to authorization server"),
    "APPLICATION_NOT_FOUND": (401, "Application not found"),
    "authorization_error": (401, "Unable to authorize user"),
    "user_access_error": (401, "The user does not have access to the application."),
    "PAYMENT_REQUIRED": (401, "Payment required"),
    "ACCESS_DENIED": (403, "Access denied!"),
    "WRONG_AUTH_TYPE": (403, "Current authorization type is denied for this method"),
    "OVERLOAD_LIMIT": (401, "REST API is blocked due to overload."),
    "QUERY_LIMIT_EXCEEDED": (503, "Too many requests"),
    "OPERATION_TIME_LIMIT": (429, "Method is blocked due to operation time limit."),
    "PORTAL_DELETED": (403, "Portal was deleted"),
    "INTERNAL_WRONG_TRANSPORT": (500, "Wrong transport!"),
    "ERROR_BATCH_METHOD_NOT_ALLOWED": (405, "Method is not allowed for batch usage"),
    "ERROR_BATCH_LENGTH_EXCEEDED": (400, "Max batch length exceeded"),
    "INTERNAL_SERVER_ERROR": (500, "Internal server error"),
    "ERROR_UNEXPECTED_ANSWER": (500, "Server returned an unexpected response"),
}

# The documentation gives other statuses than the server's source for these.
DOCUMENTED_STATUS = {
    "INVALID_CREDENTIALS": 403,
    "INVALID_REQUEST": 400,
    "insufficient_scope": 403,
    "user_access_error": 403,
    "OVERLOAD_LIMIT": 503,
    "PORTAL_DELETED": 500,
}


class RestError(Exception):
    """A refusal in the portal's error envelope."""

    def __init__(self, code: str, description: str, *, status: int = 400, **extra: str) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.status = status
        self.extra = extra

    def body(self) -> dict[str, Json]:
        """Return the error envelope, which has no `time`."""
        return {"error": self.code, "error_description": self.description, **self.extra}


class PhpFatal(Exception):
    """An error PHP does not hand to the REST server: HTTP 500 with an HTML body."""


class ConnectionDropped(Exception):
    """The connection goes away before an answer."""


def system(code: str, *, detail: str = "", status: int | None = None) -> RestError:
    """Build a documented REST error by its code."""
    default_status, text = SYSTEM.get(code, (400, code))
    description = f"{text} {detail}" if detail else text
    return RestError(code, description, status=status or default_status)
