"""What Django's debug page leaves out."""

from __future__ import annotations

import re
from typing import Any

from django.views.debug import SafeExceptionReporterFilter

from stages.bitrix24.redact import redact


class Redacted(SafeExceptionReporterFilter):
    """Hides our own secrets beside the usual ones, also inside other values."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern
        + "|WEBHOOK|DATABASE_URL|FIELD_ENCRYPTION",
        re.IGNORECASE,
    )

    def cleanse_setting(self, key: Any, value: Any) -> Any:
        cleansed = super().cleanse_setting(key, value)
        return redact(str(cleansed)) if isinstance(cleansed, str) else cleansed
