"""The checks themselves: each loss that they are there for is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import refund as rf
from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Money
from tests.crash.evidence import Evidence, Page
from tests.crash.invariants import violations
from tests.crash.providers import Order
from tests.crash.sheets import SlotSealer
from tests.selling.conftest import KEY, basket

UNIT = LeaseUnit(b"lease--1", 1)
QR = SlotSealer(KEY).seal(basket(1), UNIT, bytes(16), 0)
TICKET = ev.TicketSigned(0, bytes(16).hex(), UNIT, "entry", "adult", QR)
PRICE = basket(1).total
NOTHING = Money(0, PRICE.currency)
PAID = Order("wechat", "N1", 6000, paid=True)
GOOD: list[ev.SaleEvent] = [
    basket(1),
    ev.PlacesHeld((UNIT,)),
    ev.PaymentCreated(1, "wechat", "N1", PRICE),
    ev.PaymentSubmitted(1),
    ev.PaymentAnswered(1, "paid", "ref"),
    TICKET,
    ev.PrintSubmitted(TICKET.ticket_id, "job", "P001"),
    ev.PrintAnswered("job", "printed"),
    ev.SaleClosed("done"),
]
SHEET = Page((QR,), ("P001",))
TAKEN = {"receivable:wechat": 6000}
SOUND = Evidence({"S1": GOOD}, {}, [PAID], [SHEET], {b"lease--1": 1}, {(b"lease--1", 1): "S1"}, TAKEN)

BACK: list[rf.RefundEvent] = [
    rf.RefundOpened(
        "refund",
        (rf.TicketReturn(TICKET.ticket_id, "entry", PRICE, NOTHING),),
        (rf.Payout(1, "B1", "wechat", "N1", PRICE, PRICE),),
        NOTHING,
        "",
        "ann",
        "rain",
    ),
    rf.PayoutSubmitted(1, "B1", PRICE),
    rf.PayoutAnswered(1, "refunded", "r"),
    rf.RefundReceiptSubmitted("job2", "P002"),
    rf.RefundReceiptAnswered("job2", "printed"),
    rf.RefundClosed("done"),
]
REFUNDED = replace(
    SOUND,
    histories={"S1": [*GOOD, ev.TicketVoided(TICKET.ticket_id, "refund", "R1")]},
    refunds={"R1": ("S1", BACK)},
    orders=[replace(PAID, refunds={"B1": 6000})],
    pages=[SHEET, Page(("REFUND R1 ",), ("P002",))],
    accounts={"receivable:wechat": 0},
)


def test_a_good_sale_has_nothing_wrong() -> None:
    assert violations(SOUND) == []


def test_a_good_refund_has_nothing_wrong() -> None:
    assert violations(REFUNDED) == []


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (replace(SOUND, pages=[]), "nothing in the hand"),
        (replace(SOUND, orders=[replace(PAID, paid=False)]), "neither the price nor nothing"),
        (replace(SOUND, orders=[replace(PAID, paid=False)]), "the journal says paid"),
        (replace(SOUND, orders=[replace(PAID, refunds={"B1": 1000})]), "neither the price nor nothing"),
        (replace(SOUND, orders=[PAID, replace(PAID, order_no="N2")]), "not journaled before it was sent"),
        (replace(SOUND, accounts={}), "the ledger says"),
        (replace(SOUND, accounts={**TAKEN, "tickets_owed": -6000}), "still under way"),
        (replace(SOUND, pages=[SHEET, SHEET]), "printed 2 times"),
        (replace(SOUND, pages=[SHEET, Page(("forged",), ("P001",))]), "no sale signed"),
        (replace(SOUND, pages=[SHEET, Page((), ("P002",))]), "before they were printed"),
        (replace(SOUND, pages=[replace(SHEET, process_ids=())]), "said to be printed and are not"),
        (replace(SOUND, histories={"S1": GOOD, "S2": GOOD}), "sold 2 times"),
        (replace(SOUND, lease_units={b"lease--1": 0}), "does not exist"),
        (replace(SOUND, uses={}), "are not those sold"),
        (replace(SOUND, histories={"S1": GOOD[:-1]}), "S1 is still open"),
        (replace(SOUND, histories={"S1": [*GOOD[:-1], ev.SaleClosed("claim")]}), "no claim in the hand"),
        (replace(SOUND, histories={"S1": [*GOOD[:-1], ev.SaleClosed("released")]}), "tickets without money"),
        (replace(SOUND, faults=["the audit finds a broken row"]), "the audit finds"),
        (replace(REFUNDED, orders=[PAID]), "neither the price nor nothing"),
        (replace(REFUNDED, orders=[PAID]), "the provider gave None"),
        (replace(REFUNDED, orders=[replace(PAID, refunds={"B1": 6000, "B2": 1})]), "before they were asked for"),
        (replace(REFUNDED, orders=[replace(PAID, refunds={"B1": 5000})]), "the provider gave ('N1', 5000)"),
        (replace(REFUNDED, histories={"S1": GOOD}), "given back open the gate"),
        (replace(REFUNDED, refunds={"R1": ("S1", BACK[:-1])}), "R1 is still open"),
    ],
)
def test_what_is_wrong_is_said(evidence: Evidence, said: str) -> None:
    assert any(said in sentence for sentence in violations(evidence)), violations(evidence)
