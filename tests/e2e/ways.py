"""The five ways in which people make an edit; each makes the same five edits."""

from __future__ import annotations

from typing import Any, ClassVar

from playwright.sync_api import Locator, Page, expect

from tests.e2e import board_page
from tests.e2e.finger import PHONE, Finger


class Menu:
    """A mouse that only clicks."""

    context: ClassVar[dict[str, Any]] = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, title: str, entry: str) -> None:
        self.press(board_page.actions(self.page, title))
        self.press(self.page.get_by_role("menuitem", name=entry, exact=True))

    def type(self, title: str) -> None:
        self.page.get_by_label("Stage title").fill(title)
        self.page.keyboard.press("Enter")

    def move(self, title: str, after: str) -> None:
        self.choose(title, "Move to position…")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("After which stage").select_option(f"After {after}")
        self.press(dialog.get_by_role("button", name="Move"))

    def rename(self, title: str, new: str) -> None:
        self.choose(title, "Rename")
        self.type(new)

    def recolour(self, title: str, color: str) -> None:
        self.choose(title, "Change colour")
        self.press(self.page.get_by_role("gridcell", name=f"#{color}"))

    def add(self, title: str, after: str) -> None:
        self.choose(after, "Add stage after")
        self.type(title)

    def delete(self, title: str) -> None:
        self.choose(title, "Delete")
        self.press(self.page.get_by_role("dialog").get_by_role("button", name="and delete"))

    def finish(self) -> None:
        board_page.idle(self.page)


class Mouse(Menu):
    """A mouse that drags, clicks twice, and finds the plus between two stages."""

    def move(self, title: str, after: str) -> None:
        board_page.drag(self.page, title, after)

    def rename(self, title: str, new: str) -> None:
        board_page.stage(self.page, title).locator(".name").dblclick()
        self.type(new)

    def add(self, title: str, after: str) -> None:
        board_page.stage(self.page, after).hover()
        self.press(self.page.get_by_role("button", name=f"Insert after {after}"))
        self.type(title)


class Touch(Menu):
    """A finger on a phone, which drags by the handle."""

    context = PHONE

    def press(self, control: Locator) -> None:
        control.tap()

    def move(self, title: str, after: str) -> None:
        start, end = (board_page.handle(self.page, one) for one in (title, after))
        Finger(self.page).drag(start, end, hold=350)


class Keyboard(Menu):
    """No pointer at all."""

    def keys(self, *presses: str) -> None:
        for press in presses:
            self.page.keyboard.press(press)

    def press(self, control: Locator) -> None:
        for _ in range(20):
            if control.evaluate("control => control === document.activeElement"):
                return self.page.keyboard.press("Enter")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{control} cannot be reached with Tab")

    def walk(self, key: str, name: str) -> None:
        """Press an arrow until what is called so has the focus."""
        for _ in range(30):
            if board_page.focused(self.page) == name:
                return
            self.keys(key)
        raise AssertionError(f"{key} leads to {board_page.focused(self.page)}, not to {name}")

    def choose(self, title: str, entry: str) -> None:
        board_page.handle(self.page, title).focus()
        self.keys("Tab", "Enter")
        self.walk("ArrowDown", entry)
        self.keys("Enter")

    def move(self, title: str, after: str) -> None:
        titles = board_page.titles(self.page)
        board_page.handle(self.page, title).focus()
        steps = titles.index(after) - titles.index(title)
        self.keys("Space", *["ArrowRight"] * steps, "Space")

    def rename(self, title: str, new: str) -> None:
        board_page.handle(self.page, title).focus()
        self.keys("F2")
        self.page.keyboard.type(new)
        self.keys("Enter")

    def recolour(self, title: str, color: str) -> None:
        self.choose(title, "Change colour")
        self.keys("Home")
        self.walk("ArrowRight", f"#{color}")
        self.keys("Enter")

    def delete(self, title: str) -> None:
        self.choose(title, "Delete")
        button = self.page.get_by_role("dialog").get_by_role("button", name="and delete")
        button.wait_for()
        self.press(button)


class Plain(Menu):
    """JavaScript is off."""

    context: ClassVar[dict[str, Any]] = {"java_script_enabled": False}

    def _save(self, title: str, field: str, value: str) -> None:
        board_page.actions(self.page, title).click()
        self.page.get_by_label(field).fill(value)
        self.page.get_by_role("button", name="Save").click()

    def move(self, title: str, after: str) -> None:
        board_page.handle(self.page, title).click()
        places = self.page.get_by_label("Position")
        expect(places).to_be_visible()
        label = next(one for one in places.locator("option").all_text_contents() if after in one)
        places.select_option(label=label)
        self.page.get_by_role("button", name="Save").click()

    def rename(self, title: str, new: str) -> None:
        self._save(title, "Stage title", new)

    def recolour(self, title: str, color: str) -> None:
        self._save(title, "Colour", f"#{color.lower()}")

    def add(self, title: str, after: str) -> None:
        self.page.get_by_role("button", name=f"Insert after {after}").focus()
        self.page.keyboard.press("Enter")
        self.page.get_by_label("Stage title").fill(title)
        self.page.get_by_role("button", name="Add stage").click()

    def delete(self, title: str) -> None:
        board_page.actions(self.page, title).click()
        self.page.get_by_role("link", name="Delete…").click()
        self.page.get_by_role("button", name="and delete").click()

    def finish(self) -> None:
        expect(self.page.locator("#news")).not_to_be_empty()


ALL = (Mouse, Touch, Keyboard, Menu, Plain)
