"""Sale events survive the journal, and a wrong body is refused by its field's name."""

from __future__ import annotations

import json

import pytest

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.sale import PaymentAnswered, PaymentCreated, PlacesHeld, SaleEvent, SaleOpened, TicketSigned
from shared.domain.sale_codec import decode, encode

CNY = Currency("CNY")
UNIT = LeaseUnit(bytes(range(8)), 3)
EVENTS: list[SaleEvent] = [
    SaleOpened("ja", "kiosk", "entry@2026-11-23T01:00Z", ("adult",), "entry", Money(6000, CNY), {"total": 6000}),
    PlacesHeld((UNIT, LeaseUnit(bytes(8), 1))),
    PaymentCreated(1, "wechat", "A1", Money(6000, CNY)),
    PaymentAnswered(1, "paid", "R1"),
    TicketSigned(0, "00" * 16, UNIT, "entry", "adult", "QR"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.type)
def test_an_event_survives_json(event: SaleEvent) -> None:
    kind, body = encode(event)
    assert decode(kind, json.loads(json.dumps(body))) == event


def test_unknown_fields_are_passed_over() -> None:
    assert decode("sale.closed", {"sale_id": "x", "outcome": "done", "newer": 1}) is not None


@pytest.mark.parametrize(
    ("kind", "body", "named"),
    [
        ("sale.flown", {}, "sale.flown"),
        ("sale.closed", {"outcome": "lost"}, "outcome"),
        ("sale.closed", {}, "outcome"),
        ("sale.payment_submitted", {"attempt": True}, "attempt"),
        ("sale.payment_submitted", {"attempt": "1"}, "attempt"),
        ("sale.places_held", {"units": [{"k": 1}]}, "units"),
        ("sale.places_held", {"units": 3}, "units"),
        (
            "sale.payment_created",
            {"attempt": 1, "method": "wechat", "order_no": "1", "amount": {"minor": 1, "currency": "XXX"}},
            "amount",
        ),
    ],
)
def test_a_wrong_body_is_refused_by_name(kind: str, body: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        decode(kind, body)
