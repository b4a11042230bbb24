"""The small parts of the engine: splitting, spans of days, the order of stages, the bound of the search."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.pricing import packing
from shared.domain.pricing.packing import Item, best_packing
from shared.domain.pricing.spans import Spans
from shared.domain.pricing.splitting import split
from shared.domain.pricing.stages import STAGES, stage_order
from tests.domain.pricing.examples import ask, base, party, price_list, rule


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=9), st.sampled_from([1, 10, 50]))
def test_a_split_sums_to_the_whole_in_whole_steps(steps: int, weights: list[int], step: int) -> None:
    parts = split(steps * step, weights, step)
    assert sum(parts) == steps * step
    assert all(part >= 0 and part % step == 0 for part in parts)


def test_the_residue_goes_to_the_largest_remainder_the_earlier_first() -> None:
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(5, [60, 60, 30]) == (2, 2, 1)
    assert split(3, [0, 0]) == (2, 1)


def test_spans_find_what_a_scan_finds() -> None:
    random = Random(5)
    first = date(2026, 1, 1)
    spans = []
    for index in range(300):
        start = first + timedelta(random.randrange(365))
        spans.append((start, start + timedelta(random.randrange(40)), index))
    spans.append((date.min, date.max, 300))
    tree = Spans(spans)
    for offset in range(-5, 400):
        day = first + timedelta(offset)
        assert sorted(tree.at(day)) == sorted(value for start, end, value in spans if start <= day <= end)


def test_stages_keep_their_order_unless_told() -> None:
    assert stage_order({}) == STAGES
    assert stage_order({"calendar": ["person"]})[:4] == ("base", "demand", "person", "calendar")
    with pytest.raises(ValueError, match="group"):
        stage_order({"person": ["group"]})


def test_the_search_finds_what_greed_misses() -> None:
    """The densest item blocks two others that save more together."""
    items = [Item(((0, 1), (1, 1)), 10, 2), Item(((0, 1), (2, 1)), 9, 2), Item(((1, 1), (3, 1)), 9, 2)]
    assert best_packing(items, [1, 1, 1, 1]).saving == 18


def test_beyond_its_limit_the_search_names_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [
        base(adult=10_000, child=7_000),
        rule("2nd", "second_at_discount", {"products": ["entry"], "off_bp": 3_000}),
    ]
    rules.append(rule("3rd", "buy_n_get_m", {"products": ["entry"], "buy": 3, "free": 1}))
    prices, members = price_list(*rules), party(*["adult"] * 7, *["child"] * 6)
    proven = ask(prices, members)
    assert proven.bound is None
    monkeypatch.setattr(packing, "NODE_LIMIT", 3)
    limited = ask(prices, members)
    assert limited.bound is not None
    assert limited.bound <= proven.total <= limited.total
