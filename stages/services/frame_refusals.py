"""What is refused in a portal's frame, in words for people."""

from __future__ import annotations

from stages.services.refusals import Refusal

_OPEN_AGAIN = "Open the app again from the portal's menu."


def opening_refused() -> Refusal:
    """Refuse what was not proved; the words are the same for every check that fails."""
    return Refusal(
        "OPENING_REFUSED",
        403,
        "Board Admin cannot tell who opens it here.",
        f"{_OPEN_AGAIN} If that is no help, ask an administrator of the portal whether the app is "
        "installed, and whether you may use it.",
    )


def forget_the_form(refusal: Refusal) -> None:
    """Let the portal open the app again, and nothing else: no page of ours repeats its tokens."""
    if refusal.may_repeat:
        refusal.may_repeat = False
        refusal.hint = f"{refusal.hint} {_OPEN_AGAIN}".strip()


def session_over() -> Refusal:
    """Refuse whose session is over: by its time, or because the app or the person is gone."""
    return Refusal(
        "SESSION_OVER",
        401,
        "This page cannot be used any longer.",
        f"Nothing was changed. {_OPEN_AGAIN} If it is not there, it was taken off the portal.",
    )


def only_administrators_install() -> Refusal:
    return Refusal(
        "ACCESS_DENIED",
        403,
        "Only an administrator of the portal can install Board Admin.",
        "Ask one to open it. Once it is installed, you find it in the portal's menu.",
    )


def not_in_a_frame() -> Refusal:
    return Refusal(
        "NOT_AVAILABLE",
        405,
        "This address is for portals, which open Board Admin here in a frame of theirs.",
        "Open the app from the portal's menu.",
    )


def not_in_here() -> Refusal:
    return Refusal(
        "NOT_FOUND",
        404,
        "There is no such page inside a portal.",
        "Connections, tokens and passwords belong to people who sign in to Board Admin itself.",
    )
