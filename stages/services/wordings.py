"""What each error of the portal means for people: what happened, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from stages.bitrix24 import errors
from stages.bitrix24.authorization_errors import (
    AppRefused,
    AuthorizationSlow,
    AuthorizationUnavailable,
    GrantRefused,
    UnknownApp,
)


class Wording(NamedTuple):
    code: str
    status: int
    message: str
    hint: str


_BOARD_IS_AS_SHOWN = "Open the board again: it shows what the portal has."
_NEW_WEBHOOK = "Make a new webhook on the portal, and connect it on the page Connections."
_ASK_ADMINISTRATOR = "An administrator of the portal has to change that."
_FREE_A_STAGE = "Make another stage the first one, then delete this one."

# By class; a class without an entry speaks with its parent's words.
WORDINGS: dict[type[errors.Bitrix24Error], Wording] = {
    errors.Bitrix24Error: Wording(
        "PORTAL_REFUSED",
        502,
        "The portal refused for a reason it does not explain.",
        _BOARD_IS_AS_SHOWN,
    ),
    # no answer
    errors.Unreachable: Wording(
        "PORTAL_UNREACHABLE",
        502,
        "The connection to the portal broke off.",
        "Try again in a moment.",
    ),
    errors.ConnectionRefused: Wording(
        "PORTAL_UNREACHABLE",
        502,
        "The portal cannot be reached.",
        "Check that the portal is up and its address is right, then try again.",
    ),
    errors.CertificateRefused: Wording(
        "PORTAL_UNREACHABLE",
        502,
        "The portal's certificate is not to be trusted, so nothing was sent.",
        "Check the address. A self-hosted portal needs a certificate that this machine trusts.",
    ),
    errors.AddressRefused: Wording(
        "PORTAL_UNREACHABLE",
        502,
        "The portal's address is not a public one with https://, so nothing was sent.",
        "Check the address. For a portal in a private network, whoever runs this installation "
        "names its host in PORTAL_HOSTS.",
    ),
    errors.ConnectionTimedOut: Wording(
        "PORTAL_UNREACHABLE",
        502,
        "The portal does not respond.",
        "Try again in a moment.",
    ),
    errors.NoAnswerInTime: Wording(
        "PORTAL_TIMEOUT",
        504,
        "The portal did not answer in time.",
        "Try again in a moment.",
    ),
    # an answer of no use
    errors.UnexpectedAnswer: Wording(
        "PORTAL_NONSENSE",
        502,
        "The portal gave an answer that makes no sense.",
        "Try again in a moment. If it stays like this, tell the portal's administrator.",
    ),
    errors.PortalFault: Wording(
        "PORTAL_FAILED",
        502,
        "The portal failed while working on this.",
        "Try again in a moment.",
    ),
    errors.UnknownError: Wording(
        "PORTAL_FAILED",
        502,
        "The portal failed without saying how.",
        "Try again in a moment.",
    ),
    errors.NotSent: Wording(
        "PORTAL_REFUSED",
        502,
        "The edit was not sent, since something before it failed.",
        _BOARD_IS_AS_SHOWN,
    ),
    errors.OutOfTime: Wording(
        "PORTAL_TIMEOUT",
        504,
        "The portal was too slow, so the rest was left undone.",
        "Try again in a moment.",
    ),
    errors.PortalResting: Wording(
        "PORTAL_RESTING",
        503,
        "The portal did not answer several times, so it is left alone for a moment.",
        "It is asked again in {wait}; on a page, Try again asks it right now.",
    ),
    # limits
    errors.LimitExceeded: Wording(
        "PORTAL_LIMIT",
        503,
        "The portal asks us to slow down.",
        "It takes only so many requests a second. Try again in {wait}.",
    ),
    errors.OperationTimeLimit: Wording(
        "PORTAL_LIMIT",
        503,
        "The portal has paused this kind of request, because too much time went into it.",
        "It lifts the pause in {wait}; everything else goes on.",
    ),
    errors.Overloaded: Wording(
        "PORTAL_LIMIT",
        503,
        "The portal's vendor has blocked its REST interface because of overload.",
        "Only the vendor's support can lift that; the portal's administrator can ask them to.",
    ),
    # the portal as a whole
    errors.PortalMoved: Wording(
        "PORTAL_MOVED",
        502,
        "The portal has moved to another address.",
        "Nothing was sent there: an administrator has to confirm the new address first.",
    ),
    errors.PortalGone: Wording(
        "PORTAL_GONE",
        502,
        "The portal was deleted.",
        "Connect another one on the page Connections.",
    ),
    errors.SubscriptionRequired: Wording(
        "PORTAL_SUBSCRIPTION",
        502,
        "The portal's subscription does not cover this.",
        _ASK_ADMINISTRATOR,
    ),
    # credentials
    errors.CredentialsRefused: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The portal does not accept our credentials.",
        _NEW_WEBHOOK,
    ),
    errors.HttpsRequired: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The portal takes webhooks over https only.",
        "Connect it by an address that begins with https://.",
    ),
    errors.InvalidCredentials: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The portal does not know this webhook; it may have been deleted.",
        _NEW_WEBHOOK,
    ),
    errors.ExpiredToken: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The sign-in to the portal has expired.",
        "Connect the portal again, on the page Connections.",
    ),
    GrantRefused: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "Your sign-in with Bitrix24 has run out.",
        "Sign in with Bitrix24 again, on the page Connections.",
    ),
    AppRefused: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "Bitrix24 does not take the app's credentials, or the portal has not installed the app.",
        "Whoever runs the installation has to check BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET; "
        "an administrator of the portal, that the app is installed.",
    ),
    UnknownApp: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "Bitrix24 does not know the app of this installation.",
        "Whoever runs the installation has to check BITRIX24_CLIENT_ID.",
    ),
    AuthorizationUnavailable: Wording(
        "AUTHORIZATION_UNREACHABLE",
        502,
        "Bitrix24's authorization server cannot be reached or does not work.",
        "Nothing was sent to the portal. Try again in a moment.",
    ),
    AuthorizationSlow: Wording(
        "AUTHORIZATION_UNREACHABLE",
        504,
        "Bitrix24's authorization server was too slow, so the portal was not asked for the rest.",
        "Try again in a moment.",
    ),
    errors.NotInstalled: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The app is not installed on the portal.",
        "An administrator of the portal has to install it.",
    ),
    errors.PersonRefused: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The portal does not let the connected person in; they may have left the company.",
        "Connect the portal as somebody who works there.",
    ),
    errors.MissingScope: Wording(
        "PORTAL_CREDENTIALS",
        502,
        "The connection lacks a permission (scope) that this needs.",
        "Tick task, sonet_group and user_brief on the portal, and rpa for RPA processes, then test "
        "the connection on the page Connections.",
    ),
    # rights
    errors.AccessDenied: Wording(
        "ACCESS_DENIED",
        403,
        "The portal does not let you do this.",
        "Only the owner and the moderators of a group may change its stages.",
    ),
    errors.MoveDenied: Wording(
        "ACCESS_DENIED", 403, "You may not move this task.", "Ask who is responsible for it."
    ),
    errors.NotAvailable: Wording(
        "NOT_AVAILABLE",
        502,
        "The portal does not offer this.",
        "The module may be switched off there. " + _ASK_ADMINISTRATOR,
    ),
    # stages
    errors.NotFound: Wording(
        "NOT_FOUND", 404, "The portal has nothing under that number.", "It may have been deleted."
    ),
    errors.StageNotFound: Wording(
        "NOT_FOUND",
        404,
        "This board no longer has that stage.",
        "Somebody may have deleted it.",
    ),
    errors.TaskNotFound: Wording(
        "NOT_FOUND", 404, "There is no such task, or you cannot see it.", _BOARD_IS_AS_SHOWN
    ),
    errors.StageRefused: Wording(
        "CONFLICT", 409, "The portal's rules do not allow that.", _BOARD_IS_AS_SHOWN
    ),
    errors.EmptyTitle: Wording("CONFLICT", 409, "The stage has no title.", "Give it one first."),
    errors.EmptyData: Wording("CONFLICT", 409, "There was nothing to change.", _BOARD_IS_AS_SHOWN),
    errors.NotEmpty: Wording(
        "NO_EMPTY",
        409,
        "The stage still holds tasks; some may be hidden from you.",
        "Move all of them to another stage on the portal, then delete this one.",
    ),
    errors.SystemStage: Wording(
        "IS_SYSTEM",
        409,
        "The portal keeps this stage: it is the first one or one of its default stages.",
        "Another title or colour turns a default stage into an ordinary one; "
        "the first one always stays.",
    ),
    errors.FirstStage: Wording(
        "CANT_DELETE_FIRST",
        409,
        "The first stage cannot be deleted: new tasks land there.",
        _FREE_A_STAGE,
    ),
    errors.DifferentStages: Wording(
        "CONFLICT", 409, "The stage and the task belong to different groups.", _BOARD_IS_AS_SHOWN
    ),
    errors.BadRequest: Wording(
        "PORTAL_REFUSED",
        502,
        "The portal could not make sense of our request.",
        "This is a mistake of Board Admin. Please report it with the time it happened.",
    ),
}
