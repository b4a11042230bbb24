"""Change from limited coins, against trying everything; and no note is taken whose change cannot be given."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.change import MAX_CHANGE, acceptable_notes, can_give, give, give_most

STOCKS = st.dictionaries(st.sampled_from([1, 2, 3, 5, 7, 10, 20]), st.integers(0, 4), max_size=4)


def tried(amount: int, stock: dict[int, int]) -> list[dict[int, int]]:
    """Every way to give the amount."""
    pieces = sorted(stock, reverse=True)
    ways = product(*(range(stock[piece] + 1) for piece in pieces))
    found = [dict(zip(pieces, way, strict=True)) for way in ways]
    return [way for way in found if sum(piece * number for piece, number in way.items()) == amount]


@given(st.integers(0, 120), STOCKS)
def test_change_is_exact_from_what_is_there_with_the_fewest_pieces_and_found_whenever_it_can_be(
    amount: int, stock: dict[int, int]
) -> None:
    given_, all_ways = give(amount, stock), tried(amount, stock)
    assert (given_ is not None) == bool(all_ways)
    if given_ is not None:
        assert sum(piece * number for piece, number in given_.items()) == amount
        assert all(0 < number <= stock[piece] for piece, number in given_.items())
        fewest = min(sum(way.values()) for way in all_ways)
        assert sum(given_.values()) == fewest
        best = max(tuple(way.values()) for way in all_ways if sum(way.values()) == fewest)
        assert tuple(given_.get(piece, 0) for piece in sorted(stock, reverse=True)) == best


@given(st.integers(0, 60), STOCKS, st.frozensets(st.sampled_from([5, 10, 20, 50]), max_size=4))
def test_a_note_is_taken_when_it_needs_no_change_or_its_change_is_there(
    rest: int, stock: dict[int, int], notes: frozenset[int]
) -> None:
    taken = acceptable_notes(rest, stock, notes)
    assert taken == {note for note in notes if rest > 0 and (note <= rest or tried(note - rest, stock))}


@given(st.integers(0, 120), STOCKS)
def test_what_cannot_be_given_whole_is_given_as_far_as_it_can(amount: int, stock: dict[int, int]) -> None:
    given_ = give_most(amount, stock)
    reached = sum(piece * number for piece, number in given_.items())
    assert all(0 < number <= stock[piece] for piece, number in given_.items())
    assert reached == max(sum_ for sum_ in range(amount + 1) if tried(sum_, stock))


def test_greed_would_fail_where_the_fewest_pieces_do_not() -> None:
    assert give(60, {50: 1, 20: 3, 10: 0}) == {20: 3}
    assert give(8, {5: 1, 4: 2, 1: 2}) == {4: 2}
    assert not can_give(3, {5: 9})


def test_a_note_that_goes_into_the_stock_may_be_change_itself_never_for_itself() -> None:
    assert acceptable_notes(3000, {}, [5000, 10000]) == frozenset()
    assert acceptable_notes(3000, {2000: 1}, [5000, 10000], recycled=[5000]) == {5000}
    assert acceptable_notes(0, {}, [100]) == frozenset()


def test_nothing_is_given_for_nothing_and_not_more_than_a_machine_may() -> None:
    assert give(0, {}) == {}
    assert give(MAX_CHANGE + 1, {MAX_CHANGE + 1: 1}) is None
    with pytest.raises(ValueError, match="not negative"):
        give(-1, {})
    with pytest.raises(ValueError, match="not negative"):
        give_most(-1, {})


def test_full_hoppers_are_decided_while_a_visitor_holds_the_note() -> None:
    stock = {10: 500, 50: 500, 100: 500, 500: 100, 1000: 100, 2000: 50, 5000: 50}
    began = time.perf_counter()
    acceptable_notes(12340, stock, [5000, 10000, 20000, 50000])
    assert time.perf_counter() - began < 2
