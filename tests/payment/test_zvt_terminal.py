"""The card terminal and its payers: money is taken once, and what became of it is known for certain."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import structlog

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Paid,
    PaymentMethod,
    Pending,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentStep, TerminalStep
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.payment.zvt.terminal import ZvtTerminal
from tests.payment.conftest import open_card

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


def test_no_card_number_is_in_a_log(card: ZvtTerminal) -> None:
    with structlog.testing.capture_logs() as logs:
        answer = card.submit(CHARGE)
    assert "4242" not in f"{logs!r} {answer!r}"
