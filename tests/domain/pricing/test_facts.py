"""A quote is a fact: it can be told again from its trace, comes out the same later, and says what a part is worth."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from shared.domain.money import Money
from shared.domain.pricing import Quote, quote_from_document, quote_to_document
from shared.domain.pricing.quoting import comes_out_again
from shared.domain.pricing.refund import refund_value
from shared.domain.pricing.replay import replay
from tests.domain.pricing.examples import ASKED, CATALOG, SLOT, ask, base, party, price_list, rule

DUO = rule("duo", "combination", {"product": "duo", "prices": {"adult": "120.00"}})
HALF = rule("half", "concession", {"categories": ["child"], "off_bp": 5_000})
PRICES = price_list(base(), base("cablecar", adult=5_000), DUO, HALF)


def combination() -> Quote:
    """Two adults with a combination at 120.00 instead of 150.00."""
    return ask(PRICES, party("adult", "adult"), ("entry", "cablecar"))


def test_a_quote_survives_the_journal_to_the_last_field() -> None:
    found = ask(PRICES, party("adult", "child"), ("entry",), slot=SLOT, coupons=("X",), used=(("half", 3),), cash=True)
    again = quote_from_document(json.loads(json.dumps(quote_to_document(found))))
    assert again == found
    assert again.refused_coupons[0].reason == "unknown"


def test_what_is_no_quote_is_refused() -> None:
    document = quote_to_document(combination())
    for broken in ({}, {**document, "total": 12.5}, {**document, "lines": [{}]}, {**document, "request": None}):
        with pytest.raises(ValueError, match="not a quote"):
            quote_from_document(broken)


def test_the_same_versions_give_the_same_quote_years_later() -> None:
    found = combination()
    read_again = price_list(*PRICES.document["rules"])  # type: ignore[misc]
    assert comes_out_again(read_again, CATALOG, found)
    assert not comes_out_again(read_again, CATALOG, replace(found, digest="00"))
    with pytest.raises(ValueError, match="p1"):
        comes_out_again(read_again, CATALOG, replace(found, price_version="p2"))


def test_the_digest_covers_request_versions_and_result() -> None:
    found = combination()
    others = [
        ask(PRICES, party("adult", "adult"), ("entry", "cablecar"), channel="web"),
        ask(PRICES, party("adult", "adult"), ("cablecar", "entry")),
        ask(PRICES, party("adult", "adult"), ("entry", "cablecar"), asked_at=ASKED.replace(hour=2)),
    ]
    assert len({found.digest, *(other.digest for other in others)}) == 4


def test_replay_finds_what_was_tampered_with() -> None:
    found = combination()
    assert replay(found) == found.total
    dearer = replace(found.lines[0], amount=found.lines[0].amount + Money(1, found.total.currency))
    with pytest.raises(ValueError, match="line 0: the trace gives 24000, the line says 24001"):
        replay(replace(found, lines=(dearer,)))
    step = replace(found.trace[0], amount=found.trace[0].amount * 2)
    with pytest.raises(ValueError, match="step 'entry-base': the shares do not sum to its amount"):
        replay(replace(found, trace=(step, *found.trace[1:])))
    with pytest.raises(ValueError, match="the quote says 0"):
        replay(replace(found, total=Money(0, found.total.currency)))


def test_a_partly_used_combination_is_worth_its_unused_shares() -> None:
    found = combination()
    assert refund_value(found, 0, (), "share").minor == 12_000
    assert refund_value(found, 0, ("entry",), "share").minor == 4_000  # 120.00 was split as 100 to 50
    assert refund_value(found, 0, ("cablecar",), "share").minor == 8_000
    assert refund_value(found, 0, ("entry", "cablecar"), "share").minor == 0


def test_or_what_was_paid_less_the_single_price_of_what_was_used() -> None:
    found = combination()
    assert refund_value(found, 0, ("entry",), "used_at_single_price").minor == 2_000
    assert refund_value(found, 0, ("cablecar",), "used_at_single_price").minor == 7_000
    assert refund_value(found, 0, ("entry", "cablecar"), "used_at_single_price").minor == 0  # never below zero


def test_refunds_of_what_was_not_sold_are_refused() -> None:
    found = combination()
    with pytest.raises(ValueError, match="no ticket line 1"):
        refund_value(found, 1, (), "share")
    with pytest.raises(ValueError, match="the ticket has no show"):
        refund_value(found, 0, ("show",), "share")
