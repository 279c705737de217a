"""Which of the documented kinds of portal the sandbox plays."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

BUCKETS: dict[str, tuple[int, float]] = {"standard": (50, 2.0), "enterprise": (250, 5.0)}
LANGUAGES = ("en", "ru")
OPENING_FIELDS = (
    "AUTH_ID",
    "REFRESH_ID",
    "AUTH_EXPIRES",
    "SERVER_ENDPOINT",
    "APPLICATION_TOKEN",
    "APPLICATION_SCOPE",
    "member_id",
    "status",
    "PLACEMENT",
    "PLACEMENT_OPTIONS",
)

Switch = bool | str


@dataclass(slots=True)
class Switches:
    """The portal's variants; the defaults follow the server's source, in the cloud."""

    doc_variant: bool = False
    """An absent AFTER_ID counts as 0, as the documentation has it."""
    doc_statuses: bool = False
    """Errors carry the documented HTTP statuses where those differ."""
    rpa_module: bool = True
    """Without it every rpa.* method is unknown."""
    rpa_flat: bool = False
    """rpa.stage.get answers the documented flat form."""
    require_https: bool = False
    """Webhooks over plain HTTP are refused."""
    operating_time: bool = True
    """Answers tell the operating time, as in the cloud."""
    old_refresh_token: bool = False
    """A refresh token goes on working after it has been used."""
    token_scope_app: bool = False
    """The authorization server answers the scope `app`, as some live ones do."""
    handler_hosts: bool = False
    """Placement handlers on hosts without a dot are refused, as in the cloud."""
    omit: str = "none"
    """Fields left out of the form that opens an application, by comma."""
    bucket: str = "standard"
    """standard, enterprise, off, or SIZE/RATE such as 10/1."""
    language: str = "en"
    """The language of module errors."""

    def set(self, **values: Switch) -> None:
        """Change the named switches; refuse unknown names and values."""
        checked = {name: _checked(name, value) for name, value in values.items()}
        for name, value in checked.items():
            setattr(self, name, value)

    def as_dict(self) -> dict[str, Switch]:
        """Return every switch by name."""
        return dataclasses.asdict(self)

    @property
    def bucket_numbers(self) -> tuple[int, float] | None:
        """Return size and drain per second, or None when requests are not limited."""
        return None if self.bucket == "off" else parse_bucket(self.bucket)

    @property
    def omitted_fields(self) -> tuple[str, ...]:
        """Return the fields that are left out of the opening form."""
        return () if self.omit == "none" else tuple(self.omit.split(","))


def parse_bucket(text: str) -> tuple[int, float]:
    """Return the numbers of a named bucket or of SIZE/RATE."""
    if text in BUCKETS:
        return BUCKETS[text]
    size, _, rate = text.partition("/")
    return int(size), float(rate)


def _checked(name: str, value: Switch) -> Switch:
    defaults = Switches().as_dict()
    if name not in defaults:
        raise ValueError(f"Unknown switch {name!r}, known: {', '.join(sorted(defaults))}")
    if type(value) is not type(defaults[name]):
        raise ValueError(f"{name} takes {type(defaults[name]).__name__}")
    if name == "language" and value not in LANGUAGES:
        raise ValueError("language takes en or ru")
    if name == "omit" and not {"none", *OPENING_FIELDS}.issuperset(str(value).split(",")):
        raise ValueError(f"omit takes none, or any of {', '.join(OPENING_FIELDS)}")
    if name == "bucket" and value != "off":
        try:
            parse_bucket(str(value))
        except ValueError as error:
            raise ValueError("bucket takes standard, enterprise, off or SIZE/RATE") from error
    return value
