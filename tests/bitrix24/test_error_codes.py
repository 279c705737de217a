"""Every documented code becomes the class a caller can act on."""

from __future__ import annotations

import pytest

from stages.bitrix24 import authorization_errors, envelope, error_codes, errors

# code, HTTP status, class, and whether it certainly did not run
CODES: list[tuple[str, int, type[errors.Bitrix24Error], bool]] = [
    ("ERROR_METHOD_NOT_FOUND", 404, errors.MethodNotFound, True),
    ("NO_AUTH_FOUND", 401, errors.NoCredentials, True),
    ("INVALID_CREDENTIALS", 401, errors.InvalidCredentials, True),
    ("INVALID_CREDENTIALS", 403, errors.InvalidCredentials, True),
    ("INVALID_REQUEST", 400, errors.HttpsRequired, True),
    ("insufficient_scope", 401, errors.MissingScope, True),
    ("insufficient_scope", 403, errors.MissingScope, True),
    ("expired_token", 401, errors.ExpiredToken, True),
    ("invalid_token", 401, errors.InvalidToken, True),
    ("ERROR_OAUTH", 401, errors.NotInstalled, True),
    ("NOT_INSTALLED", 401, errors.NotInstalled, True),
    ("APPLICATION_NOT_FOUND", 401, errors.NotInstalled, True),
    ("CONNECTION_ERROR", 401, errors.PortalFault, False),
    ("wrong_client", 200, authorization_errors.UnknownApp, True),
    ("invalid_client", 400, authorization_errors.AppRefused, True),
    ("invalid_grant", 400, authorization_errors.GrantRefused, True),
    ("invalid_scope", 403, errors.MissingScope, True),
    ("invalid_request", 400, errors.BadRequest, True),
    ("PAYMENT_REQUIRED", 402, errors.SubscriptionRequired, True),
    ("authorization_error", 401, errors.PersonRefused, True),
    ("user_access_error", 401, errors.PersonRefused, True),
    ("PAYMENT_REQUIRED", 401, errors.SubscriptionRequired, True),
    ("ACCESS_DENIED", 401, errors.SubscriptionRequired, True),
    ("ACCESS_DENIED", 403, errors.AccessDenied, True),
    ("ACCESS_DENIED", 400, errors.AccessDenied, True),
    ("WRONG_AUTH_TYPE", 403, errors.AccessDenied, True),
    ("WRONG_LICENSE", 403, errors.SubscriptionRequired, True),
    ("OVERLOAD_LIMIT", 503, errors.Overloaded, True),
    ("QUERY_LIMIT_EXCEEDED", 503, errors.LimitExceeded, True),
    ("OPERATION_TIME_LIMIT", 429, errors.OperationTimeLimit, True),
    ("PORTAL_DELETED", 403, errors.PortalGone, True),
    ("INTERNAL_WRONG_TRANSPORT", 500, errors.PortalFault, False),
    ("INTERNAL_WRONG_HANDLER_CLASS", 500, errors.PortalFault, False),
    ("METHOD_CONFIRM_WAITING", 401, errors.AccessDenied, True),
    ("METHOD_CONFIRM_DENIED", 403, errors.AccessDenied, True),
    ("session_failed", 401, errors.CredentialsRefused, True),
    ("access_denied", 401, errors.CredentialsRefused, True),
    ("ERROR_MANIFEST_IS_NOT_AVAILABLE", 404, errors.NotAvailable, True),
    ("ERROR_BATCH_METHOD_NOT_ALLOWED", 405, errors.BadRequest, True),
    ("ERROR_BATCH_LENGTH_EXCEEDED", 400, errors.BadRequest, True),
    ("INTERNAL_SERVER_ERROR", 500, errors.PortalFault, False),
    ("ERROR_UNEXPECTED_ANSWER", 500, errors.PortalFault, False),
    ("ERROR_CORE", 500, errors.PortalFault, False),
    ("ERROR_ARGUMENT", 400, errors.BadRequest, True),
    ("WRONG_ENCODING", 200, errors.PortalFault, False),
    ("DISPATCHER_ERROR", 400, errors.BadRequest, True),
    ("UNKNOWN_ERROR", 400, errors.UnknownError, False),
    ("ACTION_FAILED", 400, errors.UnknownError, False),
    ("ACTION_FAILED_REASON", 400, errors.UnknownError, False),
    ("ACTION_NOT_ALLOWED", 400, errors.AccessDenied, True),
    ("ACTION_NOT_ALLOWED.RESTRICTED", 400, errors.SubscriptionRequired, True),
    ("ACCESS_DENIED.NO_TASK", 400, errors.AccessDenied, True),
    ("ACCESS_DENIED_MOVE", 400, errors.MoveDenied, False),
    ("DIFFERENT_STAGES", 400, errors.DifferentStages, False),
    ("EMPTY_TITLE", 400, errors.EmptyTitle, True),
    ("NOT_FOUND", 400, errors.StageNotFound, True),
    ("EMPTY_DATA", 400, errors.EmptyData, True),
    ("NO_EMPTY", 400, errors.NotEmpty, True),
    ("IS_SYSTEM", 400, errors.SystemStage, True),
    ("CANT_DELETE_FIRST", 400, errors.FirstStage, True),
    ("SOCIALNETWORK_IS_NOT_INSTALLED", 400, errors.ModuleNotInstalled, True),
    ("TASK_NOT_FOUND", 400, errors.TaskNotFound, True),
    ("allowed_only_intranet_user", 400, errors.AccessDenied, True),
    ("100", 400, errors.NotFound, True),
    ("0", 400, errors.UnknownRefusal, False),
    ("", 400, errors.UnknownRefusal, False),
    ("SOMETHING_NEW", 400, errors.UnknownRefusal, False),
]


