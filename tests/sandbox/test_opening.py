"""The form that opens an application (checks 28 and 29)."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.server import Sandbox
from tests.sandbox.oauth import ADA, LENA, app_info


def test_28_the_form_carries_all_documented_fields(portal: Sandbox) -> None:
    portal.installation.finished = True
    form = portal.open_app(LENA, "SONET_GROUP_DETAIL_TAB", options={"GROUP_ID": "10"})
    query = {name: values[0] for name, values in parse_qs(urlsplit(form.url).query).items()}
    assert form.url.startswith(portal.app.handler_url)
    assert (query["DOMAIN"], query["PROTOCOL"], query["LANG"]) == (portal.domain, "0", "en")
    assert form.frame_name == f"{portal.domain}|0|{query['APP_SID']}"
    assert len(query["APP_SID"]) == 32
    assert app_info(portal, form.fields["AUTH_ID"]).result["user_id"] == LENA
    assert form.fields["SERVER_ENDPOINT"] == f"{portal.oauth_url}/rest/"
    assert form.fields["APPLICATION_TOKEN"] == portal.installation.token
    assert form.fields["member_id"] == portal.member_id
    assert form.fields["AUTH_EXPIRES"] == "3600"
    assert form.fields["PLACEMENT"] == "SONET_GROUP_DETAIL_TAB"
    assert json.loads(form.fields["PLACEMENT_OPTIONS"]) == {"GROUP_ID": "10"}


def test_28_fields_may_be_left_out(portal: Sandbox) -> None:
    portal.switches.set(omit="APPLICATION_TOKEN,APPLICATION_SCOPE,PLACEMENT_OPTIONS,AUTH_ID")
    fields = portal.open_app(LENA, options={"URI": "/"}).fields
    assert not {"APPLICATION_TOKEN", "APPLICATION_SCOPE", "PLACEMENT_OPTIONS"} & set(fields)
    assert fields["AUTH_ID"] == ""
    with pytest.raises(ValueError, match="omit takes"):
        portal.switches.set(omit="EVERYTHING")


def test_until_installed_the_form_goes_to_the_install_page(portal: Sandbox) -> None:
    assert portal.open_app(ADA).url.startswith(portal.app.install_url)
    portal.apps.finish(portal.installation, ADA)
    assert portal.open_app(ADA).url.startswith(f"{portal.app.handler_url}?DOMAIN=")


def test_somebody_without_access_gets_no_token(portal: Sandbox) -> None:
    portal.installation.without_access.add(LENA)
    assert portal.open_app(LENA).fields["AUTH_ID"] == ""


def test_29_forms_of_another_application_and_portal_are_to_be_had(portal: Sandbox) -> None:
    other_app = portal.apps.add(replace(portal.app, client_id="local.11111111111111.11111111"))
    form = portal.apps.open(other_app, LENA)
    assert app_info(portal, form.fields["AUTH_ID"]).result["client_id"] == other_app.app.client_id
    with Sandbox(authority=portal.authority) as neighbour:
        form = neighbour.open_app(LENA)
        told = app_info(portal, form.fields["AUTH_ID"]).result["install"]
        assert told["member_id"] == form.fields["member_id"] != portal.member_id
        assert told["domain"] == neighbour.domain != portal.domain
