"""Paying at a card terminal: the payer is followed step by step, may give up, and a restart settles what was open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.contracts.payment import Charge, DeclineReason
from drivers.contracts.payment_steps import TerminalStep
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.terminal import ZvtTerminal
from shared.domain import sale as ev
from shared.selling import progress
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.selling.progress import Progress
from tests.selling.conftest import SLOT, Booth, basket

CARD = Payer("card")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[ZvtTerminalEmulator]:
    with ZvtTerminalEmulator(tmp_path / "terminal") as emulator:
        yield emulator


def at_terminal(
    booth: Booth, terminal: ZvtTerminalEmulator, folder: Path, heard: Callable[[Progress], None] = lambda _: None
) -> SaleProcess:
    """The booth's process with the card terminal; a second one is a restart."""
    values = {"address": terminal.address, "book_file": str(folder / "card.orders"), "silence_seconds": 5.0}

    def tell(told: Progress) -> None:
        booth.told.append(told)
        heard(told)

    card = ZvtTerminal(ZvtSettings.from_mapping("payment.card", values))
    return SaleProcess(replace(booth.counter, methods={"card": card}, tell=tell))


def test_the_screen_follows_the_payer_and_the_receipt_lines_are_in_the_journal(
    booth: Booth, terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    process = at_terminal(booth, terminal, tmp_path)
    process.open("S1", basket())
    process.pay("S1", CARD)
    sale = booth.store.sale("S1")
    assert sale.outcome == "done"
    assert sale.attempts[0].receipt[0] == "** KUNDENBELEG **"
    steps = [told.step for told in booth.told if isinstance(told, progress.PaymentStepReached)]
    assert steps == [
        TerminalStep.PRESENT_CARD,
        TerminalStep.ENTER_PIN,
        TerminalStep.WAIT,
        TerminalStep.REMOVE_CARD,
    ]
    assert terminal.taken_minor == 12000


def test_a_payer_who_gives_up_at_the_terminal_may_pay_again(
    booth: Booth, terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    terminal.expect(CardBehaviour.WAIT)
    asked = threading.Event()
    process = at_terminal(
        booth, terminal, tmp_path, lambda told: asked.set() if isinstance(told, progress.PaymentStepReached) else None
    )
    process.open("S1", basket())
    paying = threading.Thread(target=process.pay, args=["S1", CARD])
    paying.start()
    assert asked.wait(10)
    process.stop_paying("S1")
    paying.join(10)
    assert booth.told[-1] == progress.PaymentRefused("S1", 1, DeclineReason.CANCELLED)
    assert terminal.taken_minor == 0
    process.pay("S1", CARD)
    assert booth.store.sale("S1").outcome == "done"
    assert terminal.taken_minor == 12000


@pytest.mark.parametrize("behaviour", [CardBehaviour.ANSWER_LOST, CardBehaviour.OTHER_AMOUNT, CardBehaviour.GARBLED])
def test_an_unclear_end_becomes_tickets_once_the_last_receipt_tells(
    booth: Booth, terminal: ZvtTerminalEmulator, tmp_path: Path, behaviour: CardBehaviour
) -> None:
    terminal.expect(behaviour)
    process = at_terminal(booth, terminal, tmp_path)
    process.open("S1", basket())
    process.pay("S1", CARD)
    assert progress.PaymentUnsure("S1", 1) in booth.told
    assert booth.store.sale("S1").outcome == "done"
    assert terminal.taken_minor == 12000


@pytest.mark.parametrize("behaviour", [CardBehaviour.ANSWER_LOST, CardBehaviour.LINE_LOST, CardBehaviour.DECLINED])
def test_a_restart_in_the_middle_of_a_payment_ends_with_tickets_or_no_money(
    open_booth: Callable[[], Booth],
    booth: Booth,
    terminal: ZvtTerminalEmulator,
    tmp_path: Path,
    behaviour: CardBehaviour,
) -> None:
    """The machine stops after the request has left: the answer is not in the journal."""
    values = {"address": terminal.address, "book_file": str(tmp_path / "card.orders")}
    order = booth.counter.ids.order_no()
    booth.store.record("S1", basket(1))
    booth.store.hold("S1", SLOT, 1, lambda _: True)
    booth.store.record("S1", ev.PaymentCreated(1, "card", order, basket(1).total), ev.PaymentSubmitted(1))
    terminal.expect(behaviour)
    ZvtTerminal(ZvtSettings.from_mapping("payment.card", values)).submit(Charge(order, 6000, "CNY", "x"))
    again = open_booth()
    at_terminal(again, terminal, tmp_path).resume()
    paid = behaviour is CardBehaviour.ANSWER_LOST
    assert again.store.sale("S1").outcome == ("done" if paid else "released")
    assert terminal.taken_minor == (6000 if paid else 0)
