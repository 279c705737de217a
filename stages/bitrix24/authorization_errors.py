"""What can go wrong between us and the authorization server, beside what portals say as well.

    CredentialsRefused
    ├── AppRefused              its secret is wrong, or it is not installed on the portal
    │   └── UnknownApp
    └── GrantRefused            a code or a refresh token is of no use any more
    AuthorizationUnavailable    no word of it: down, silent, or speaking nonsense
    └── AuthorizationSlow       its word left, or would leave, no time for the portal's

Each certainly did not run anything on a portal.
"""

from __future__ import annotations

from stages.bitrix24 import errors


class AppRefused(errors.CredentialsRefused):
    says = "the authorization server refused the app"


class UnknownApp(AppRefused):
    says = "the authorization server does not know the app"


class GrantRefused(errors.CredentialsRefused):
    says = "the authorization server wants the person to sign in again"


class AuthorizationUnavailable(errors.Bitrix24Error):
    """`__cause__` says what happened, in the words for portals."""

    says = "the authorization server gave no answer of use"
    did_not_run = True


class AuthorizationSlow(AuthorizationUnavailable):
    says = "the authorization server took the time there was for the portal"
