"""Tokens of the API, made, listed and revoked at the command line."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from stages.models import ApiToken, Portal
from stages.services import api_access
from stages.services.refusals import Refusal
from tests.commands.calling import Call


def test_a_token_is_printed_once_and_stored_as_a_hash(call: Call) -> None:
    made = call("create_token", "admin", "--name", "nightly")
    assert (made.code, made.err, len(made.lines)) == (0, "", 1)
    secret = made.lines[0]
    assert api_access.identify(secret).user.username == "admin"
    stored = ApiToken.objects.get()
    assert (stored.name, stored.expires_at) == ("nightly", None)
    assert secret not in str(ApiToken.objects.values().get())
    assert secret not in call("tokens").out + call("history").out
    assert "Token created: name nightly." in call("history").out


def test_a_token_may_expire_and_act_as_administrator(call: Call) -> None:
    made = call("create_token", "admin", "--days", "30", "--may-act-as-admin", "--json").json
    listed = call("tokens", "--json").json
    assert [row["id"] for row in listed] == [made["id"]]
    assert listed[0]["expires_at"]
    assert listed[0]["may_act_as_admin"]


@pytest.mark.parametrize("by_number", [True, False])
def test_a_token_is_revoked_by_number_or_by_itself(call: Call, by_number: bool) -> None:
    made = call("create_token", "admin", "--json").json
    done = call("revoke_token", str(made["id"]) if by_number else made["token"])
    assert done.lines == ["The token “command line” is revoked."]
    with pytest.raises(Refusal):
        api_access.identify(made["token"])
    assert call("tokens", "--json").json == []
    assert call("revoke_token", str(made["id"])).code == 1
    assert "--portal" in call("revoke_token", str(made["id"]), "--portal", "elsewhere").error


def test_nobody_revokes_a_token_of_somebody_else(call: Call, settings: Settings) -> None:
    made = call("create_token", "admin", "--json").json
    User.objects.create_superuser("eve")
    settings.LOCAL = False
    assert call("revoke_token", str(made["id"]), "--user", "eve").code == 1
    assert api_access.identify(made["token"])


def test_tokens_are_listed_of_a_portal_that_one_has(call: Call) -> None:
    call("boards")
    assert call("tokens", "--json", "--portal", Portal.objects.get().slug).json == []
    refused = call("tokens", "--json", "--portal", "nowhere")
    assert (refused.out, refused.code) == ("", 1)
    assert refused.error == call("boards", "--portal", "nowhere").error


def test_who_does_not_exist_gets_no_token(call: Call) -> None:
    assert call("create_token", "nobody").code == 1
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("arguments", [("--days", "0"), ("--days", "x"), ("--name", " ")])
def test_wrong_usage_makes_no_token(call: Call, arguments: tuple[str, ...]) -> None:
    refused = call("create_token", "admin", *arguments)
    assert refused.error
    assert refused.out == ""
    assert not ApiToken.objects.exists()
