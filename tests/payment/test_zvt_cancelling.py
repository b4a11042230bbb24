"""A payer who gives up at the card terminal, in time or too late; and one payment at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Paid,
    PaymentAnswer,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentStep, nobody
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.payment.zvt.terminal import ZvtTerminal
from tests.payment.conftest import open_card

CHARGE = Charge("order-000001", 18000, "CNY", "ticket")


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
    card = open_card(terminal, tmp_path, silence_seconds=20.0)
    terminal.expect(CardBehaviour.WAIT)
    waiting = threading.Event()
    thread, answers = paying(card, lambda step: waiting.set())
    assert waiting.wait(5)
    other = card.submit(Charge("order-000002", 100, "CNY", "x"))
    assert other == Declined(DeclineReason.OTHER, "the terminal is in use")
    terminal.act()
    thread.join(5)
    assert isinstance(answers[0], Paid)
