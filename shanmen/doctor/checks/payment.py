"""The ways to pay over the internet: settings, key files, and a question that moves no money."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from drivers.contracts.payment import Declined, DeclineReason, PaymentMethod, Unknown
from drivers.errors import ConfigurationError
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import WeChatSettings
from shanmen.doctor.checks.devices import wrong_setting
from shanmen.doctor.checks.terminal import is_open_to_others
from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine

_PRIVATE = "private_key_file"


def look_at_payment(machine: Machine) -> Iterator[Finding]:
    """Asks each provider after an order that it cannot know: a genuine "no" proves keys, line and clock."""
    if machine.settings is None:
        return
    yield from _key_file("wechat", machine.settings.wechat)
    try:
        method = open_wechat(machine.settings.wechat)
    except ConfigurationError as error:
        yield wrong_setting("wechat", error)
        return
    yield ask(method)


def open_wechat(values: Mapping[str, object]) -> PaymentMethod:
    """Raises ConfigurationError."""
    return WeChatPay(WeChatSettings.from_mapping(values))


def ask(method: PaymentMethod) -> Finding:
    """What the provider says of an order that was never made."""
    answer = method.query(fresh_order())
    match answer:
        case Unknown(cause):
            return Finding("PAYMENT_UNCLEAR", method.name, {"cause": cause})
        case Declined(DeclineReason.MERCHANT, detail):
            return Finding("PAYMENT_REFUSED", method.name, {"detail": detail})
        case _:
            return Finding("PAYMENT_WELL", method.name)


def fresh_order() -> str:
    """An order number that was never used; it says where it comes from."""
    return f"DOCTOR{secrets.token_hex(10)}"


def _key_file(device: str, values: Mapping[str, object]) -> Iterator[Finding]:
    path = Path(str(values.get(_PRIVATE, "")))
    if is_open_to_others(path):
        yield Finding("PAYMENT_KEY_OPEN", device, {"path": str(path)})
