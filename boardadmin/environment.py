"""The environment variables: read once, checked all together."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import dj_database_url
import psycopg
from environs import Env, EnvValidationError, ValidationError, validate
from psycopg.conninfo import make_conninfo

from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.oauth import App

# What each variable takes: printed beside every mistake, and held against the README by a test.
TAKES = {
    "PORT": "a port from 1 to 65535; 8000 where unset",
    "SANDBOX_PORT": "a port from 1 to 65535; 8001 where unset",
    "DATABASE_URL": "sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME",
    "SECRET_KEY": "at least 32 random characters; set, it makes the installation a deployed one",
    "FIELD_ENCRYPTION_KEYS": "Fernet keys (32 bytes, url-safe base64), newest first, by comma",
    "PUBLIC_URL": "the https:// address where browsers and portals reach the installation",
    "TRUSTED_PROXY_HEADER": "the name of the header in which your proxy puts the visitor's address",
    "DEBUG": "on or off; off where unset",
    "BITRIX24_WEBHOOK_URL": "https://HOST/rest/USER/CODE/ (http:// for loopback hosts only)",
    "BITRIX24_CLIENT_ID": "the client id of your Bitrix24 app, with BITRIX24_CLIENT_SECRET",
    "BITRIX24_CLIENT_SECRET": "the client secret of your Bitrix24 app, with BITRIX24_CLIENT_ID",
    "BITRIX24_PORTAL_DOMAIN": "the host name of the one portal that may use the app",
    "BITRIX24_OAUTH_URL": "the https:// base address of the authorization server",
    "BITRIX24_TIMEOUT": "seconds, from 1 to 60; 10 where unset",
    "BITRIX24_DEADLINE": "seconds, from 2 to 60; 30 where unset",
    "PORTAL_HOSTS": "host names of self-hosted portals in private networks, by comma",
}

_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*")
_POSTGRESQL = "django.db.backends.postgresql"
_ENGINES = ("django.db.backends.sqlite3", _POSTGRESQL)
_OF_DJANGO = ("assume_role", "isolation_level", "server_side_binding")  # not PostgreSQL's options
_APP = ("BITRIX24_CLIENT_ID", "BITRIX24_CLIENT_SECRET")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class InvalidEnvironment(Exception):
    """Some variables are missing or malformed; the text lists all of them."""


@dataclass(frozen=True, slots=True, repr=False)
class Environment:
    """The variables as values; it holds secrets, so it has no telling repr."""

    port: int
    sandbox_port: int
    database: dict[str, Any]
    secret_key: str
    field_encryption_keys: tuple[str, ...]
    public_url: str
    trusted_proxy_header: str
    portal_hosts: frozenset[str]
    debug: bool
    webhook: WebhookAuth | None
    app: App | None
    app_portal: str
    oauth_url: str
    timeout: float
    deadline: float

    @property
    def local(self) -> bool:
        """An installation without a secret key of its own serves one person on this machine."""
        return not self.secret_key

    @property
    def uses_sandbox(self) -> bool:
        return self.local and self.webhook is None


def read() -> Environment:
    """Return the environment; raise InvalidEnvironment with every mistake in it."""
    env = Env(eager=False)
    hosts: list[str] | None = env.list("PORTAL_HOSTS", [], validate=_each(_host))
    port = validate.Range(min=1, max=65535)
    environment = Environment(
        port=env.int("PORT", 8000, validate=port),
        sandbox_port=env.int("SANDBOX_PORT", 8001, validate=port),
        database=_database(env),
        secret_key=env.str("SECRET_KEY", "", validate=_empty_or(_secret_key)),
        field_encryption_keys=tuple(
            env.list("FIELD_ENCRYPTION_KEYS", [], validate=_each(_fernet_key)) or ()
        ),
        public_url=env.str("PUBLIC_URL", "", validate=_empty_or(_web_address)),
        trusted_proxy_header=env.str(
            "TRUSTED_PROXY_HEADER", "", validate=_empty_or(validate.Regexp(r"[A-Za-z0-9-]+\Z"))
        ),
        portal_hosts=frozenset(host.lower() for host in hosts or ()),
        debug=env.bool("DEBUG", False),
        webhook=_webhook(env),
        app=_app(env),
        app_portal=_app_portal(env),
        oauth_url=env.str("BITRIX24_OAUTH_URL", "", validate=_empty_or(_base_address)),
        timeout=env.float("BITRIX24_TIMEOUT", 10.0, validate=validate.Range(min=1, max=60)),
        deadline=env.float("BITRIX24_DEADLINE", 30.0, validate=validate.Range(min=2, max=60)),
    )
    env_is_deployed = bool(os.environ.get("SECRET_KEY"))
    mistakes = {}
    try:
        env.seal()
    except EnvValidationError as error:
        found = cast(Mapping[str, list[str]], error.error_messages)
        mistakes = {
            name: "; ".join(text.rstrip(".") for text in texts) for name, texts in found.items()
        }
    client = {name: os.environ.get(name) for name in _APP}
    if any(client.values()):
        mistakes |= {name: "missing beside the other one" for name in client if not client[name]}
    if environment.uses_sandbox and environment.port == environment.sandbox_port:
        mistakes.setdefault("SANDBOX_PORT", "the same as PORT")
    if env_is_deployed:
        for name in ("FIELD_ENCRYPTION_KEYS", "PUBLIC_URL"):
            if not getattr(environment, name.lower()):
                mistakes.setdefault(name, "missing, and needed where SECRET_KEY is set")
        if environment.database.get("NAME") == ":memory:":
            mistakes.setdefault("DATABASE_URL", "a database in memory, which nothing survives")
        webhook, named = environment.webhook, environment.portal_hosts
        if webhook and not webhook.encrypted and webhook.host not in named:
            mistakes.setdefault("BITRIX24_WEBHOOK_URL", "a host that PORTAL_HOSTS does not name")
    if mistakes:
        raise InvalidEnvironment(_listed(mistakes))
    return environment


def _database(env: Env) -> dict[str, Any]:
    text = env.str("DATABASE_URL", "sqlite:///var/db.sqlite3", validate=_database_url)
    try:
        return dict(dj_database_url.parse(text, conn_max_age=60, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError, TypeError):
        return {}  # noted by the validator


def _webhook(env: Env) -> WebhookAuth | None:
    def parse(text: str) -> None:
        try:
            WebhookAuth.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    text = env.str("BITRIX24_WEBHOOK_URL", "", validate=_empty_or(parse))
    try:
        return WebhookAuth.parse(text) if text else None
    except ValueError:
        return None  # noted by the validator


def _app(env: Env) -> App | None:
    client_id, client_secret = (env.str(name, "") for name in _APP)
    return App(client_id, client_secret) if client_id and client_secret else None


def _app_portal(env: Env) -> str:
    domain = env.str("BITRIX24_PORTAL_DOMAIN", "", validate=_empty_or(_host))
    return f"https://{domain.lower()}" if domain else ""


def _listed(mistakes: dict[str, str]) -> str:
    lines = [
        f"  {name}: {wrong}. It takes {TAKES[name]}." for name, wrong in sorted(mistakes.items())
    ]
    return "\n".join(["Board Admin cannot start with these settings:", *lines])


def _empty_or(check: Callable[[str], Any]) -> Callable[[str], None]:
    def checked(value: str) -> None:
        if value:
            check(value)

    return checked


def _each(check: Callable[[str], None]) -> Callable[[list[str]], None]:
    def checked(values: list[str]) -> None:
        for value in values:
            check(value)

    return checked


def _secret_key(value: str) -> None:
    validate.Length(min=32)(value.strip())


def _fernet_key(value: str) -> None:
    try:
        decoded = base64.urlsafe_b64decode(value)
    except (binascii.Error, ValueError):
        decoded = b""
    if len(decoded) != 32:
        raise ValidationError("one of them is not a Fernet key")


def _database_url(value: str) -> None:
    try:
        found = dj_database_url.parse(value)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        found = {}
    if found.get("ENGINE") not in _ENGINES or not found.get("NAME"):
        raise ValidationError("no address of a database that can be used")
    if found["ENGINE"] == _POSTGRESQL:
        options = found.get("OPTIONS", {})
        try:
            make_conninfo(**{name: options[name] for name in options if name not in _OF_DJANGO})
        except psycopg.Error:
            raise ValidationError("it has an option that PostgreSQL does not know") from None


def _web_address(value: str) -> None:
    _base_address(value)
    if urlsplit(value).path.strip("/"):
        raise ValidationError("an address has nothing but a host, and a port at most, in it")


def _base_address(value: str) -> None:
    try:
        parts = urlsplit(value)
        port = parts.port  # one that is out of range is found when it is asked for
    except ValueError:
        raise ValidationError("not an address") from None
    if port == 0:
        raise ValidationError("not an address")
    schemes = ("https", "http") if parts.hostname in _LOOPBACK else ("https",)
    if not parts.hostname or parts.scheme not in schemes:
        raise ValidationError("not an https:// address")
    if parts.hostname not in _LOOPBACK:
        _host(parts.hostname)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValidationError("an address has nothing but a host, a port and a path in it")


def _host(value: str) -> None:
    if not _HOST.fullmatch(value):
        raise ValidationError("not a host name")
