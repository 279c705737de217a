"""The board as a person uses it, with mouse, keys and menu."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import installation

GROUP = ("/boards/group-10/", "group-10")
PLANNER = ("/boards/my-planner/", "planner-2")


@contextmanager
def unhurried(folder: Path, webhook: str, **environment: str) -> Iterator[str]:
    """An installation that sends as many requests as it is asked to."""
    configuration = "--config python:tests.e2e.unhurried"
    with installation.local(folder, webhook, gunicorn=configuration, **environment) as address:
        yield address


def stages(page: Page) -> Locator:
    return page.get_by_role("list", name="Stages").get_by_role("listitem")


def stage(page: Page, title: str) -> Locator:
    return stages(page).filter(has=page.get_by_text(title, exact=True))


def handle(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=f"Move {title}", exact=True)


def actions(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=f"Actions for {title}", exact=True)


def order(page: Page) -> list[int]:
    return [
        int(stage.get_attribute("data-stage-id") or 0)
        for stage in stages(page).all()
        if stage.get_attribute("data-stage-id")
    ]


def titles(page: Page) -> list[str]:
    return stages(page).locator(".name").all_text_contents()


def as_shown(page: Page) -> list[tuple[int, str, str]]:
    rows: list[list[str]] = stages(page).evaluate_all(
        """items => items.map(item => [
            item.dataset.stageId,
            item.querySelector(".name").textContent,
            item.querySelector("rect").getAttribute("fill"),
        ])"""
    )
    return [(int(key), title, color.removeprefix("#")) for key, title, color in rows]


def shows_the_portal(page: Page, sandbox: Sandbox, key: str) -> None:
    """Wait until nothing is under way; the page then has to show what the portal has."""
    idle(page)
    assert as_shown(page) == portal.as_stored(sandbox, key)


def idle(page: Page) -> None:
    expect(page.locator("save-state:not([busy])")).to_be_visible(timeout=120_000)


def choose(page: Page, title: str, entry: str) -> None:
    """Open a stage's menu and choose an entry."""
    page.wait_for_load_state()  # the scripts have taken over
    actions(page, title).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def focused(page: Page) -> str:
    """The name of the control that has the focus."""
    name: str = page.evaluate(
        "document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"
    )
    return name


def drag(page: Page, title: str, onto: str, *, drop: bool = True, by: str = "handle") -> None:
    """Drag a stage by its handle or its title onto the far half of another, as a hand does."""
    page.wait_for_load_state()  # the scripts have taken over
    held = handle(page, title) if by == "handle" else stage(page, title).locator(".name")
    held.hover()  # waits until nothing moves under the pointer
    start = _centre(held)
    box = _box(handle(page, onto).locator("xpath=ancestor::li"))
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
    box = _box(control)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _box(control: Locator) -> FloatRect:
    # An answer may put another one in its place at this very moment.
    box = control.bounding_box() or control.bounding_box()
    assert box
    return box
