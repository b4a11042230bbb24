"""The sale process against the world: whatever it answers, no money without paper and no place sold twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from drivers.contracts.payment import Charge, DeclineReason
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain import sale as ev
from shared.selling import progress
from shared.selling.paying import Payer
from tests.selling.conftest import SLOT, Booth, basket, lease


def payer(behaviour: Behaviour = Behaviour.APPROVE) -> Payer:
    return Payer("wechat", make_code(behaviour))


def sell(booth: Booth, behaviour: Behaviour = Behaviour.APPROVE, tickets: int = 2) -> None:
    booth.process.open("S1", basket(tickets))
    booth.process.pay("S1", payer(behaviour))


def test_a_sale_takes_the_money_once_and_prints_each_ticket_once(booth: Booth) -> None:
    sell(booth)
    assert booth.store.sale("S1").outcome == "done"
    assert booth.gateway.taken_minor == 12000
    assert len(booth.paper.sheets) == 3
    assert [type(told).__name__ for told in booth.told] == [
        "SaleReady",
        "PaymentWaiting",
        "PaymentDone",
        "TicketPrinting",
        "TicketPrinting",
        "SaleDone",
    ]
    assert booth.store.leases()[0].used == 2


def test_the_journal_is_written_before_the_request_leaves_and_after_its_answer(booth: Booth) -> None:
    sell(booth, tickets=1)
    types = [event.type for event in booth.store.journal_after(0, 100)]
    assert types == [
        "sale.opened",
        "sale.places_held",
        "sale.payment_created",
        "sale.payment_submitted",
        "sale.payment_answered",
        "sale.ticket_signed",
        "sale.print_submitted",
        "sale.print_answered",
        "sale.print_submitted",
        "sale.print_answered",
        "sale.closed",
    ]


def test_no_payment_code_reaches_the_database(booth: Booth) -> None:
    code = make_code(Behaviour.NOT_ENOUGH)
    booth.process.open("S1", basket())
    booth.process.pay("S1", Payer("wechat", code))
    assert code not in repr([event.body for event in booth.store.journal_after(0, 100)])
    assert code not in repr(Payer("wechat", code))


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour.NOT_ENOUGH, DeclineReason.INSUFFICIENT_FUNDS),
        (Behaviour.EXPIRED, DeclineReason.CODE_EXPIRED),
        (Behaviour.CANCEL_SOON, DeclineReason.OTHER),
    ],
)
def test_a_declined_payment_keeps_the_basket_and_another_may_follow(
    booth: Booth, behaviour: Behaviour, reason: DeclineReason
) -> None:
    sell(booth, behaviour)
    assert booth.told[-1] == progress.PaymentRefused("S1", 1, reason)
    booth.process.pay("S1", payer())
    sale = booth.store.sale("S1")
    assert (sale.outcome, [a.state for a in sale.attempts]) == ("done", ["declined", "paid"])
    assert booth.gateway.taken_minor == 12000


def test_a_payment_confirmed_on_the_telephone_is_waited_for(booth: Booth) -> None:
    sell(booth, Behaviour.CONFIRM_SOON)
    assert progress.PaymentWaiting("S1", 1, confirm=True) in booth.told
    assert booth.store.sale("S1").outcome == "done"


@pytest.mark.parametrize("behaviour", [Behaviour.ANSWER_LOST, Behaviour.SYSTEM_ERROR_PAID, Behaviour.BAD_SIGNATURE])
def test_money_taken_behind_a_lost_answer_becomes_tickets(booth: Booth, behaviour: Behaviour) -> None:
    sell(booth, behaviour)
    assert booth.heard(progress.PaymentUnsure)
    assert booth.store.sale("S1").outcome == "done"
    assert booth.gateway.taken_minor == 12000


@pytest.mark.parametrize("behaviour", [Behaviour.REQUEST_LOST, Behaviour.CONFIRM])
def test_a_payment_that_stays_unclear_is_reversed_and_the_visitor_may_pay_again(
    booth: Booth, behaviour: Behaviour
) -> None:
    sell(booth, behaviour)
    assert booth.told[-1] == progress.PaymentUndone("S1", 1)
    assert booth.gateway.taken_minor == 0
    booth.process.pay("S1", payer())
    assert booth.gateway.taken_minor == 12000
    assert len(booth.store.sale("S1").live_tickets) == 2


def test_when_nothing_answers_the_visitor_gets_a_claim_and_a_restart_settles_it(
    open_booth: Callable[[], Booth], booth: Booth
) -> None:
    booth.process.open("S1", basket())
    booth.gateway.expect(code := make_code(Behaviour.ANSWER_LOST), Behaviour.ANSWER_LOST)
    for _ in range(16):
        booth.gateway.answer_next(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    booth.process.pay("S1", Payer("wechat", code))
    (to_window,) = [told for told in booth.told if isinstance(told, progress.SaleToWindow) and told.claim_printed]
    assert to_window.claim_code
    assert booth.store.open_sales() == ["S1"]
    for _ in range(10):
        booth = open_booth()
        booth.process.resume()
    assert booth.store.sale("S1").outcome == "released"
    assert booth.gateway.taken_minor == 0


def test_a_machine_without_paper_takes_no_money(booth: Booth) -> None:
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    booth.process.open("S1", basket())
    assert isinstance(booth.told[-1], progress.CannotServe)
    assert booth.store.open_sales() == []
    assert booth.store.journal_after(0, 10) == []


def load_paper_when_asked(booth: Booth) -> None:
    deadline = time.monotonic() + 20
    while not booth.heard(progress.PrinterWaits) and time.monotonic() < deadline:
        time.sleep(0.01)
    booth.paper.load_paper()


def test_paper_that_runs_out_after_payment_is_waited_for(booth: Booth) -> None:
    booth.process.open("S1", basket())
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    staff = threading.Thread(target=load_paper_when_asked, args=[booth])
    staff.start()
    booth.process.pay("S1", payer())
    staff.join()
    assert booth.heard(progress.PrinterWaits)
    assert booth.store.sale("S1").outcome == "done"
    assert len(booth.paper.sheets) == 3


def test_a_printer_that_stays_empty_leads_to_a_claim_for_a_paid_sale(booth: Booth) -> None:
    booth.process.open("S1", basket())
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    booth.process.pay("S1", payer())
    sale = booth.store.sale("S1")
    assert sale.outcome == "claim"
    assert sale.claim is not None
    assert booth.told[-1] == progress.SaleToWindow("S1", sale.claim.code, claim_printed=False)


def test_a_lost_confirmation_reissues_the_ticket_in_the_same_place(booth: Booth) -> None:
    booth.process.open("S1", basket(1))
    booth.paper.set_fault(PrinterTrouble.LOSE_CONFIRMATION)
    booth.process.pay("S1", payer())
    sale = booth.store.sale("S1")
    assert sale.outcome == "done"
    first, second = sale.tickets
    assert first.voided
    assert not second.voided
    assert first.unit == second.unit
    assert len({ticket.unit for ticket in sale.live_tickets}) == 1


def test_a_cancelled_sale_gives_its_places_back(booth: Booth) -> None:
    booth.process.open("S1", basket())
    booth.process.cancel("S1")
    assert booth.told[-1] == progress.SaleReleased("S1")
    assert booth.store.leases()[0].used == 0
    booth.process.pay("S1", payer())
    assert booth.gateway.taken_minor == 0


def test_too_few_own_places_are_topped_up_while_the_line_is_up(booth: Booth) -> None:
    booth.line.left = 8
    booth.process.open("S1", basket(8))
    assert booth.told == [progress.SaleReady("S1")]


@pytest.mark.parametrize("up", [True, False])
def test_without_places_nothing_is_sold_and_the_screen_hears_why(booth: Booth, up: bool) -> None:
    booth.line.up = up
    booth.process.open("S1", basket(7))
    assert booth.told == [progress.NoPlaces("S1", window_only=not up)]
    assert booth.store.sale("S1").outcome == "released"
    assert booth.store.leases()[0].used == 0


@pytest.mark.parametrize("steps", range(1, 8))
def test_a_stop_after_any_step_is_brought_to_its_end_at_the_next_start(
    open_booth: Callable[[], Booth], booth: Booth, steps: int
) -> None:
    """The history is cut after so many rows, as a power cut would leave it; the gateway knows what it knows."""
    order = booth.counter.ids.order_no()
    booth.store.record("S1", basket(1))
    held = booth.store.hold("S1", SLOT, 1, lambda _: True)
    assert held is not None
    paid = steps >= 3
    if paid:
        booth.counter.methods["wechat"].submit(Charge(order, 6000, "CNY", "x", make_code(Behaviour.APPROVE)))
    history: list[ev.SaleEvent] = [
        ev.PaymentCreated(1, "wechat", order, basket(1).total),
        ev.PaymentSubmitted(1),
        ev.PaymentAnswered(1, "paid", "R"),
        ev.TicketSigned(0, "ab" * 16, held.units[0], "entry", "adult", "QR"),
        ev.PrintSubmitted("ab" * 16, "job", "A000"),
        ev.PrintAnswered("job", "printed"),
    ]
    for event in history[: steps - 1]:
        booth.store.record("S1", event)
    again = open_booth()
    again.process.resume()
    sale = again.store.sale("S1")
    assert again.store.open_sales() == []
    assert sale.outcome == ("done" if paid else "released")
    assert again.gateway.taken_minor == (6000 if paid else 0)
    assert len(sale.live_tickets) == (1 if paid else 0)
    assert again.store.leases()[0].used == (1 if paid else 0)


def test_a_second_lease_for_the_same_slot_adds_to_the_first(booth: Booth) -> None:
    booth.store.add_leases([lease(3, b"lease--2")], 0.0, "boot")
    booth.process.open("S1", basket(8))
    assert booth.told == [progress.SaleReady("S1")]
