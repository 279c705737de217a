"""The environment variables: what they take, and what a start says of mistakes in them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from boardadmin import environment
from tests.commands import clone

FERNET_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
DEPLOYED = {
    "SECRET_KEY": "0123456789" * 5,
    "FIELD_ENCRYPTION_KEYS": FERNET_KEY,
    "PUBLIC_URL": "https://boards.example",
}

# "hush" is in everything that is to stay secret.
MISTAKEN = {
    "PORT": ["abc", "0", "65536", "80.5"],
    "SANDBOX_PORT": ["abc", "-1", "70000"],
    "DATABASE_URL": [
        "mysql://bob:hush@host/name",
        "nonsense",
        "postgres://bob:hush@[host/name",
        "postgres://bob:hush@host:port/name",
        "postgres://host/name?conn_max_age=hush",
        "sqlite:///",
        "sqlite://:memory:",
    ],
    "SECRET_KEY": ["hush", " " * 40],
    "FIELD_ENCRYPTION_KEYS": ["hush", f"{FERNET_KEY},hush", "hush" * 16],
    "PUBLIC_URL": [
        "boards.example",
        "http://boards.example",
        "ftp://boards.example",
        "https://",
        "https://[boards",
        "https://bob:hush@boards.example",
        "https://boards.example/?a=b",
        "https://boards.example:port",
        "https://boards.example:0",
        "https://*",
        "https://.boards.example",
        "https://boards example",
    ],
    "TRUSTED_PROXY_HEADER": ["X Real IP", "X-Real-IP:"],
    "DEBUG": ["maybe"],
    "BITRIX24_WEBHOOK_URL": [
        "http://portal.example/rest/1/hush/",
        "http://10.0.0.1/rest/1/hush/",
        "http://localhost.portal.example/rest/1/hush/",
        "https://portal.example/rest/1/hush/profile.json",
        "https://portal.example/rest/one/hush/",
        "https://portal.example/1/hush/",
        "https://portal.example/rest/1/hush/?a=b",
        "https://bob:hush@portal.example/rest/1/hush/",
        "https://[portal/rest/1/hush/",
        "hush",
    ],
    "BITRIX24_PORTAL_DOMAIN": ["https://portal.example", "my portal", "portal.example/", "a..b"],
    "BITRIX24_OAUTH_URL": ["oauth.example", "http://oauth.example", "https://[oauth"],
    "BITRIX24_TIMEOUT": ["0", "61", "soon", "nan", "inf"],
    "BITRIX24_DEADLINE": ["1", "61", "soon", "nan", "inf"],
    "PORTAL_HOSTS": ["portal.example,my portal", "https://portal.example"],
}
# Each of these is missed where only the other one is set.
MISSING = {
    "BITRIX24_CLIENT_ID": {"BITRIX24_CLIENT_SECRET": "hush"},
    "BITRIX24_CLIENT_SECRET": {"BITRIX24_CLIENT_ID": "local.1.2"},
    "FIELD_ENCRYPTION_KEYS": {**DEPLOYED, "FIELD_ENCRYPTION_KEYS": ""},
    "PUBLIC_URL": {**DEPLOYED, "PUBLIC_URL": ""},
}
TAKEN = {
    "PORT": ["1", "65535"],
    "DATABASE_URL": [
        "sqlite:///boards.sqlite3",
        "postgres://bob:secret@host:5432/boards?sslmode=require",
    ],
    "FIELD_ENCRYPTION_KEYS": [FERNET_KEY, f"{FERNET_KEY},{FERNET_KEY}"],
    "PUBLIC_URL": ["https://boards.example", "https://boards.example:8443/", "http://localhost"],
    "TRUSTED_PROXY_HEADER": ["X-Real-IP"],
    "DEBUG": ["on", "off", "1", "0", "true", "false"],
    "BITRIX24_WEBHOOK_URL": [
        "https://portal.example/rest/1/code/",
        "https://portal.example:8443/rest/1/code",
        "http://localhost:8001/rest/1/code/",
        "http://127.0.0.1:8001/rest/1/code/",
        "http://[::1]:8001/rest/1/code/",
    ],
    "BITRIX24_PORTAL_DOMAIN": ["portal.example"],
    "BITRIX24_OAUTH_URL": ["https://oauth.example", "http://localhost:8001"],
    "BITRIX24_TIMEOUT": ["1", "2.5", "60"],
    "BITRIX24_DEADLINE": ["2", "2.5", "60"],
    "PORTAL_HOSTS": ["portal.example", "portal.example,10.0.0.1"],
}


def each(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, some in values.items() for value in some]


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.TAKES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone.make(tmp_path_factory.mktemp("clone"))


@pytest.fixture
def fresh_project(tmp_path: Path) -> Path:
    return clone.make(tmp_path)


def mistakes() -> dict[str, str]:
    """Return what is said of each variable."""
    with pytest.raises(environment.InvalidEnvironment) as refusal:
        environment.read()
    return listed(str(refusal.value))


def listed(text: str) -> dict[str, str]:
    heading, *lines = text.splitlines()
    assert heading == "Board Admin cannot start with these settings:"
    pairs = [(name, said) for name, _, said in (line.strip().partition(": ") for line in lines)]
    assert len({name for name, _ in pairs}) == len(pairs), "a variable is listed twice"
    return dict(pairs)


def test_nothing_set_is_a_local_installation() -> None:
    read = environment.read()
    assert (read.local, read.port, read.sandbox_port) == (True, 8000, 8001)
    assert (read.webhook, read.timeout, read.debug) == (None, 10, False)


@pytest.mark.parametrize(("name", "value"), each(TAKEN))
def test_a_good_value_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    environment.read()


@pytest.mark.parametrize(("name", "value"), each(MISTAKEN))
def test_a_mistake_is_told_by_name_with_what_is_wrong_and_what_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for needed, good in DEPLOYED.items():
        monkeypatch.setenv(needed, good)
    monkeypatch.setenv(name, value)
    (mistaken, said), *more = mistakes().items()
    assert (mistaken, more) == (name, [])
    wrong, taken = said.split(". It takes ")
    assert wrong
    assert taken == f"{environment.TAKES[name]}."
    assert "hush" not in said


@pytest.mark.parametrize("url", ["http://localhost:8001/rest/1/hush/"])
def test_a_deployed_installation_calls_this_machine_only_where_it_is_named(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    for needed, good in {**DEPLOYED, "BITRIX24_WEBHOOK_URL": url}.items():
        monkeypatch.setenv(needed, good)
    assert "PORTAL_HOSTS does not name" in mistakes()["BITRIX24_WEBHOOK_URL"]
    monkeypatch.setenv("PORTAL_HOSTS", "LocalHost")
    assert environment.read().webhook


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_variable_is_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for present, value in MISSING[name].items():
        monkeypatch.setenv(present, value)
    said = mistakes()
    assert set(said) == {name}
    assert "missing" in said[name]


def test_a_start_lists_every_mistake_at_once_without_a_trace_or_a_secret(project: Path) -> None:
    wrong = {name: values[0] for name, values in MISTAKEN.items()}
    done = clone.run(project, "check", **wrong, BITRIX24_CLIENT_ID="local.1.2")
    assert done.returncode == 1
    assert set(listed(done.errors)) == set(environment.TAKES) - {"BITRIX24_CLIENT_ID"}
    assert "Traceback" not in done.errors
    assert "hush" not in done.errors
    assert done.output == ""


@pytest.mark.parametrize("command", ["local", "migrate", "runsandbox"])
def test_no_command_runs_with_a_mistake(project: Path, command: str) -> None:
    done = clone.run(project, command, PORT="abc")
    assert done.returncode == 1
    assert set(listed(done.errors)) == {"PORT"}


def test_the_environment_does_not_show_its_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**DEPLOYED, "DATABASE_URL": "postgres://bob:hush@host/name"}.items():
        monkeypatch.setenv(name, value)
    shown = f"{environment.read()!r} {environment.read()}"
    assert "hush" not in shown
    assert DEPLOYED["SECRET_KEY"] not in shown


@pytest.mark.parametrize("variables", [{}, {"DEBUG": "on"}, DEPLOYED], ids=str)
def test_the_checks_pass(project: Path, variables: dict[str, str]) -> None:
    done = clone.run(project, "check", "--fail-level", "WARNING", **variables)
    assert done.returncode == 0, done.errors


def test_the_checks_for_production_are_silent(project: Path) -> None:
    done = clone.run(project, "check", "--deploy", "--fail-level", "WARNING", **DEPLOYED)
    assert (done.returncode, done.errors) == (0, "")
    assert done.output.startswith("System check identified no issues")


def test_debugging_is_off_until_switched_on(project: Path) -> None:
    assert clone.settings(project, "DEBUG") == {"DEBUG": False}
    assert clone.settings(project, "DEBUG", DEBUG="on") == {"DEBUG": True}


def test_a_deployed_installation_goes_by_its_public_address(project: Path) -> None:
    names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "USES_SANDBOX")
    found = clone.settings(
        project, *names, **{**DEPLOYED, "PUBLIC_URL": "https://boards.example:8443/"}
    )
    assert found == {
        "ALLOWED_HOSTS": ["boards.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://boards.example:8443"],
        "SESSION_COOKIE_SECURE": True,
        "USES_SANDBOX": False,
    }


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (None, "var/db.sqlite3"),
        ("sqlite:///boards.sqlite3", "boards.sqlite3"),
        ("sqlite:///data/boards.sqlite3", "data/boards.sqlite3"),
    ],
)
def test_a_relative_path_of_sqlite_starts_at_the_project(
    project: Path, url: str | None, path: str
) -> None:
    variables = {} if url is None else {"DATABASE_URL": url}
    found = clone.settings(project, "DATABASES", **variables)["DATABASES"]["default"]["NAME"]
    assert found == str(project / path)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/boards.sqlite3", "/srv/boards.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_other_names_of_sqlite_stay_as_they_are(project: Path, url: str, name: str) -> None:
    found = clone.settings(project, "DATABASES", DATABASE_URL=url)["DATABASES"]["default"]["NAME"]
    assert found == name


def test_a_fresh_deployed_installation_can_make_its_default_database(fresh_project: Path) -> None:
    done = clone.run(fresh_project, "migrate", **DEPLOYED)
    assert done.returncode == 0, done.errors[-300:]
    assert (fresh_project / "var" / "db.sqlite3").is_file()
