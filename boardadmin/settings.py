"""Django's settings, from the environment (see README for the variables)."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from boardadmin import environment, local_keys
from sandbox import app_defaults
from stages.bitrix24.auth import WebhookAuth
from stages.bitrix24.oauth import App

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

try:
    ENVIRONMENT = environment.read()
except environment.InvalidEnvironment as mistakes:
    sys.exit(str(mistakes))

# The installation
LOCAL = ENVIRONMENT.local
PORT = ENVIRONMENT.port
SANDBOX_PORT = ENVIRONMENT.sandbox_port
DEBUG = ENVIRONMENT.debug
SECRET_KEY = local_keys.secret_key(VAR_DIR) if LOCAL else ENVIRONMENT.secret_key
FIELD_ENCRYPTION_KEYS = (
    [local_keys.encryption_key(VAR_DIR)] if LOCAL else ENVIRONMENT.field_encryption_keys
)
PUBLIC_URL = f"http://127.0.0.1:{PORT}" if LOCAL else ENVIRONMENT.public_url.rstrip("/")
_PUBLIC = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if LOCAL else [_PUBLIC.hostname]

# The portal. Without a webhook of its own, a local installation uses the sandbox.
USES_SANDBOX = ENVIRONMENT.uses_sandbox
SANDBOX_URL = f"http://localhost:{SANDBOX_PORT}/"
BITRIX24_WEBHOOK = (
    WebhookAuth.parse(f"{SANDBOX_URL}rest/1/sandbox-admin/")
    if USES_SANDBOX
    else ENVIRONMENT.webhook
)
BITRIX24_TIMEOUT = ENVIRONMENT.timeout
BITRIX24_DEADLINE = ENVIRONMENT.deadline
PORTAL_HOSTS = ENVIRONMENT.portal_hosts
TRUSTED_PROXY_HEADER = ENVIRONMENT.trusted_proxy_header
# The app, for people who sign in with Bitrix24; the sandbox has one of its own.
BITRIX24_APP = ENVIRONMENT.app
BITRIX24_OAUTH_URL = ENVIRONMENT.oauth_url
# The address of the one portal that may use the app; empty: any that has it installed.
BITRIX24_APP_PORTAL = ENVIRONMENT.app_portal
if USES_SANDBOX and BITRIX24_APP is None:
    BITRIX24_APP = App(app_defaults.CLIENT_ID, app_defaults.CLIENT_SECRET)
    BITRIX24_OAUTH_URL = app_defaults.oauth_url(SANDBOX_PORT)
    BITRIX24_APP_PORTAL = SANDBOX_URL.rstrip("/")

# The application
ROOT_URLCONF = "boardadmin.urls"
WSGI_APPLICATION = "boardadmin.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "stages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "stages.embed.policy.FramePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stages.embed.middleware.PortalFrame",
    "stages.middleware.PortalAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stages.middleware.SignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stages.middleware.PortalConnection",
    "stages.middleware.RefusalPages",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stages.context_processors.installation",
                "stages.embed.context.frame",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

# The database
DATABASES = {"default": ENVIRONMENT.database}
if ENVIRONMENT.database["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(mode=0o700, exist_ok=True)
    if ENVIRONMENT.database["NAME"] != ":memory:":
        ENVIRONMENT.database["NAME"] = str(BASE_DIR / ENVIRONMENT.database["NAME"])
    # Writers wait for each other instead of failing, and readers never wait for a writer.
    ENVIRONMENT.database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Pages in a browser
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_HTTPS = _PUBLIC.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if _HTTPS else 0
# Subdomains and browsers' lists are for the owner of the whole domain to decide. Plain HTTP ends at
# the proxy, since gunicorn listens on 127.0.0.1 only, and not every proxy says what it took off.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
CSRF_TRUSTED_ORIGINS = [] if LOCAL else [f"{_PUBLIC.scheme}://{_PUBLIC.netloc}"]
CSRF_FAILURE_VIEW = "stages.views.failures.csrf_failed"
# A cookie holds most messages; two titles of 255 characters need the session.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"
DEFAULT_EXCEPTION_REPORTER_FILTER = "boardadmin.debug_page.Redacted"

# Sign-in. Locally the one visitor needs none.
LOGIN_URL = LOGOUT_REDIRECT_URL = "login"
LOGIN_REDIRECT_URL = "boards"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Five wrong passwords for one name from one address: nobody else is kept out by that.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "stages.views.failures.locked_out"
AXES_CLIENT_IP_CALLABLE = "stages.http.visitor_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS: list[str] = []  # whose sign-in was throttled is for the log

# The REST API
REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["stages.api.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "stages.api.parsing.OnlyJSON",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "stages.api.errors.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Board Admin",
    "DESCRIPTION": "Boards and stages of Bitrix24 for programs. docs/api.md is a tour of it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "ENUM_NAME_OVERRIDES": {"Kind": ["group", "my_planner"]},
}

# Static files: hashed names, compressed once, served by the application itself
STATIC_URL = "/static/"  # the same for all portals, whatever their addresses begin with
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Language and time
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Logs
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "stages.bitrix24.redact.RedactingFilter"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["redact"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
    },
}
