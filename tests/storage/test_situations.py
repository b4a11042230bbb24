"""Remembered situations say what the sale's own rules say, whatever is told in whatever names."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from shared.domain import sale as ev
from shared.domain.canonical import canonical
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.posting_rules import entry_for
from shared.domain.sale_codec import encode
from shared.domain.sale_history import follow
from shared.domain.sale_state import Sale
from shared.domain.sale_steps import Close, next_step
from shared.storage.audit.situations import Postings, Situations, Story, postings_of

CNY = Currency("CNY")
NAMES = st.sampled_from(["", "a", "b", "receipt", "claim"])
NUMBERS = st.sampled_from([0, 1, 2])
UNITS = st.builds(LeaseUnit, st.sampled_from([b"lease--1", b"lease--2"]), st.sampled_from([1, 2]))
AMOUNTS = st.sampled_from([Money(0, CNY), Money(100, CNY), Money(200, CNY)])
QUOTES = st.sampled_from([{}, {"lines": [{"product_id": "entry", "amount": 200, "unit": 1}]}, {"lines": [1]}])
OPENED = ev.SaleOpened("en", "kiosk", "slot", ("adult",), "entry", Money(200, CNY), {})
HELD = ev.PlacesHeld((LeaseUnit(b"lease--1", 1),))
PAID = (ev.PaymentCreated(1, "wechat", "a", OPENED.total), ev.PaymentSubmitted(1), ev.PaymentAnswered(1, "paid", "b"))

EVENTS = st.one_of(
    st.builds(ev.SaleOpened, NAMES, NAMES, NAMES, st.sampled_from([(), ("adult",)]), NAMES, AMOUNTS, QUOTES),
    st.builds(ev.PlacesHeld, st.lists(UNITS, max_size=2).map(tuple)),
    st.builds(ev.PaymentCreated, NUMBERS, NAMES, NAMES, AMOUNTS),
    st.builds(ev.PaymentSubmitted, NUMBERS),
    st.builds(ev.PaymentAnswered, NUMBERS, st.sampled_from(["paid", "declined", "unknown"]), NAMES, NAMES),
    st.builds(ev.ReverseSubmitted, NUMBERS),
    st.builds(ev.ReverseAnswered, NUMBERS, st.sampled_from(["reversed", "unknown"])),
    st.builds(ev.TicketSigned, NUMBERS, NAMES, UNITS, NAMES, NAMES, NAMES, NAMES),
    st.builds(ev.PrintSubmitted, NAMES, NAMES, NAMES),
    st.builds(ev.PrintAnswered, NAMES, st.sampled_from(["printed", "unknown", "not_started"]), NAMES),
    st.builds(ev.TicketVoided, NAMES, NAMES, NAMES),
    st.builds(ev.ClaimIssued, NAMES, NAMES),
    st.builds(ev.SaleClosed, st.sampled_from(["done", "released", "claim"])),
)
SITUATIONS = Situations()  # one for all examples: what was learned in one must hold in the next


def _require_lawful(sale: Sale, outcome: ev.SaleOutcome) -> None:
    if next_step(sale) != Close(outcome):
        raise ValueError(outcome)


def by_the_rules(sale: Sale | None, event: ev.SaleEvent) -> tuple[Sale, Postings | None]:
    after = follow("", sale, event)
    if isinstance(event, ev.SaleClosed) and event.outcome != "released" and sale is not None:
        _require_lawful(sale, event.outcome)
    return after, postings_of(entry_for(sale, event))


def by_memory(story: Story, event: ev.SaleEvent) -> tuple[ev.SaleOutcome | None, Postings | None]:
    kind, body = encode(event)
    turn = SITUATIONS.tell(story, kind, json.loads(canonical(body)))
    assert turn.situation.sale is not None
    return turn.situation.sale.outcome, turn.postings


@given(st.sampled_from([(), (OPENED,), (OPENED, HELD), (OPENED, HELD, *PAID)]), st.lists(EVENTS, max_size=14))
def test_memory_and_rules_agree(beginning: tuple[ev.SaleEvent, ...], events: list[ev.SaleEvent]) -> None:
    sale, story = None, SITUATIONS.begin()
    for event in (*beginning, *events):
        try:
            ruled = by_the_rules(sale, event)
        except ValueError:
            try:
                by_memory(story, event)
            except ValueError:
                continue
            raise AssertionError(f"{event} was let pass") from None
        sale = ruled[0]
        assert by_memory(story, event) == (sale.outcome, ruled[1])
