"""The checks themselves: each loss that they are there for is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from tests.crash.booth import SlotSealer
from tests.crash.evidence import Evidence, Order, Page
from tests.crash.invariants import violations
from tests.selling.conftest import KEY, basket

UNIT = LeaseUnit(b"lease--1", 1)
QR = SlotSealer(KEY).seal(basket(1), UNIT, bytes(16), 0)
TICKET = ev.TicketSigned(0, bytes(16).hex(), UNIT, "entry", "adult", QR)
PAID = Order("N1", 6000, "SUCCESS", 0)
GOOD: list[ev.SaleEvent] = [
    basket(1),
    ev.PlacesHeld((UNIT,)),
    ev.PaymentCreated(1, "wechat", "N1", basket(1).total),
    ev.PaymentSubmitted(1),
    ev.PaymentAnswered(1, "paid", "ref"),
    TICKET,
    ev.PrintSubmitted(TICKET.ticket_id, "job", "P001"),
    ev.PrintAnswered("job", "printed"),
    ev.SaleClosed("done"),
]
SHEET = Page((QR,), ("P001",))
SOUND = Evidence({"S1": GOOD}, [PAID], [SHEET], {b"lease--1": 1}, {(b"lease--1", 1): "S1"}, {"receivable:wechat": 6000})


def test_a_good_sale_has_nothing_wrong() -> None:
    assert violations(SOUND) == []


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (replace(SOUND, pages=[]), "nothing in the hand"),
        (replace(SOUND, orders=[replace(PAID, state="REVOKED")]), "without money"),
        (replace(SOUND, orders=[replace(PAID, refunded=1000)]), "neither the price nor nothing"),
        (replace(SOUND, orders=[PAID, Order("N2", 6000, "SUCCESS", 0)]), "not journaled before it was sent"),
        (replace(SOUND, accounts={}), "the ledger says"),
        (replace(SOUND, pages=[SHEET, SHEET]), "printed 2 times"),
        (replace(SOUND, pages=[SHEET, Page(("forged",), ("P001",))]), "no sale signed"),
        (replace(SOUND, pages=[SHEET, Page((), ("P002",))]), "before they were printed"),
        (replace(SOUND, pages=[replace(SHEET, process_ids=())]), "said to be printed and are not"),
        (replace(SOUND, histories={"S1": GOOD, "S2": GOOD}), "sold 2 times"),
        (replace(SOUND, lease_units={b"lease--1": 0}), "does not exist"),
        (replace(SOUND, uses={}), "are not those sold"),
        (replace(SOUND, histories={"S1": GOOD[:-1]}), "still open"),
        (replace(SOUND, faults=["the audit finds a broken row"]), "the audit finds"),
    ],
)
def test_what_is_wrong_is_said(evidence: Evidence, said: str) -> None:
    assert any(said in sentence for sentence in violations(evidence)), violations(evidence)
