"""The token that was just made, copied by a button."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect


def make(page: Page) -> Locator:
    """Make a token by the form and return the panel that shows it."""
    page.goto("/portals/tokens/")
    page.get_by_label("What it is for").fill("nightly")
    page.get_by_role("button", name="Make a token").click()
    return page.get_by_role("region", name="The token “nightly”")


def test_a_new_token_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = make(page)
    made.get_by_role("button", name="Copy").click()
    expect(made.get_by_role("status")).to_have_text("Copied")
    secret = made.locator("code").inner_text()
    assert secret.startswith("ba_")
    assert page.evaluate("navigator.clipboard.readText()") == secret


def test_where_the_browser_refuses_the_token_is_selected(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    made = make(page)
    made.get_by_role("button", name="Copy").click()
    expect(made.get_by_role("status")).to_contain_text("Selected")
    assert page.evaluate("String(getSelection())") == made.locator("code").inner_text()


def test_without_a_clipboard_there_is_no_button(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    made = make(page)
    expect(made.locator("code")).to_be_visible()
    expect(made.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_the_token_and_its_button_fit(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    expect(make(page).get_by_role("button", name="Copy")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, site: str) -> dict[str, object]:
        return {"base_url": site, "java_script_enabled": False}

    def test_the_token_is_there_and_no_button(self, page: Page) -> None:
        made = make(page)
        expect(made.locator("code")).to_contain_text("ba_")
        expect(made.get_by_role("button")).to_have_count(0)
