"""What axe finds on a page, and whether it fits its window."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Only colours differ in the dark.
_RULES: dict[Literal["light", "dark"], dict[str, list[str]]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}


def check(page: Page, *widths: int) -> None:
    """Let axe look at a page as it is now, at these widths or as wide as it is, light and dark."""
    for width in widths or (None,):
        if width:
            page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in _RULES.items():
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=rules)
            assert found.violations_count == 0, found.generate_report()
        fits(page)


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways but what scrolls by itself."""
    assert page.locator("html").evaluate("html => html.scrollWidth <= innerWidth")
