"""The page about the API, in a browser that minds its policy."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_the_page_about_the_api_works_without_a_violation(page: Page) -> None:
    page.goto("/api/docs/")
    page.get_by_role("link", name="PATCH Rename, recolour or move a stage").click()
    call = page.get_by_role("region", name="Rename, recolour or move a stage")
    expect(call).to_be_in_viewport()
    call.get_by_text("Errors", exact=True).click()
    expect(call.get_by_role("heading", name="412 BOARD_CHANGED")).to_be_visible()
    # The fixture `no_complaints` has listened for what the policy forbids.
