"""A combination of which a part was used is worth the rest, as its quote explains the price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import assets
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.capacity import SlotKey
from shared.domain.catalog.refund_terms import RefundPolicy
from shared.domain.pricing import PartyMember, QuoteRequest, quote, quote_to_document
from shared.domain.refund_rules import RefundRules, given_back, replays
from shared.domain.refund_values import ticket_values, used_value
from shared.domain.sale import SaleOpened
from shared.domain.ticket_return import TicketReturn

SITE = Path(assets.__file__).parent / "demo"
CATALOG = load_catalog(SITE / "catalog.toml")
VISIT = date(2026, 11, 23)
PRICES = load_price_list(SITE / "prices.toml", CATALOG)


def summit() -> SaleOpened:
    """Entry and cable car on one ticket, for an adult and a child."""
    slot = CATALOG.slots_on("entry", VISIT)[4].key
    members = (PartyMember("adult"), PartyMember("child"))
    priced = quote(PRICES, CATALOG, QuoteRequest(members, ("summit",), VISIT, slot, slot.start, "window"))
    return SaleOpened("en", "window", str(slot), ("adult", "child"), "summit", priced.total, quote_to_document(priced))


@pytest.mark.parametrize("policy", ["share", "used_at_single_price"])
def test_what_was_used_is_lost_and_no_more_than_the_ticket(policy: RefundPolicy) -> None:
    opened = summit()
    for index, worth in enumerate(ticket_values(opened)):
        for used in (("entry",), ("cablecar",), ("entry", "cablecar")):
            assert 0 < used_value(opened, index, used, policy).minor <= worth.minor


def test_a_used_part_is_in_the_decision_and_in_its_replay() -> None:
    opened, rules = summit(), RefundRules.of(CATALOG)
    at = SlotKey.parse(opened.slot).start - timedelta(hours=2)
    whole, rest = (given_back(rules, opened, (0, "T0"), at, used) for used in ((), ("cablecar",)))
    assert isinstance(whole, TicketReturn)
    assert isinstance(rest, TicketReturn)
    assert 0 < rest.back.minor < whole.back.minor
    assert replays(rules, opened, {"T0": 0}, (rest,), rules.used(at))
    assert not replays(rules, opened, {"T0": 0}, (replace(rest, used=()),), rules.used(at))


def test_a_product_that_is_not_on_the_ticket_is_refused() -> None:
    with pytest.raises(ValueError, match="the ticket has no opera"):
        used_value(summit(), 0, ("opera",), "share")
