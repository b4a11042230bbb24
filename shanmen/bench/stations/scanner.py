"""The code scanner on the bench, with the payer's telephone before it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.gateway_codes import Behaviour, make_alipay_code, make_code
from drivers.emulators.serial_scanner import ScannerTrouble, SerialScannerEmulator
from shanmen.bench.action import Action, Choice, NonsenseError, OneOf, Press, Words
from shanmen.bench.reading import Lamp, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import fault_switch, unplug_switch

_CODES = {
    "pays": ("Pays", Behaviour.APPROVE),
    "confirms": ("Confirms first", Behaviour.CONFIRM_SOON),
    "cancels": ("Cancels", Behaviour.CANCEL_SOON),
    "no-money": ("No money", Behaviour.NOT_ENOUGH),
    "expired": ("Expired", Behaviour.EXPIRED),
    "lost": ("Answer lost", Behaviour.ANSWER_LOST),
    "late": ("Answer late", Behaviour.LATE),
    "forged": ("Not signed", Behaviour.NO_SIGNATURE),
}
_TORN_CODE = "13012345"
_FAULTS = (
    ("garble", "Garbles what it reads", ScannerTrouble.GARBLE),
    ("slow", "Slow line", ScannerTrouble.SLOW),
    ("cut-off", "Cuts codes off", ScannerTrouble.CUT_OFF),
)


def open_scanner(stack: ExitStack, _folder: Path) -> Station:
    """Starts a serial scanner on a pty."""
    return scanner_station(stack.enter_context(SerialScannerEmulator()))


def scanner_station(scanner: SerialScannerEmulator) -> Station:
    """The place of a scanner that runs already."""
    return Station(
        "scanner",
        "Code scanner",
        _actions(scanner),
        {"scanner": {"driver": "serial", "address": scanner.address}},
        lambda: _readings(scanner),
    )


def _actions(scanner: SerialScannerEmulator) -> tuple[Action, ...]:
    def present(code: str, said: str) -> str:
        if not scanner.is_plugged:
            raise NonsenseError("The scanner is unplugged.")
        scanner.present(code)
        return said

    def show(make: Callable[[Behaviour], str], word: str) -> str:
        label, behaviour = _CODES[word]
        return present(make(behaviour), f"A code was shown: {label.lower()}.")

    choices = tuple(Choice(word, label) for word, (label, _) in _CODES.items())
    return (
        Press("code", "WeChat Pay code", lambda word: show(make_code, word), OneOf("code", choices)),
        Press("alipay-code", "Alipay code", lambda word: show(make_alipay_code, word), OneOf("code", choices)),
        Press("torn-code", "Hold a torn code before it", lambda _: present(_TORN_CODE, "A torn code was shown.")),
        Press("text", "Hold any text before it", lambda text: present(text, "It was shown."), Words("text", "12345")),
        unplug_switch(scanner),
        *(fault_switch(scanner, verb, label, fault) for verb, label, fault in _FAULTS),
    )


def _readings(scanner: SerialScannerEmulator) -> tuple[Reading, ...]:
    return (Lamp("plugged in", scanner.is_plugged),)