@pytest.mark.parametrize(("code", "status", "expected", "did_not_run"), CODES)
def test_a_code_becomes_its_class(
    code: str, status: int, expected: type[errors.Bitrix24Error], did_not_run: bool
) -> None:
    error = envelope.refusal({"error": code, "error_description": "x"}, status=status)
    assert type(error) is expected
    assert error.did_not_run is did_not_run
    assert (error.code, error.description, error.status) == (code, "x", status)


def test_no_code_of_the_table_is_left_untested() -> None:
    assert set(error_codes._CLASSES) <= {code for code, *_ in CODES}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, errors.UnexpectedAnswer),
        (401, errors.CredentialsRefused),
        (402, errors.SubscriptionRequired),
        (403, errors.AccessDenied),
        (404, errors.UnexpectedAnswer),
        (410, errors.PortalGone),
        (429, errors.LimitExceeded),
        (500, errors.PortalFault),
        (502, errors.PortalFault),
        (503, errors.PortalFault),
        (504, errors.PortalFault),
    ],
)
def test_a_page_that_is_not_json_goes_by_its_status(
    status: int, expected: type[errors.Bitrix24Error]
) -> None:
    assert error_codes.of_status(status) is expected


def test_what_the_docstring_stars_is_what_certainly_did_not_run() -> None:
    starred: set[str] = set()
    unstarred: set[str] = set()
    for line in (errors.__doc__ or "").splitlines():
        words = line.strip("│├└─ ").split()
        if words and "──" in line and hasattr(errors, words[0]):
            (starred if "*" in words[:2] else unstarred).add(words[0])
    nested = {"Unreachable"}
    for name in starred:
        assert getattr(errors, name).did_not_run, name
    for name in unstarred - nested:
        parents = {parent.__name__ for parent in getattr(errors, name).__mro__[1:]}
        if not parents & starred:
            assert not getattr(errors, name).did_not_run, name


def test_neither_description_nor_a_strange_code_is_in_the_message() -> None:
    error = errors.AccessDenied("<b>/rest/1/secret/</b>", "<br>secret", 403)
    assert str(error) == "the connected person may not do this (HTTP 403)"
    assert "secret" not in repr(error)
    assert str(errors.EmptyTitle("EMPTY_TITLE")) == "the stage has no title (EMPTY_TITLE)"
