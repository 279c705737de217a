"""Every edit in every way on both kinds of board: the portal then has what the page shows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from sandbox.server import Sandbox
from tests import portal
from tests.e2e import board_page, ways

GREEN = "1EAE43"

pytestmark = [
    pytest.mark.parametrize("way", ways.ALL, ids=lambda way: way.__name__.lower()),
    pytest.mark.parametrize(
        "board", [board_page.GROUP, board_page.PLANNER], ids=["group", "planner"]
    ),
]


@pytest.fixture(scope="module")
def site(unhurried: str) -> str:
    return unhurried


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], way: type[ways.Menu]) -> Any:
    return {**browser_context_args, **way.context}


@pytest.fixture
def hand(page: Page, sandbox: Sandbox, way: type[ways.Menu], board: tuple[str, str]) -> ways.Menu:
    """A person who has opened the board."""
    assert portal.ids(sandbox, board[1])
    page.goto(board[0])
    return way(page)


@pytest.fixture
def before(sandbox: Sandbox, board: tuple[str, str]) -> list[tuple[str, str]]:
    return _looks(sandbox, board)


def _looks(sandbox: Sandbox, board: tuple[str, str]) -> list[tuple[str, str]]:
    return [(stage.title, stage.color) for stage in sandbox.portal.board(board[1])]


def _came_out(
    hand: ways.Menu, sandbox: Sandbox, board: tuple[str, str], wanted: list[tuple[str, str]]
) -> None:
    hand.finish()
    assert _looks(sandbox, board) == wanted
    assert board_page.as_shown(hand.page) == portal.as_stored(sandbox, board[1])


Looks = list[tuple[str, str]]
Board = tuple[str, str]


def test_move(hand: ways.Menu, sandbox: Sandbox, board: Board, before: Looks) -> None:
    one, two, three, *rest = before
    hand.move(one[0], three[0])
    _came_out(hand, sandbox, board, [two, three, one, *rest])
    assert len(portal.writes(sandbox)) == 1


def test_rename(hand: ways.Menu, sandbox: Sandbox, board: Board, before: Looks) -> None:
    one, (title, color), *rest = before
    hand.rename(title, "Triage & QA 🚀")
    _came_out(hand, sandbox, board, [one, ("Triage & QA 🚀", color), *rest])


def test_recolour(hand: ways.Menu, sandbox: Sandbox, board: Board, before: Looks) -> None:
    one, (title, _), *rest = before
    hand.recolour(title, GREEN)
    _came_out(hand, sandbox, board, [one, (title, GREEN), *rest])


def test_add(hand: ways.Menu, sandbox: Sandbox, board: Board, before: Looks) -> None:
    one, *rest = before
    hand.add("Triage", one[0])
    hand.finish()
    added = _looks(sandbox, board)[1]
    assert added[0] == "Triage"
    _came_out(hand, sandbox, board, [one, added, *rest])


def test_delete(hand: ways.Menu, sandbox: Sandbox, board: Board, before: Looks) -> None:
    one, two, three, *rest = before
    hand.delete(three[0])
    _came_out(hand, sandbox, board, [one, two, *rest])
