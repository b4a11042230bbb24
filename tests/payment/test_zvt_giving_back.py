"""Money back from the card terminal, and what its staff ask of it."""

from __future__ import annotations

import threading
from pathlib import Path

from drivers.contracts.payment import (
    Charge,
    Declined,
    Paid,
    Refunded,
    Unknown,
)
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.health import Degraded, Healthy, Lost
from drivers.payment.zvt.administration import TerminalRefusal, TerminalReport
from drivers.payment.zvt.terminal import ZvtTerminal
from drivers.payment.zvt.watch import TerminalWatch
from tests.payment.conftest import open_card

CHARGE = Charge("order-000001", 18000, "CNY", "ticket")


def test_after_the_end_of_the_day_a_payment_is_refunded_to_the_card(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator
) -> None:
    assert isinstance(card.submit(CHARGE), Paid)
    report = card.administration.end_of_day()
    assert isinstance(report, TerminalReport)
    assert report.amount_minor == 18000
    assert "** KASSENSCHNITT **" in report.lines
    undone = card.reverse(CHARGE.order_no)
    assert isinstance(undone, Paid)
    assert isinstance(card.refund(CHARGE.order_no, "refund-1", 18000, 18000), Refunded)
    assert terminal.taken_minor == 0


def test_a_part_refunded_whose_answer_is_lost_is_not_refunded_again(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    card.submit(CHARGE)
    terminal.lose_next_answer()
    assert isinstance(card.refund(CHARGE.order_no, "refund-1", 6000, 18000), Unknown)
    again = open_card(terminal, tmp_path)
    first = again.refund(CHARGE.order_no, "refund-1", 6000, 18000)
    assert isinstance(first, Refunded)
    assert again.refund(CHARGE.order_no, "refund-1", 6000, 18000) == first
    assert terminal.taken_minor == 12000


def test_a_payer_who_does_not_come_for_a_refund_keeps_the_claim(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator
) -> None:
    card.submit(CHARGE)
    terminal.expect(CardBehaviour.WITHDRAWN)
    answer = card.refund(CHARGE.order_no, "refund-1", 6000, 18000)
    assert isinstance(answer, Declined)
    assert isinstance(card.refund(CHARGE.order_no, "refund-1", 6000, 18000), Refunded)
    assert terminal.taken_minor == 12000


def test_what_was_never_paid_here_is_not_refunded(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    assert isinstance(card.refund("order-unknown", "refund-1", 100, 100), Declined)
    card.submit(CHARGE)
    assert isinstance(card.refund(CHARGE.order_no, "refund-1", 20000, 20000), Declined)
    assert terminal.taken_minor == 18000


def test_a_watch_tells_whether_the_terminal_can_be_paid_at(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    card = open_card(terminal, tmp_path, silence_seconds=20.0)
    watch = TerminalWatch(card)
    assert watch.look() == Healthy()
    terminal.serve_next()
    terminal.answer_next(b"\x80\x00\x00\x06\x1e\x01\xc2")
    assert watch.look() == Degraded("card_terminal", "not ready: C2")
    terminal.expect(CardBehaviour.WAIT)
    waiting = threading.Event()
    paying = threading.Thread(target=card.submit, args=[CHARGE, lambda step: waiting.set()])
    paying.start()
    assert waiting.wait(5)
    assert watch.look() == Healthy()
    terminal.act()
    paying.join(10)
    assert watch.counters() == {"looks": 3}
    gone = TerminalWatch(open_card(terminal, tmp_path, address="tcp://127.0.0.1:1"))
    assert isinstance(gone.look(), Lost)


def test_staff_see_what_the_terminal_is_at(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    assert isinstance(card.administration.status(), TerminalReport)
    diagnosis = card.administration.diagnosis()
    assert isinstance(diagnosis, TerminalReport)
    assert diagnosis.lines == ("Diagnose erfolgreich",)
    terminal.serve_next()
    terminal.answer_next(b"\x80\x00\x00\x06\x1e\x01\xc2")
    assert card.administration.status() == TerminalRefusal(0xC2)
