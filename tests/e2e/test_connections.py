"""Connecting a portal in a browser: by a webhook, and by signing in with Bitrix24."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import installation


@pytest.fixture(scope="module")
def sandbox_port() -> int:
    return installation.free_port()


@pytest.fixture(scope="module")
def site(sandbox_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation as `make run` starts it, with a sandbox and its app."""
    folder: Path = tmp_path_factory.mktemp("installation")
    database = f"DATABASE_URL=sqlite:///{folder}/db.sqlite3"
    command = ["env", "-u", "BITRIX24_WEBHOOK_URL", database, sys.executable, "manage.py", "local"]
    assert "BITRIX24_CLIENT_ID" not in os.environ
    with installation.running(command, SANDBOX_PORT=str(sandbox_port)) as address:
        yield address


def test_a_webhook_is_connected_tested_and_disconnected(page: Page, sandbox_port: int) -> None:
    host = f"localhost:{sandbox_port}"
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Connections").click()
    field = page.get_by_label("Address of the webhook")
    field.fill(f"http://{host}/rest/2/nobody/")
    page.get_by_role("button", name="Test and connect").click()
    expect(page.get_by_role("alert")).to_contain_text("does not know this webhook")
    expect(field).to_have_value("")
    field.fill(f"http://{host}/rest/2/sandbox-lead/")
    page.get_by_role("button", name="Test and connect").click()
    expect(page.get_by_role("status")).to_contain_text(f"Connected to {host}, as Lena Lead.")
    connection = page.get_by_role("region", name=host)
    expect(connection).to_contain_text("Lena Lead")
    connection.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_role("status")).to_contain_text("works, as Lena Lead.")
    connection.get_by_role("combobox").select_option("enterprise")
    connection.get_by_role("button", name="Set the plan").click()
    expect(connection.get_by_role("combobox")).to_have_value("enterprise")
    connection.get_by_role("link", name=host, exact=True).click()
    page.get_by_role("link", name="Website relaunch").first.click()
    expect(page.get_by_role("list", name="Stages").get_by_role("listitem")).to_have_count(5)
    page.goto("/portals/")
    connection.get_by_role("link", name="Disconnect").click()
    page.get_by_role("button", name="Disconnect", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(f"Disconnected from {host}.")
    # The installation's own webhook is left.
    expect(connection).to_contain_text("webhook of the installation")


def test_a_person_signs_in_with_bitrix24(page: Page, sandbox_port: int) -> None:
    host = f"localhost:{sandbox_port}"
    page.goto("/portals/")
    page.get_by_role("button", name="Sign in with Bitrix24").click()
    page.wait_for_url(f"http://{host}/oauth/authorize/**")
    expect(page.get_by_role("heading")).to_have_text("Board Admin asks for access")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url("**/portals/")
    expect(page.get_by_role("status")).to_contain_text(f"Connected to {host}, as Ada Admin.")
    connection = page.get_by_role("region", name=host)
    expect(connection).to_contain_text("sign-in with Bitrix24")
    expect(connection).to_contain_text("administrator of the portal")
    page.goto("/boards/group-10/")
    expect(page.get_by_role("list", name="Stages").get_by_role("listitem")).to_have_count(5)
    page.goto("/history/")
    expect(page.get_by_role("main")).to_contain_text("Connected: by app, as Ada Admin.")
