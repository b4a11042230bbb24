"""Histories of sales for the tests of the state machine."""

from __future__ import annotations

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.sale_history import apply, replay
from shared.domain.sale_state import Sale

CNY = Currency("CNY")
UNITS = tuple(LeaseUnit(b"lease---", k) for k in (1, 2))
OPENED = ev.SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", ("adult", "child"), "entry", Money(9000, CNY), {})
HELD = ev.PlacesHeld(UNITS)


def pay(attempt: int = 1, minor: int = 9000) -> list[ev.SaleEvent]:
    return [ev.PaymentCreated(attempt, "wechat", f"N{attempt}", Money(minor, CNY)), ev.PaymentSubmitted(attempt)]


PAID: list[ev.SaleEvent] = [OPENED, HELD, *pay(), ev.PaymentAnswered(1, "paid", "ref")]


def sign(sale: Sale, index: int, ticket_id: str = "", replaces: str = "") -> Sale:
    ticket_id = ticket_id or f"T{index}"
    return apply(sale, ev.TicketSigned(index, ticket_id, UNITS[index], "entry", "adult", "QR", replaces))


def printed(sale: Sale, subject: str, outcome: ev.PrintOutcome) -> Sale:
    job = f"job-{subject}-{sum(1 for t in sale.tickets if t.sheet)}" if subject[0] != "T" else f"job-{subject}"
    return apply(apply(sale, ev.PrintSubmitted(subject, job, "A001")), ev.PrintAnswered(job, outcome))


def done() -> Sale:
    sale = replay("S", PAID)
    for index in (0, 1):
        sale = printed(sign(sale, index), f"T{index}", "printed")
    return apply(printed(sale, "receipt", "printed"), ev.SaleClosed("done"))
