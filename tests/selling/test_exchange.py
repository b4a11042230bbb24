"""Exchange, reissue and collection against real devices: whole or not at all, once and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain import sale as ev
from shared.domain.booking import Booking
from shared.domain.money import Currency, Money
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale
from shared.selling import progress
from shared.selling.collecting import CollectedBefore, Collecting
from shared.selling.exchanging import Exchanging
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied, RefundRequest
from shared.selling.refunding import RefundProcess
from shared.selling.reissuing import Reissuing
from tests.selling.conftest import SLOT, Booth, basket, lease
from tests.selling.desk import TestDesk

BOOKING = Booking("B1", "entry", str(SLOT), ("adult", "adult"), Money(12000, Currency("CNY")))


def priced(minor: int, tickets: int = 1) -> ev.SaleOpened:
    return replace(basket(tickets), total=Money(minor, Currency("CNY")))


def balances(booth: Booth) -> dict[str, int]:
    return {str(b.account): b.balance.minor for b in booth.store.trial_balance()}


@pytest.fixture
def desk(booth: Booth) -> TestDesk:
    return exchanging(booth, sell=True)


def exchanging(booth: Booth, *, sell: bool = False) -> TestDesk:
    """A desk whose counter exchanges."""
    opened = TestDesk(booth)
    booth.counter = replace(booth.counter, exchanges=Exchanging(opened.desk()))
    booth.process = SaleProcess(booth.counter)
    if sell:
        opened.sell()
    return opened


def exchange(desk: TestDesk, minor: int, *indices: int, sale_id: str = "S2") -> Denied | None:
    sale = desk.booth.store.sale("S1")
    ids = tuple(sale.tickets[index].ticket_id for index in indices)
    request = RefundRequest("S1", ids, "exchange", "ann", "later slot")
    return Exchanging(desk.desk()).open(desk.booth.process, sale_id, priced(minor), request)


def pay(desk: TestDesk, sale_id: str, behaviour: Behaviour = Behaviour.APPROVE, minor: int | None = None) -> None:
    amount = None if minor is None else Money(minor, Currency("CNY"))
    desk.booth.process.pay(sale_id, Payer("wechat", make_code(behaviour)), amount)


def test_an_even_exchange_voids_the_old_ticket_and_prints_the_new_one(desk: TestDesk) -> None:
    assert exchange(desk, 6000, 0) is None
    store = desk.booth.store
    assert store.sale("S2").outcome == "done"
    assert [t.index for t in store.sale("S1").live_tickets] == [1, 2]
    assert desk.booth.gateway.taken_minor == 18000
    assert store.refunds.open_refunds() == []
    assert balances(desk.booth) == {"receivable:wechat": 18000, "sales:entry": -18000}


def test_the_dearer_is_paid_before_anything_is_void(desk: TestDesk) -> None:
    exchange(desk, 9000, 0)
    assert len(desk.booth.store.sale("S1").live_tickets) == 3
    pay(desk, "S2")
    assert desk.booth.store.sale("S2").outcome == "done"
    assert len(desk.booth.store.sale("S1").live_tickets) == 2
    assert desk.booth.gateway.taken_minor == 21000
    assert balances(desk.booth) == {"receivable:wechat": 21000, "sales:entry": -21000}


def test_the_cheaper_gives_the_difference_back(desk: TestDesk) -> None:
    exchange(desk, 4000, 0)
    assert desk.booth.gateway.taken_minor == 16000
    assert desk.booth.store.refunds.open_refunds() == []
    assert balances(desk.booth) == {"receivable:wechat": 16000, "sales:entry": -16000}


@pytest.mark.parametrize("behaviour", [None, Behaviour.NOT_ENOUGH, Behaviour.APPROVE])
def test_given_up_the_old_tickets_are_as_good_as_before(desk: TestDesk, behaviour: Behaviour | None) -> None:
    exchange(desk, 9000, 0)
    if behaviour is not None:
        pay(desk, "S2", behaviour, 1000)
    assert desk.refund(0) == Denied("promised", desk.booth.store.sale("S1").tickets[0].ticket_id)
    desk.booth.process.cancel("S2")
    assert desk.booth.store.sale("S2").outcome == "released"
    assert desk.booth.gateway.taken_minor == 18000
    assert len(desk.booth.store.sale("S1").live_tickets) == 3
    assert desk.booth.store.leases()[0].used == 3
    assert isinstance(desk.refund(0), Refund)


def test_without_places_nothing_is_exchanged(desk: TestDesk) -> None:
    desk.booth.store.close_lease(b"lease--1")
    exchange(desk, 6000, 0)
    assert desk.booth.heard(progress.NoPlaces)
    assert len(desk.booth.store.sale("S1").live_tickets) == 3
    assert desk.booth.store.refunds.promised_to(desk.booth.store.sale("S1").tickets[0].ticket_id) is None


def test_the_line_down_and_the_lease_closed_nothing_is_exchanged_here(desk: TestDesk) -> None:
    desk.booth.store.close_lease(b"lease--1")
    desk.booth.line.up = False
    denied = exchange(desk, 6000, 0)
    assert denied is not None
    assert denied.reason == "not_here"


def test_refunds_after_an_exchange_reach_every_payment_and_no_more(desk: TestDesk) -> None:
    """The new ticket's money came by two sales; what is left of the old one is untouched by its refund."""
    exchange(desk, 9000, 0)
    pay(desk, "S2")
    new = desk.booth.store.sale("S2").live_tickets[0].ticket_id
    request = RefundRequest("S2", (new,), "refund", "ann", "rain")
    refund = RefundProcess(desk.desk()).open("R2", request)
    assert isinstance(refund, Refund)
    assert [state.payout.amount.minor for state in refund.payouts] == [3000, 6000]
    assert desk.booth.gateway.taken_minor == 12000
    desk.refund(1, 2, refund_id="R3")
    assert desk.booth.gateway.taken_minor == 0
    assert balances(desk.booth) == {}


