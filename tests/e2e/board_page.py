"""The board as a person with a mouse uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def stages(page: Page) -> Locator:
    return page.get_by_role("list", name="Stages").get_by_role("listitem")


def order(page: Page) -> list[int]:
    return [
        int(stage.get_attribute("data-stage-id") or 0)
        for stage in stages(page).all()
        if stage.get_attribute("data-stage-id")
    ]


def titles(page: Page) -> list[str]:
    return stages(page).locator(".name").all_text_contents()


def drag(page: Page, title: str, onto: str, *, drop: bool = True) -> None:
    """Drag a stage by its handle onto the far half of another, in steps, as a hand does."""
    handle = page.get_by_role("button", name=f"Move {title}", exact=True)
    start = _centre(handle)
    target = page.get_by_role("button", name=f"Move {onto}", exact=True)
    box = target.locator("xpath=ancestor::li").bounding_box()
    assert box
    forwards = start[0] < box["x"]
    end = box["x"] + box["width"] * (0.9 if forwards else 0.1), start[1]
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + (8 if forwards else -8), start[1], steps=2)
    page.mouse.move(*end, steps=25)
    if drop:
        page.mouse.up()


def settled(page: Page, news: str) -> None:
    """Wait until the page says so in its status region."""
    expect(page.locator("#news")).to_contain_text(news)


def _centre(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
