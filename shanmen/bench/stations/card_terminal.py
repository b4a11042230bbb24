"""The card terminal on the bench, and the payers who stand at it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.zvt_conversation import CardBehaviour
from drivers.emulators.zvt_terminal import ZvtTerminalEmulator
from shanmen.bench.action import Action, Choice, OneOf, Press
from shanmen.bench.reading import Fact, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import press

_PAYERS = {
    "declined": ("Bank declines", CardBehaviour.DECLINED),
    "no-money": ("Not enough", CardBehaviour.NOT_ENOUGH),
    "pin-wrong": ("Wrong PIN once", CardBehaviour.PIN_WRONG),
    "unreadable": ("Unreadable", CardBehaviour.UNREADABLE),
    "withdrawn": ("Card taken out", CardBehaviour.WITHDRAWN),
    "waits": ("Hesitates", CardBehaviour.WAIT),
    "lost": ("Answer lost", CardBehaviour.ANSWER_LOST),
    "other-amount": ("Other amount", CardBehaviour.OTHER_AMOUNT),
}


def open_card_terminal(stack: ExitStack, folder: Path) -> Station:
    """Starts a terminal; its transactions are kept in the folder."""
    place = folder / "card-terminal"
    terminal = stack.enter_context(ZvtTerminalEmulator(place))
    settings = {"payment": {"card": {"driver": "zvt", "address": terminal.address}}}
    return Station("card-terminal", "Card terminal", _actions(terminal), settings, lambda: _readings(terminal))


def _actions(terminal: ZvtTerminalEmulator) -> tuple[Action, ...]:
    def expect(word: str) -> str:
        label, behaviour = _PAYERS[word]
        terminal.expect(behaviour)
        return f"The next payer: {label.lower()}."

    choices = tuple(Choice(word, label) for word, (label, _) in _PAYERS.items())
    lost = "The next payment will be booked, and its answer lost."
    return (
        Press("payer", "The next payer (else: pays)", expect, OneOf("payer", choices)),
        press("act", "Who hesitates pays now", terminal.act, "The payer acts."),
        press("lose-answer", "Lose the next answer", terminal.lose_next_answer, lost),
    )


def _readings(terminal: ZvtTerminalEmulator) -> tuple[Reading, ...]:
    return (
        Fact("transactions", str(len(terminal.transactions))),
        Fact("holds", f"{terminal.taken_minor / 100:.2f}"),
    )
