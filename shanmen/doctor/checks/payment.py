"""The ways to pay over the internet: settings, key files, and a question that moves no money."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import assert_never

from drivers.contracts.payment import Declined, DeclineReason, PaymentMethod, Unknown
from drivers.errors import ConfigurationError
from drivers.payment.zvt.administration import TerminalAtWork, TerminalRefusal, TerminalReport, TerminalSilent
from drivers.payment.zvt.terminal import ZvtTerminal
from drivers.registry_payment import build_payment_methods
from kiosk.settings import KioskSettings
from shanmen.doctor.checks.terminal import is_open_to_others
from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine

_PRIVATE = "private_key_file"


def look_at_payment(machine: Machine) -> Iterator[Finding]:
    """Asks each provider after an order that it cannot know: a genuine "no" proves keys, line and clock."""
    if machine.settings is None:
        return
    for name, section in machine.settings.payment.items():
        yield from _key_file(name, section)
        methods = open_methods(machine.settings, name)
        if isinstance(methods, Finding):
            yield methods
        else:
            yield ask(methods[0])


def open_methods(settings: KioskSettings, name: str) -> list[PaymentMethod] | Finding:
    """The ways to pay of one section; what is wrong with it when there can be none."""
    try:
        return list(build_payment_methods({name: settings.payment[name]}, settings.terminal.data).values())
    except ConfigurationError as error:
        return Finding("SETTING_WRONG", name, {"key": error.key, "reason": error.reason})


def ask(method: PaymentMethod) -> Finding:
    """What the provider says of an order that was never made, or the terminal of itself."""
    if isinstance(method, ZvtTerminal):
        return _ask_terminal(method)
    answer = method.query(fresh_order())
    match answer:
        case Unknown(cause):
            return Finding("PAYMENT_UNCLEAR", method.name, {"cause": cause})
        case Declined(DeclineReason.MERCHANT, detail):
            return Finding("PAYMENT_REFUSED", method.name, {"detail": detail})
        case _:
            return Finding("PAYMENT_WELL", method.name)


def _ask_terminal(terminal: ZvtTerminal) -> Finding:
    answer = terminal.administration.status()
    match answer:
        case TerminalReport() | TerminalAtWork():
            return Finding("CARD_TERMINAL_WELL", terminal.name)
        case TerminalRefusal(code):
            return Finding("PAYMENT_REFUSED", terminal.name, {"detail": f"{code:02X}"})
        case TerminalSilent(cause):
            return Finding("PAYMENT_UNCLEAR", terminal.name, {"cause": cause})
    assert_never(answer)


def fresh_order() -> str:
    """An order number that was never used; it says where it comes from."""
    return f"DOCTOR{secrets.token_hex(10)}"


def _key_file(device: str, values: Mapping[str, object]) -> Iterator[Finding]:
    named = values.get(_PRIVATE)  # a card terminal has none
    if named and is_open_to_others(Path(str(named))):
        yield Finding("PAYMENT_KEY_OPEN", device, {"path": str(named)})
