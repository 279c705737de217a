"""What the API refuses for its token's sake, in words for people."""

from __future__ import annotations

from stages.services.refusals import Refusal


def missing() -> Refusal:
    return Refusal(
        "UNAUTHORIZED",
        401,
        "This needs a token.",
        "Send one in the header Authorization: Bearer <token>.",
    )


def refused() -> Refusal:
    return Refusal(
        "UNAUTHORIZED",
        401,
        "This token is not valid.",
        "It may have been revoked, or have expired. Make a new one.",
    )


def not_found() -> Refusal:
    return Refusal("NOT_FOUND", 404, "You have no such token.", "It may be revoked already.")


def not_for_administrators() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "This token may not act as administrator of the portal.",
        "Make one that may, or leave as_admin out.",
    )


def throttled(seconds: float) -> Refusal:
    return Refusal(
        "THROTTLED",
        429,
        "This token has been used too often.",
        "It is good for 600 requests a minute.",
        retry_after=seconds,
    )


def connection_closed() -> Refusal:
    return Refusal(
        "UNAUTHORIZED",
        401,
        "The connection that this token acts with is no longer open to you.",
        "Make a new token with one that is.",
    )


def connection_disabled(reason: str) -> Refusal:
    return Refusal("PORTAL_CREDENTIALS", 502, reason, "Connect the portal again.")
