"""The portal's error codes: which class stands for each.

https://apidocs.bitrix24.com/error-codes.html
"""

from __future__ import annotations

from stages.bitrix24 import authorization_errors, errors

_CLASSES: dict[str, type[errors.Bitrix24Error]] = {
    # credentials
    "NO_AUTH_FOUND": errors.NoCredentials,
    "INVALID_CREDENTIALS": errors.InvalidCredentials,
    "INVALID_REQUEST": errors.HttpsRequired,
    "expired_token": errors.ExpiredToken,
    "invalid_token": errors.InvalidToken,
    "ERROR_OAUTH": errors.NotInstalled,
    "NOT_INSTALLED": errors.NotInstalled,
    "APPLICATION_NOT_FOUND": errors.NotInstalled,
    "authorization_error": errors.PersonRefused,
    "user_access_error": errors.PersonRefused,
    "session_failed": errors.CredentialsRefused,
    "access_denied": errors.CredentialsRefused,
    "insufficient_scope": errors.MissingScope,
    "PAYMENT_REQUIRED": errors.SubscriptionRequired,
    "WRONG_LICENSE": errors.SubscriptionRequired,
    "ACTION_NOT_ALLOWED.RESTRICTED": errors.SubscriptionRequired,
    # the authorization server
    "wrong_client": authorization_errors.UnknownApp,
    "invalid_client": authorization_errors.AppRefused,
    "invalid_grant": authorization_errors.GrantRefused,
    "invalid_scope": errors.MissingScope,
    "invalid_request": errors.BadRequest,
    # the portal itself
    "QUERY_LIMIT_EXCEEDED": errors.LimitExceeded,
    "OPERATION_TIME_LIMIT": errors.OperationTimeLimit,
    "OVERLOAD_LIMIT": errors.Overloaded,
    "PORTAL_DELETED": errors.PortalGone,
    "INTERNAL_SERVER_ERROR": errors.PortalFault,
    "ERROR_UNEXPECTED_ANSWER": errors.PortalFault,
    "INTERNAL_WRONG_TRANSPORT": errors.PortalFault,
    "INTERNAL_WRONG_HANDLER_CLASS": errors.PortalFault,
    "ERROR_CORE": errors.PortalFault,
    "CONNECTION_ERROR": errors.PortalFault,  # the authorization server is out of its reach
    "WRONG_ENCODING": errors.PortalFault,  # it ran, but the result cannot be told
    "UNKNOWN_ERROR": errors.UnknownError,
    "ACTION_FAILED": errors.UnknownError,
    "ACTION_FAILED_REASON": errors.UnknownError,
    # methods
    "ERROR_METHOD_NOT_FOUND": errors.MethodNotFound,
    "ERROR_MANIFEST_IS_NOT_AVAILABLE": errors.NotAvailable,
    "SOCIALNETWORK_IS_NOT_INSTALLED": errors.ModuleNotInstalled,
    "ACCESS_DENIED": errors.AccessDenied,
    "ACCESS_DENIED.NO_TASK": errors.AccessDenied,
    "ACTION_NOT_ALLOWED": errors.AccessDenied,
    "WRONG_AUTH_TYPE": errors.AccessDenied,
    "METHOD_CONFIRM_WAITING": errors.AccessDenied,
    "METHOD_CONFIRM_DENIED": errors.AccessDenied,
    "allowed_only_intranet_user": errors.AccessDenied,
    "ERROR_BATCH_METHOD_NOT_ALLOWED": errors.BadRequest,
    "ERROR_BATCH_LENGTH_EXCEEDED": errors.BadRequest,
    "ERROR_ARGUMENT": errors.BadRequest,
    "DISPATCHER_ERROR": errors.BadRequest,
    # "Could not construct parameter": the id names nothing (RPA).
    "100": errors.NotFound,
    # stages and tasks
    "NOT_FOUND": errors.StageNotFound,
    "TASK_NOT_FOUND": errors.TaskNotFound,
    "ACCESS_DENIED_MOVE": errors.MoveDenied,
    "DIFFERENT_STAGES": errors.DifferentStages,
    "EMPTY_TITLE": errors.EmptyTitle,
    "EMPTY_DATA": errors.EmptyData,
    "NO_EMPTY": errors.NotEmpty,
    "IS_SYSTEM": errors.SystemStage,
    "CANT_DELETE_FIRST": errors.FirstStage,
}

# For answers that are not the portal's own: the status is all there is to go by.
_STATUSES: dict[int, type[errors.Bitrix24Error]] = {
    401: errors.CredentialsRefused,
    402: errors.SubscriptionRequired,
    403: errors.AccessDenied,
    410: errors.PortalGone,
    429: errors.LimitExceeded,
}


def of_code(code: str, status: int | None) -> type[errors.Bitrix24Error]:
    """Return the class for a code; codes are case-sensitive, unknown ones prove nothing."""
    if code == "ACCESS_DENIED" and status == 401:
        # Before any method is looked at, the same code says that the tariff has no REST.
        return errors.SubscriptionRequired
    return _CLASSES.get(code, errors.UnknownRefusal)


def of_status(status: int) -> type[errors.Bitrix24Error]:
    """Return the class for an answer that is not JSON."""
    if status >= 500:
        return errors.PortalFault
    return _STATUSES.get(status, errors.UnexpectedAnswer)
