"""The page of the API's tokens."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from stages.models import ApiToken
from stages.services import api_access
from tests.web.test_board_pages import text

PAGE = "/portals/tokens/"


def make(client: Client, **fields: str) -> str:
    """Make a token by the form and return what the page shows."""
    portal = re.search(r'<option value="([^"]+)"', text(client.get(PAGE)))
    assert portal
    return text(client.post(PAGE, {"name": "nightly", "portal": portal[1], "days": "30", **fields}))


def test_a_token_is_shown_once_and_works(lead: Client) -> None:
    shown = re.search(r"<code>(ba_[\w-]+)</code>", make(lead))
    assert shown
    assert api_access.identify(shown[1]).token == ApiToken.objects.get()
    page = text(lead.get(PAGE))
    assert shown[1] not in page
    assert "nightly" in page


def test_a_token_is_revoked(lead: Client) -> None:
    make(lead)
    token = ApiToken.objects.get()
    answer = lead.post(f"{PAGE}{token.pk}/revoke/", follow=True)
    assert "The token “nightly” is revoked." in text(answer)
    assert ApiToken.objects.get().revoked_at
    assert lead.get(f"{PAGE}{token.pk}/revoke/").status_code == 404


def test_a_token_is_revoked_after_a_question_only(lead: Client) -> None:
    make(lead)
    token = ApiToken.objects.get()
    asked = lead.get(f"{PAGE}{token.pk}/revoke/")
    assert "Revoke “nightly”?" in text(asked)
    assert ApiToken.objects.get().revoked_at is None


def test_reloading_the_page_of_a_new_token_makes_no_other(lead: Client) -> None:
    form = text(lead.get(PAGE))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"name": "nightly"}
    portal = re.search(r'<option value="([^"]+)"', form)
    assert portal
    fields |= {"portal": portal[1], "days": "30"}
    assert lead.post(PAGE, fields).status_code == 200
    again = lead.post(PAGE, fields)
    assert again.status_code == 409
    assert "This form was sent already." in text(again)
    assert ApiToken.objects.count() == 1


def test_a_token_needs_a_name_and_a_portal_of_ones_own(lead: Client) -> None:
    assert "required" in make(lead, name="")
    assert "not one of the available choices" in make(lead, portal="elsewhere")
    assert not ApiToken.objects.exists()


def test_nobody_sees_or_revokes_a_token_of_somebody_else(lead: Client, settings: Settings) -> None:
    make(lead)
    token = ApiToken.objects.get()
    settings.LOCAL = False
    lead.force_login(User.objects.create_user("charlie"))
    assert "nightly" not in text(lead.get(PAGE))
    assert lead.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None
