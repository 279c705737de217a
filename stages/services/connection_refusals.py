"""What is refused about connections, in words for people."""

from __future__ import annotations

from stages.services.refusals import Refusal


def switched_off(host: str, reason: str) -> Refusal:
    refusal = Refusal(
        "PORTAL_CREDENTIALS",
        502,
        f"Your connection to {host} is switched off. {reason}",
        "Connect the portal again, or test the connection, on the page Connections.",
    )
    refusal.may_repeat = False
    return refusal


def connection_not_found() -> Refusal:
    return Refusal(
        "NOT_FOUND", 404, "You have no such connection.", "Look for it on the page Connections."
    )


def only_portal(host: str) -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        f"This installation shows {host} and no other portal.",
        "Whoever runs the installation has decided so with BITRIX24_WEBHOOK_URL.",
    )


def too_few_scopes() -> Refusal:
    return Refusal(
        "INVALID",
        400,
        "The portal gives this connection no right to tasks, so it could not show a single board.",
        "Tick the scopes task, sonet_group and user_brief on the portal, then connect again.",
    )


def from_settings() -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        "This connection comes from the installation's settings.",
        "Whoever runs the installation can take it out of BITRIX24_WEBHOOK_URL.",
    )


def not_your_plan() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "Only an administrator of the portal or of this installation may say which plan it has.",
        "Nothing was changed.",
    )


def sign_in_over() -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        "This sign-in was not begun in this browser, has been used, or is too old.",
        "Nothing was connected. Begin again on the page Connections.",
    )


def other_portal(begun: str, found: str) -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        f"You began to sign in to {begun} and came back from {found}.",
        "Nothing was connected. If the second is yours, begin with its address.",
    )


def no_app() -> Refusal:
    return Refusal(
        "NOT_AVAILABLE",
        404,
        "Nobody can sign in with Bitrix24 here: this installation has no app.",
        "Connect by a webhook, or ask whoever runs the installation to set BITRIX24_CLIENT_ID.",
    )


def unreadable_secret() -> Refusal:
    return Refusal(
        "SECRETS_UNREADABLE",
        503,
        "The stored key to your portal cannot be read with the installation's encryption keys.",
        "Whoever runs the installation has to put the earlier key back into FIELD_ENCRYPTION_KEYS; "
        "or connect the portal anew.",
    )