def test_a_stop_before_the_new_ticket_leaves_the_old_one_and_after_it_ends_the_exchange(
    open_booth: Callable[[], Booth], desk: TestDesk
) -> None:
    exchange(desk, 9000, 0)
    again = exchanging(open_booth())
    again.booth.process.resume()
    assert again.booth.store.sale("S2").outcome == "released"
    assert len(again.booth.store.sale("S1").live_tickets) == 3


def test_a_stop_between_signing_and_the_difference_pays_it_at_the_next_start(
    open_booth: Callable[[], Booth], desk: TestDesk
) -> None:
    store, exchanges = desk.booth.store, Exchanging(desk.desk())
    held = opened_exchange(desk)
    unit, ticket_id = held.units[0], "ab" * 16
    exchanges.commit(held, [ev.TicketSigned(0, ticket_id, unit, "entry", "adult", "QR")])
    assert store.refunds.open_refunds() == ["S2-exchange"]
    again = exchanging(open_booth())
    again.booth.process.resume()
    RefundProcess(again.desk()).resume()
    assert again.booth.store.sale("S2").outcome == "done"
    assert again.booth.gateway.taken_minor == 16000


def opened_exchange(desk: TestDesk) -> Sale:
    """The rows of an exchange up to its places, as a stop would leave them."""
    given = desk.booth.store.sale("S1").tickets[0]
    back = Money(6000, Currency("CNY"))
    returns = (ev.TicketReturn(given.ticket_id, "entry", back, Money(0, back.currency)),)
    prepaid = ev.Prepaid("exchange", "S1", Money(4000, Currency("CNY")), returns, "ann")
    desk.booth.store.record("S2", replace(priced(4000), prepaid=prepaid))
    held = desk.booth.store.hold("S2", SLOT, 1, lambda _: True)
    assert held is not None
    return held


def test_a_ticket_is_reissued_in_its_place_twice_at_most(desk: TestDesk) -> None:
    reissuing, store = Reissuing(desk.desk(), desk.booth.process), desk.booth.store
    for _ in range(2):
        first = store.sale("S1").live_tickets[0]
        sale = reissuing.reissue(first.ticket_id, "wet", "ann")
        assert isinstance(sale, Sale)
        assert sale.outcome == "done"
        assert sale.live_tickets[0].unit == first.unit
        assert sale.live_tickets[0].ticket_id != first.ticket_id
    third = store.sale("S1").live_tickets[0].ticket_id
    assert reissuing.reissue(third, "wet", "ann") == Denied("too_often", third)
    assert store.leases()[0].used == 3
    assert balances(desk.booth) == {"receivable:wechat": 18000, "sales:entry": -18000}


def test_what_is_not_reissued(desk: TestDesk) -> None:
    reissuing = Reissuing(desk.desk(), desk.booth.process)
    tickets = [t.ticket_id for t in desk.booth.store.sale("S1").tickets]
    desk.refund(0)
    desk.admitted.add(tickets[1])
    exchange(desk, 9000, 2)
    reasons = [reissuing.reissue(t, "wet", "ann") for t in (*tickets, "ff" * 16)]
    assert [denied.reason for denied in reasons if isinstance(denied, Denied)] == [
        "already_ended",
        "admitted",
        "promised",
        "unknown_ticket",
    ]


def test_a_ticket_reissued_after_another_was_refunded_leaves_that_place_empty(desk: TestDesk) -> None:
    desk.refund(0)
    second = desk.booth.store.sale("S1").tickets[1].ticket_id
    sale = Reissuing(desk.desk(), desk.booth.process).reissue(second, "wet", "ann")
    assert isinstance(sale, Sale)
    assert [t.index for t in sale.live_tickets] == [1, 2]


def test_a_booking_is_collected_once(booth: Booth) -> None:
    collecting = Collecting(booth.process, booth.store.refunds, "kiosk")
    assert collecting.collect("S1", BOOKING, "en", offline=False) is None
    assert booth.store.sale("S1").outcome == "done"
    assert len(booth.paper.sheets) == 3
    assert collecting.collect("S2", BOOKING, "en", offline=False) == CollectedBefore("S1")
    assert booth.gateway.taken_minor == 0
    assert balances(booth) == {"prepaid:booking": 12000, "sales:entry": -12000}


def test_a_booking_without_places_can_be_collected_later(booth: Booth) -> None:
    booth.store.close_lease(b"lease--1")
    collecting = Collecting(booth.process, booth.store.refunds, "kiosk")
    collecting.collect("S1", BOOKING, "en", offline=False)
    assert booth.store.sale("S1").outcome == "released"
    booth.store.add_leases([lease(2, b"lease--2")], 0.0, "boot")
    collecting.collect("S2", BOOKING, "en", offline=False)
    assert booth.store.sale("S2").outcome == "done"


def test_a_collected_booking_is_refunded_by_central(booth: Booth) -> None:
    Collecting(booth.process, booth.store.refunds, "kiosk").collect("S1", BOOKING, "en", offline=False)
    refund = TestDesk(booth).refund(0)
    assert isinstance(refund, Refund)
    assert (refund.opened, refund.queued is not None) == (None, True)
