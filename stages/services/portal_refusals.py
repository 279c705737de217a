"""What is refused around connections: what is not lent, not shared, not where it was."""

from __future__ import annotations

from stages.services.refusals import Refusal


def only_boards_are_lent() -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        "Only boards of groups are shared with you.",
        "For anything else you need a connection of your own.",
    )


def never_lent_as_administrator() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "You act with rights that are shared with you, and never as administrator by those.",
        "Do it without acting as administrator.",
    )


def only_the_owner_shares() -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        "This connection is shared with you.",
        "Only its owner can share it with others.",
    )


def may_not_share(reason: str) -> Refusal:
    return Refusal("ACCESS_DENIED", 403, reason, "Nothing was changed.")


def no_such_share() -> Refusal:
    return Refusal("NOT_FOUND", 404, "That is shared no more.", "Look at what is.")


def not_moved() -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        "The portal answers at its address, and tells of no other.",
        "There is nothing to confirm.",
    )


def moved_nowhere() -> Refusal:
    return Refusal(
        "PORTAL_MOVED",
        502,
        "The portal has moved, and does not say to what address.",
        "Connect it anew at its new address.",
    )


def moved_elsewhere(host: str) -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        f"The portal names another address by now: {host}.",
        "Nothing was changed. Look whether that is the portal's.",
    )


def only_administrators_confirm() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "Only an administrator, of the portal or of this installation, confirms its new address.",
        "Nothing was changed.",
    )


def address_taken(host: str) -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        f"{host} is connected here as another portal.",
        "Nothing was changed. Disconnect one of the two.",
    )


def somebody_else_there() -> Refusal:
    return Refusal(
        "CONFLICT",
        409,
        "At that address this connection belongs to somebody else, so it is another portal.",
        "Nothing was changed.",
    )
