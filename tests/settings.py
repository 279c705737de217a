"""The settings of the tests: the product's own, with files served as they are."""

import copy

from boardadmin.settings import *  # noqa: F403 -- all of them are the tests'
from boardadmin.settings import BASE_DIR as _BASE_DIR
from boardadmin.settings import DATABASES as _DATABASES
from boardadmin.settings import LOGGING as _LOGGING
from boardadmin.settings import STORAGES as _STORAGES

# Hashed names need `collectstatic` first; the test of a fresh clone has them.
STORAGES = _STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True

# What the product logs, as it logs it, with an eye on secrets in clear.
LOGGING = copy.deepcopy(_LOGGING)
LOGGING["handlers"]["console"]["class"] = "tests.secrets_in_clear.Console"

# What makes passwords hard to guess would make tests wait.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, since threads cannot share a database in memory without failing on each other's locks.
if _DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _DATABASES["default"]["TEST"] = {"NAME": str(_BASE_DIR / "var" / "test.sqlite3")}
