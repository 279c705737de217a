from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.domain import color, swatches
from stages.domain.color import Color


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("#abc", "AABBCC"),
        ("AABBCC", "AABBCC"),
        ("aabbcc", "AABBCC"),
        ("#aabbcc", "AABBCC"),
        (" #00c4fb ", "00C4FB"),
    ],
)
def test_a_colour_is_read_in_each_usual_spelling(text: str, digits: str) -> None:
    assert Color.parse(text).digits == digits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "red",
        "abc",
        "#abcd",
        "#aabbc",
        "##aabbcc",
        "#aabbccdd",
        "00C4FG",
        "0x00c4fb",
        "٠٠٠٠٠٠",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Color.parse(text)


@given(st.integers(0, 0xFFFFFF))
def test_text_on_any_colour_has_a_contrast_of_at_least_four_and_a_half(value: int) -> None:
    one = Color(f"{value:06X}")
    chosen = one.contrast_with_black if one.text == "black" else one.contrast_with_white
    assert chosen >= 4.5
    assert chosen == max(one.contrast_with_black, one.contrast_with_white)


@pytest.mark.parametrize(
    ("digits", "white", "black"),
    [("00C4FB", 2.04, 10.29), ("468EE5", 3.35, 6.26), ("000000", 21, 1), ("FFFFFF", 1, 21)],
)
def test_contrast_is_that_of_the_accessibility_guidelines(
    digits: str, white: float, black: float
) -> None:
    assert Color(digits).contrast_with_white == pytest.approx(white, abs=0.005)
    assert Color(digits).contrast_with_black == pytest.approx(black, abs=0.005)


def test_a_new_stage_gets_the_next_of_the_defaults() -> None:
    assert color.next_default(()) == color.DEFAULTS[0]
    assert color.next_default(color.DEFAULTS[:3]) == color.DEFAULTS[3]


def test_a_new_stage_gets_a_colour_the_board_does_not_have_while_there_is_one() -> None:
    used = (color.DEFAULTS[3], *color.DEFAULTS[:2])
    assert color.next_default(used) == color.DEFAULTS[4]
    assert color.next_default(color.DEFAULTS) == color.DEFAULTS[0]


@pytest.mark.parametrize(
    "one", [*color.DEFAULTS, *(swatch for row in swatches.ROWS for swatch in row)], ids=str
)
def test_text_on_every_swatch_of_the_portal_can_be_read(one: Color) -> None:
    chosen = one.contrast_with_black if one.text == "black" else one.contrast_with_white
    assert chosen >= 4.5


def test_the_portal_offers_seven_rows_of_sixteen_swatches() -> None:
    assert [len(row) for row in swatches.ROWS] == [16] * 7
