"""Paying by a code on our screen: whoever scans it in time pays, and a code that is shut takes no money."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from drivers.contracts.payment import Charge, PaymentAnswer, Pending
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_settings import WeChatSettings
from shared.domain import sale as ev
from shared.selling import progress
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.selling.progress import Progress
from tests.selling.conftest import SLOT, Booth, basket


def hearing(booth: Booth, heard: Callable[[Progress], None]) -> SaleProcess:
    """The booth's process, with somebody who acts on what the screen is told."""

    def tell(told: Progress) -> None:
        booth.told.append(told)
        heard(told)

    return SaleProcess(replace(booth.counter, tell=tell))


def pay(booth: Booth, heard: Callable[[Progress], None]) -> SaleProcess:
    process = hearing(booth, heard)
    process.open("S1", basket())
    process.pay("S1", Payer("wechat-qr"))
    return process


def test_a_payer_who_scans_the_code_gets_the_tickets(booth: Booth) -> None:
    texts: list[str] = []

    def scan(told: Progress) -> None:
        if isinstance(told, progress.PaymentCodeReady):
            texts.append(told.text)
            assert told.valid_seconds == 120
            assert booth.gateway.scan(told.text)

    pay(booth, scan)
    assert booth.store.sale("S1").outcome == "done"
    assert booth.gateway.taken_minor == 12000
    (text,) = texts
    assert all(text not in repr(row) for row in booth.store.journal_after(0, 100))
    assert text not in repr(booth.told)


def test_a_payer_who_gives_up_pays_nothing_and_may_pay_otherwise(booth: Booth) -> None:
    stopping: list[threading.Thread] = []

    def stop(told: Progress) -> None:
        if isinstance(told, progress.PaymentCodeReady):
            stopping.append(threading.Thread(target=process.stop_paying, args=["S1"]))
            stopping[0].start()

    process = hearing(booth, stop)
    process.open("S1", basket())
    process.pay("S1", Payer("wechat-qr"))
    stopping[0].join()
    assert booth.told[-1] == progress.PaymentUndone("S1", 1)
    assert [*booth.gateway.payments.values()] == ["CLOSED"]
    process.cancel("S1")
    assert booth.store.sale("S1").outcome == "released"


def test_to_stop_what_does_not_wait_does_nothing(booth: Booth) -> None:
    process = hearing(booth, lambda told: None)
    process.open("S1", basket())
    process.stop_paying("S1")
    process.stop_paying("S2")
    assert booth.told == [progress.SaleReady("S1")]


class Brief(WeChatNative):
    """The real driver; its codes are shown for a moment only."""

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        answer = super().submit(charge, tell)
        assert isinstance(answer, Pending)
        assert answer.show is not None
        return Pending(replace(answer.show, valid_seconds=0.2))


@pytest.fixture
def brief(booth: Booth) -> Booth:
    settings = WeChatSettings.from_mapping(booth.gateway.settings())
    return replace(booth, counter=replace(booth.counter, methods={"wechat-qr": Brief(settings)}))


def test_a_code_that_nobody_scans_in_time_is_shut(brief: Booth) -> None:
    pay(brief, lambda told: None)
    assert brief.told[-1] == progress.PaymentUndone("S1", 1)
    assert brief.gateway.taken_minor == 0


def test_money_that_comes_while_the_code_is_being_shut_goes_back(brief: Booth) -> None:
    texts: list[str] = []

    def scan_too_late(told: Progress) -> None:
        if isinstance(told, progress.PaymentCodeReady):
            texts.append(told.text)
        elif isinstance(told, progress.PaymentUnsure):
            assert brief.gateway.scan(texts[0])

    pay(brief, scan_too_late)
    assert [attempt.state for attempt in brief.store.sale("S1").attempts] == ["refunded"]
    assert brief.gateway.taken_minor == 0
    assert brief.store.sale("S1").outcome is None


def test_a_restart_shows_no_code_so_it_is_shut_at_once_and_the_sale_released(
    open_booth: Callable[[], Booth], booth: Booth
) -> None:
    order = booth.counter.ids.order_no()
    booth.store.record("S1", basket(1))
    booth.store.hold("S1", SLOT, 1, lambda _: True)
    booth.counter.methods["wechat-qr"].submit(Charge(order, 6000, "CNY", "x"))
    booth.store.record("S1", ev.PaymentCreated(1, "wechat-qr", order, basket(1).total), ev.PaymentSubmitted(1))
    again = open_booth()
    again.process.resume()
    assert again.store.sale("S1").outcome == "released"
    assert again.gateway.payments[order] == "CLOSED"


def test_what_was_scanned_before_a_restart_becomes_tickets(open_booth: Callable[[], Booth], booth: Booth) -> None:
    order = booth.counter.ids.order_no()
    booth.store.record("S1", basket(1))
    booth.store.hold("S1", SLOT, 1, lambda _: True)
    answer = booth.counter.methods["wechat-qr"].submit(Charge(order, 6000, "CNY", "x"))
    booth.store.record("S1", ev.PaymentCreated(1, "wechat-qr", order, basket(1).total), ev.PaymentSubmitted(1))
    assert isinstance(answer, Pending)
    assert answer.show is not None
    assert booth.gateway.scan(answer.show.text)
    again = open_booth()
    again.process.resume()
    assert again.store.sale("S1").outcome == "done"
    assert again.gateway.taken_minor == 6000
