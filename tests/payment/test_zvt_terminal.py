"""The card terminal against payers, registers and lines of every kind: money is taken once and known for certain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Paid,
    PaymentAnswer,
    PaymentMethod,
    Pending,
    Refunded,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentStep, TerminalStep, nobody
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.payment.zvt.administration import TerminalRefusal, TerminalReport, TerminalSilent
from drivers.payment.zvt.terminal import ZvtTerminal
from tests.payment.conftest import open_card
from tests.payment.cutting_line import CuttingLine

CHARGE = Charge("order-000001", 18000, "CNY", "ticket")


def test_the_payer_is_told_each_step_and_the_receipt_is_kept(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    method: PaymentMethod = card  # the contract is kept, as far as types tell
    terminal.expect(CardBehaviour.PIN_WRONG)
    steps: list[PaymentStep] = []
    answer = method.submit(CHARGE, steps.append)
    assert steps == [
        TerminalStep.PRESENT_CARD,
        TerminalStep.ENTER_PIN,
        TerminalStep.PIN_WRONG,
        TerminalStep.ENTER_PIN,
        TerminalStep.WAIT,
        TerminalStep.REMOVE_CARD,
    ]
    assert isinstance(answer, Paid)
    assert answer.receipt == ("** KUNDENBELEG **", "Trace-Nr 000001", "Nr: **** **** **** 4242")
    assert method.query(CHARGE.order_no) == answer


def test_receipts_that_come_in_one_block_are_kept_as_well(tmp_path: Path) -> None:
    with ZvtTerminalEmulator(tmp_path, as_block=True) as terminal:
        answer = open_card(terminal, tmp_path).submit(CHARGE)
    assert isinstance(answer, Paid)
    assert answer.receipt[0] == "** KUNDENBELEG **"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (CardBehaviour.DECLINED, DeclineReason.OTHER),
        (CardBehaviour.NOT_ENOUGH, DeclineReason.INSUFFICIENT_FUNDS),
        (CardBehaviour.UNREADABLE, DeclineReason.OTHER),
        (CardBehaviour.WITHDRAWN, DeclineReason.CANCELLED),
    ],
)
def test_a_refused_card_says_why(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, behaviour: CardBehaviour, reason: DeclineReason
) -> None:
    terminal.expect(behaviour)
    answer = card.submit(CHARGE)
    assert isinstance(answer, Declined)
    assert answer.reason is reason
    assert terminal.taken_minor == 0


@pytest.mark.parametrize(
    "behaviour",
    [
        CardBehaviour.ANSWER_LOST,
        CardBehaviour.COMPLETION_LOST,
        CardBehaviour.SYSTEM_ERROR,
        CardBehaviour.OTHER_AMOUNT,
        CardBehaviour.OTHER_CURRENCY,
        CardBehaviour.NO_AMOUNT,
        CardBehaviour.GARBLED,
    ],
)
def test_an_end_that_cannot_be_believed_is_unknown_and_the_last_receipt_settles_it(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, behaviour: CardBehaviour
) -> None:
    terminal.expect(behaviour)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert terminal.taken_minor == 18000
    answer = card.query(CHARGE.order_no)
    assert isinstance(answer, Paid)
    assert (answer.amount_minor, answer.currency) == (18000, "CNY")
    assert answer.receipt


def test_a_silent_terminal_is_given_up_in_time(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    card = open_card(terminal, tmp_path, silence_seconds=0.3)
    terminal.expect(CardBehaviour.SILENT)
    begun = time.monotonic()
    assert isinstance(card.submit(CHARGE), Unknown)
    assert time.monotonic() - begun < 3
    assert card.query(CHARGE.order_no) == Pending()  # it is still at it


def test_a_line_cut_before_the_booking_is_settled_as_not_paid(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    terminal.expect(CardBehaviour.LINE_LOST)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert isinstance(card.query(CHARGE.order_no), Declined)
    assert card.reverse(CHARGE.order_no) == Reversed()


def test_a_payer_who_pays_after_the_line_was_cut_is_pending_and_then_paid(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator
) -> None:
    terminal.expect(CardBehaviour.LINE_LOST_PAYS)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert card.query(CHARGE.order_no) == Pending()
    terminal.act()
    deadline = time.monotonic() + 5
    while card.query(CHARGE.order_no) == Pending() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert isinstance(card.query(CHARGE.order_no), Paid)


def test_a_restart_finds_the_payment_by_the_terminal_s_last_transaction(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    assert isinstance(card.submit(Charge("order-000000", 18000, "CNY", "the one before")), Paid)
    terminal.expect(CardBehaviour.ANSWER_LOST)
    assert isinstance(card.submit(CHARGE), Unknown)
    again = open_card(terminal, tmp_path)
    answer = again.query(CHARGE.order_no)
    assert isinstance(answer, Paid)
    assert answer.reference.endswith("000002")
    assert again.reverse(CHARGE.order_no) == Reversed()
    assert terminal.taken_minor == 18000


def test_the_payment_before_of_the_same_amount_is_not_taken_for_this_one(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    assert isinstance(card.submit(Charge("order-000000", 18000, "CNY", "the one before")), Paid)
    terminal.expect(CardBehaviour.LINE_LOST)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert isinstance(open_card(terminal, tmp_path).query(CHARGE.order_no), Declined)


def test_an_order_sent_again_is_not_paid_again(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    assert isinstance(card.submit(CHARGE), Paid)
    assert card.submit(CHARGE) == Unknown("the order was sent before")
    assert terminal.taken_minor == 18000


def paying(
    card: ZvtTerminal, steps: Callable[[PaymentStep], None] = nobody
) -> tuple[threading.Thread, list[PaymentAnswer]]:
    answers: list[PaymentAnswer] = []
    thread = threading.Thread(target=lambda: answers.append(card.submit(CHARGE, steps)))
    thread.start()
    return thread, answers


def test_a_payer_who_gives_up_ends_the_wait(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    terminal.expect(CardBehaviour.WAIT)
    waiting = threading.Event()
    thread, answers = paying(card, lambda step: waiting.set())
    assert waiting.wait(5)
    begun = time.monotonic()
    card.cancel(CHARGE.order_no)
    thread.join(5)
    assert time.monotonic() - begun < 2
    (answer,) = answers
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.CANCELLED
    assert terminal.taken_minor == 0


def test_a_cancel_that_comes_too_late_is_answered_by_the_payment(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator
) -> None:
    terminal.expect(CardBehaviour.WAIT_DEAF)
    waiting = threading.Event()
    thread, answers = paying(card, lambda step: waiting.set())
    assert waiting.wait(5)
    card.cancel(CHARGE.order_no)
    time.sleep(0.3)
    terminal.act()
    thread.join(5)
    assert isinstance(answers[0], Paid)
    assert terminal.taken_minor == 18000


def test_a_cancel_before_its_payment_counts(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    card.cancel(CHARGE.order_no)
    assert card.submit(CHARGE) == Declined(DeclineReason.CANCELLED, "before it began")
    assert terminal.commands == []


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.15])
def test_however_a_cancel_and_a_payment_race_both_sides_agree(
    card: ZvtTerminal, terminal: ZvtTerminalEmulator, delay: float
) -> None:
    thread, answers = paying(card)
    time.sleep(delay)
    card.cancel(CHARGE.order_no)
    thread.join(10)
    answer = answers[0] if not isinstance(answers[0], Unknown) else card.query(CHARGE.order_no)
    assert isinstance(answer, Paid | Declined)
    assert terminal.taken_minor == (18000 if isinstance(answer, Paid) else 0)


def test_one_payment_at_a_time(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    card = open_card(terminal, tmp_path, silence_seconds=5.0)
    terminal.expect(CardBehaviour.WAIT)
    waiting = threading.Event()
    thread, answers = paying(card, lambda step: waiting.set())
    assert waiting.wait(5)
    other = card.submit(Charge("order-000002", 100, "CNY", "x"))
    assert other == Declined(DeclineReason.OTHER, "the terminal is in use")
    terminal.act()
    thread.join(5)
    assert isinstance(answers[0], Paid)


def test_a_terminal_that_is_not_there_takes_no_money(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    card = open_card(terminal, tmp_path, address="tcp://127.0.0.1:1")
    answer = card.submit(CHARGE)
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.OTHER
    assert isinstance(card.administration.status(), TerminalSilent)


GARBAGE = {
    "nothing in time": b"",
    "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "half a message": b"\x04\x0f\x40\x27\x00",
    "a message without an end": b"\x04\x0f\xff\xff\xff" + bytes(100),
    "a refusal": b"\x84\x83\x00",
    "an answer to something else": b"\x06\x0f\x00",
    "a status nobody asked for": b"\x04\x0f\x02\x27\x00",
    "an acknowledgement and noise": b"\x80\x00\x00" + b"\xaa" * 50,
    "an acknowledgement and an abort without a code": b"\x80\x00\x00\x06\x1e\x00",
    "a completion without a status": b"\x80\x00\x00\x06\x0f\x00",
    "a status that is cut": b"\x80\x00\x00\x04\x0f\x05\x27\x00\x04\x00\x00\x06\x0f\x00",
    "another amount": b"\x80\x00\x00\x04\x0f\x09\x27\x00\x04\x00\x00\x00\x00\x00\x01\x06\x0f\x00",
    "a bad result and a good end": b"\x80\x00\x00\x04\x0f\x02\x27\x05\x06\x0f\x00",
}


@pytest.mark.parametrize("commands_before", [0, 1, 2])
@pytest.mark.parametrize("name", sorted(GARBAGE))
def test_whatever_a_terminal_says_instead_is_no_payment(
    terminal: ZvtTerminalEmulator, tmp_path: Path, name: str, commands_before: int
) -> None:
    card = open_card(terminal, tmp_path, silence_seconds=0.3, acknowledge_seconds=0.3)
    for _ in range(commands_before):
        terminal.serve_next()
    terminal.answer_next(GARBAGE[name])
    answer = card.submit(CHARGE)
    assert isinstance(answer, Declined | Unknown)
    assert terminal.taken_minor == 0
    if commands_before < 2:  # the money was not asked for yet
        assert isinstance(answer, Declined)
        assert 0x0601 not in terminal.commands


def test_a_line_cut_at_any_byte_loses_no_money_and_finds_none(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    with CuttingLine(terminal.address, None) as line:
        whole = open_card(terminal, tmp_path / "whole", address=line.address).submit(CHARGE)
        total = line.carried
    assert isinstance(whole, Paid)
    for number, cut in enumerate(range(1, total, 9)):
        before, folder = terminal.taken_minor, tmp_path / str(cut)
        charge = Charge(f"order-{number:06}", 18000, "CNY", "ticket")
        with CuttingLine(terminal.address, cut) as line:
            answer = open_card(terminal, folder, address=line.address).submit(charge)
        settled = open_card(terminal, folder).query(charge.order_no)
        booked = terminal.taken_minor - before
        assert isinstance(settled, Paid) == (booked == 18000), cut
        assert not isinstance(answer, Paid) or booked == 18000, cut
        assert not isinstance(answer, Declined) or booked == 0, cut


def test_bytes_that_come_one_by_one_are_the_same_payment(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    with CuttingLine(terminal.address, None, one_by_one=True) as line:
        card = open_card(terminal, tmp_path, address=line.address, silence_seconds=5.0)
        assert isinstance(card.submit(CHARGE), Paid)


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


def test_staff_see_what_the_terminal_is_at(card: ZvtTerminal, terminal: ZvtTerminalEmulator) -> None:
    assert isinstance(card.administration.status(), TerminalReport)
    diagnosis = card.administration.diagnosis()
    assert isinstance(diagnosis, TerminalReport)
    assert diagnosis.lines == ("Diagnose erfolgreich",)
    terminal.serve_next()
    terminal.answer_next(b"\x80\x00\x00\x06\x1e\x01\xc2")
    assert card.administration.status() == TerminalRefusal(0xC2)


def test_a_frame_that_is_not_acknowledged_is_sent_again(serial_terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    serial_terminal.go_deaf(2)
    assert isinstance(open_card(serial_terminal, tmp_path).submit(CHARGE), Paid)
    assert serial_terminal.taken_minor == 18000


def test_a_payment_over_the_serial_line_is_settled_as_well(
    serial_terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    card = open_card(serial_terminal, tmp_path, silence_seconds=0.4)
    serial_terminal.expect(CardBehaviour.ANSWER_LOST)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert isinstance(card.query(CHARGE.order_no), Paid)


def test_no_card_number_is_in_a_log(card: ZvtTerminal) -> None:
    with structlog.testing.capture_logs() as logs:
        answer = card.submit(CHARGE)
    assert "4242" not in f"{logs!r} {answer!r}"
