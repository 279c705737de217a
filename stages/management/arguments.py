"""Arguments that several commands take; a wrong one ends the command with the code 2."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from stages.domain import title as titles
from stages.domain.board import BoardRef
from stages.domain.color import Color

STAGE_HELP = "a stage: its number, or its title where only one is called so"
CHANGE_HELP = "its number, as `history` has it"
COLOR_HELP = "six hex digits, such as 00C4FB"

_START, _END = 0, None


def board(parser: ArgumentParser, *, optional: bool = False) -> None:
    parser.add_argument(
        "board",
        metavar="BOARD",
        type=_board,
        help="group-<ID> or my-planner",
        nargs="?" if optional else None,
    )


def stage(parser: ArgumentParser) -> None:
    parser.add_argument("stage", metavar="STAGE", type=named_stage, help=STAGE_HELP)


def place(parser: ArgumentParser, *, required: bool) -> None:
    """Take `--after STAGE`, `--first` or `--last`: an anchor as `drafts` have it."""
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--after", metavar="STAGE", type=named_stage, help=STAGE_HELP)
    group.add_argument(
        "--first", dest="after", action="store_const", const=_START, help="to the start"
    )
    told = "to the end" if required else "to the end, as without any of these"
    group.add_argument("--last", dest="after", action="store_const", const=_END, help=told)


def as_admin(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as-admin", action="store_true", help="act as administrator of the portal, if you are one"
    )


def dry_run(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="print what would be sent to the portal, and send nothing that changes it",
    )


def number(least: int, most: int) -> Callable[[str], int]:
    """Return what takes a whole number of that range."""

    def parsed(text: str) -> int:
        is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not is_number or not least <= int(text) <= most:
            raise ArgumentTypeError(f"it takes a number from {least} to {most}")
        return int(text)

    return parsed


def named_stage(text: str) -> int | str:
    """Return a stage's number, or else its title."""
    return int(text) if text.isascii() and text.isdecimal() else text


def change(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError(f"a change is {CHANGE_HELP}")
    return int(text)


def title(text: str) -> str:
    try:
        return titles.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def color(text: str) -> str:
    try:
        return Color.parse(text).digits
    except ValueError:
        raise ArgumentTypeError(f"a colour is {COLOR_HELP}") from None


def _board(text: str) -> BoardRef:
    try:
        return BoardRef.parse(text)
    except ValueError:
        raise ArgumentTypeError("a board is group-<ID> or my-planner") from None
