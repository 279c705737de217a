"""The settings of the tests: the product's own, with files served as they are."""

from boardadmin.settings import *  # noqa: F403
from boardadmin.settings import STORAGES as _STORAGES

# Hashed names need `collectstatic` first; the test of a fresh clone has them.
STORAGES = _STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
