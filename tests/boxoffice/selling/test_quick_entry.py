"""One line of typing: what it asks for, or the one word that is wrong with it. Nothing typed ever raises."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.desk.quick_entry import (
    LONGEST_LINE,
    MOST_VISITORS,
    NotRead,
    QuickEntry,
    Slip,
    category_keys,
    read_line,
)

CATEGORIES = ("adult", "child", "senior", "student")
KEYS = category_keys(CATEGORIES)
PRODUCTS = ("entry", "boat", "boat-evening", "cable-car")


def read(line: str) -> QuickEntry | NotRead:
    return read_line(line, KEYS, PRODUCTS)


def test_each_category_has_a_letter_of_its_own() -> None:
    assert dict(KEYS) == {"a": "adult", "c": "child", "s": "senior", "t": "student"}


@given(st.lists(st.text(alphabet="abcxyz-_1", min_size=1), unique=True, max_size=26))
def test_letters_are_never_shared(ids: list[str]) -> None:
    keys = category_keys(ids)
    assert sorted(keys.values()) == sorted(ids)
    assert all(len(key) == 1 and key.isascii() and key.islower() for key in keys)


def test_more_categories_than_letters_are_refused() -> None:
    with pytest.raises(ValueError, match="letters"):
        category_keys([f"a{number}" for number in range(27)])


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("2a", QuickEntry((("adult", 2),))),
        ("2a1s", QuickEntry((("adult", 2), ("senior", 1)))),
        ("a", QuickEntry((("adult", 1),))),
        ("1S 2A", QuickEntry((("adult", 2), ("senior", 1)))),
        ("２ａ", QuickEntry((("adult", 2),))),
        ("a a2a", QuickEntry((("adult", 4),))),
        ("2a @930", QuickEntry((("adult", 2),), at=time(9, 30))),
        ("2a @9:30", QuickEntry((("adult", 2),), at=time(9, 30))),
        ("@14 2a", QuickEntry((("adult", 2),), at=time(14))),
        ("2a +1 .cable", QuickEntry((("adult", 2),), "cable-car", 1)),
        ("2a .boat", QuickEntry((("adult", 2),), "boat")),
        ("40c a", QuickEntry((("adult", 1), ("child", 40)))),
    ],
)
def test_lines_that_are_read(line: str, entry: QuickEntry) -> None:
    assert read(line) == entry


@pytest.mark.parametrize(
    ("line", "slip", "word"),
    [
        ("", Slip.EMPTY, ""),
        ("   ", Slip.EMPTY, ""),
        ("2x", Slip.UNKNOWN_CATEGORY, "x"),
        ("2a 17", Slip.NOT_UNDERSTOOD, "17"),
        ("2a !", Slip.NOT_UNDERSTOOD, "!"),
        ("2a -1", Slip.NOT_UNDERSTOOD, "-1"),
        ("2a @25", Slip.NO_SUCH_TIME, "@25"),
        ("2a @9:75", Slip.NOT_UNDERSTOOD, "@9:75"),
        ("2a +999", Slip.TOO_FAR, "+999"),
        ("2a .train", Slip.UNKNOWN_PRODUCT, ".train"),
        ("2a .boa", Slip.SEVERAL_PRODUCTS, ".boa"),
        ("2a .boat .entry", Slip.SEVERAL_PRODUCTS, ""),
        ("2a @9 @10", Slip.TWICE, ""),
        ("0a", Slip.NOBODY, ""),
        ("@9", Slip.NOBODY, ""),
        ("99999999999999999999a", Slip.TOO_MANY, "99999999999999999999a"),
        (f"{MOST_VISITORS}a a", Slip.TOO_MANY, ""),
        ("a " * LONGEST_LINE, Slip.TOO_LONG, ""),
        ("134567890123456789", Slip.NOT_UNDERSTOOD, "134567890123456789"),
    ],
)
def test_lines_that_are_not(line: str, slip: Slip, word: str) -> None:
    assert read(line) == NotRead(slip, word)


@given(st.text())
def test_anything_typed_is_answered(line: str) -> None:
    answer = read(line)
    if isinstance(answer, QuickEntry):
        assert 0 < answer.visitors <= MOST_VISITORS


@given(st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, 400), min_size=1), st.integers(0, 366))
def test_what_is_written_is_read_back(party: dict[str, int], days: int) -> None:
    letters = {category: key for key, category in KEYS.items()}
    line = "".join(f"{number}{letters[category]}" for category, number in party.items()) + f" +{days}"
    expected = tuple((one, party[one]) for one in CATEGORIES if one in party)
    assert read(line) == QuickEntry(expected, None, days)
