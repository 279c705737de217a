from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import User

from tests.commands.calling import Called, call

pytestmark = pytest.mark.django_db


def create(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str) -> Called:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return call("create_user", *arguments)


def test_somebody_is_let_in_without_any_powers(monkeypatch: pytest.MonkeyPatch) -> None:
    done = create(monkeypatch, "bob", "--full-name", "Bob Berg", password="correct horse battery")
    assert (done.out, done.code) == ("bob can sign in.\n", 0)
    bob = User.objects.get()
    assert bob.check_password("correct horse battery")
    assert (bob.get_full_name(), bob.is_superuser, bob.is_staff) == ("Bob Berg", False, False)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("bob", "", "No password came"),
        ("bob", "short", "too short"),
        ("bob", "password1234", "too common"),
        ("bob/", "correct horse battery", "valid username"),
        ("taken", "correct horse battery", "already exists"),
    ],
)
def test_what_would_not_do_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, password: str, said: str
) -> None:
    User.objects.create_user("taken")
    done = create(monkeypatch, name, password=password)
    assert said in done.error
    assert done.code == 1
    assert [user.username for user in User.objects.all()] == ["taken"]
