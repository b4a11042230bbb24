"""Where a printed line may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.wrapping import wrap


def measure(text: str) -> float:
    """Wide characters count double, as on a terminal."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("青山风景区门票", 6, ["青山风", "景区门", "票"]),
        ("到达，检票", 4, ["到", "达，", "检票"]),
        ("（成人）", 4, ["（成", "人）"]),
        ("어른 입장권 한장", 8, ["어른", "입장권", "한장"]),
        ("Elisabethstadt", 5, ["Elisa", "beths", "tadt"]),
        ("票 A1", 10, ["票 A1"]),
    ],
)
def test_breaks(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, measure) == lines


@given(st.text(st.sampled_from("ab ，。（）票务 한글"), max_size=60), st.integers(4, 20))
def test_nothing_is_lost_and_nothing_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= width for line in lines)
