"""A refund is decided from the sale and the rules alone, so that it can be decided again and come out the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.capacity import SlotKey
from shared.domain.money import Currency, Money
from shared.domain.refund_rules import FeeStep, RefundRules, RefundTerms, given_back, given_whole, replays
from shared.domain.sale import SaleOpened
from shared.domain.ticket_return import RulesUsed, TicketReturn

CNY = Currency("CNY")
SLOT = SlotKey.parse("entry@2026-11-23T01:00Z")
RULES = RefundRules({"entry": RefundTerms((FeeStep(60), FeeStep(0, 1000, 50)))}, version="7")


def sale(tickets: int, minor: int) -> SaleOpened:
    return SaleOpened("en", "kiosk", str(SLOT), ("adult",) * tickets, "entry", Money(minor, CNY), {})


@given(st.integers(1, 5), st.integers(0, 50_000), st.integers(-30, 200))
def test_a_decision_follows_again_from_its_rules_and_its_time(tickets: int, minor: int, minutes: int) -> None:
    opened, at = sale(tickets, minor), SLOT.start - timedelta(minutes=minutes)
    said = given_back(RULES, opened, (0, "T0"), at)
    if minutes < 0:
        assert said == "too_late"
        return
    assert isinstance(said, TicketReturn)
    assert 0 <= said.back.minor <= said.value.minor
    assert replays(RULES, opened, {"T0": 0}, (said,), RULES.used(at))


def test_a_decision_that_does_not_follow_is_seen() -> None:
    at = SLOT.start - timedelta(minutes=30)
    kept_too_much = TicketReturn("T0", "entry", Money(6000, CNY), Money(700, CNY), 1000)
    assert not replays(RULES, sale(1, 6000), {"T0": 0}, (kept_too_much,), RULES.used(at))


def test_other_rules_than_those_of_the_decision_are_refused() -> None:
    used = RulesUsed("6", "0" * 64, "2026-11-23T00:00:00.000000Z")
    with pytest.raises(ValueError, match="of catalogue 6, not by these"):
        replays(RULES, sale(1, 6000), {}, (), used)


def test_a_partly_used_ticket_gives_nothing_without_a_rule_for_it() -> None:
    assert given_back(RULES, sale(1, 6000), (0, "T0"), SLOT.start, ("entry",)) == "partly_used"


def test_a_void_gives_everything() -> None:
    assert given_whole(sale(2, 5001), (0, "T0")) == TicketReturn("T0", "entry", Money(2501, CNY), Money(0, CNY))
