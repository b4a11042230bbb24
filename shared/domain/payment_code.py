"""What was put before the scanner at the payment step: a wallet's payment code, or what else it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum


class Wallet(Enum):
    """Whose payment code it is."""

    WECHAT = "wechat"
    ALIPAY = "alipay"
    UNIONPAY = "unionpay"


class OtherCode(Enum):
    """What a code is that nobody can pay with: enough for a screen to say what to do."""

    EMPTY = "empty"  # nothing but blanks: show it again
    INCOMPLETE = "incomplete"  # begins like a payment code, with digits missing or too many: show it again
    LINK = "link"  # a web or app link, such as a code for paying somebody else: open the wallet's "Pay" page
    TICKET = "ticket"  # the code of a ticket
    NUMBER = "number"  # some other number, such as a product's bar code
    TEXT = "text"  # some other readable text
    GARBLED = "garbled"  # bytes that are no text: show it again


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A payment code by its form. `digits` are as good as money for a minute, so they are in no repr."""

    wallet: Wallet
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotAPaymentCode:
    """Something else was scanned."""

    kind: OtherCode


# Prefixes and lengths that the wallets publish for the codes payers show to merchants.
_WALLETS = (
    (Wallet.WECHAT, re.compile(r"1[0-5]\d{16}", re.ASCII)),
    (Wallet.ALIPAY, re.compile(r"(?:2[5-9]|30)\d{14,22}", re.ASCII)),
    (Wallet.UNIONPAY, re.compile(r"62\d{17}", re.ASCII)),
)

# In order: the first that fits the whole text names it. A ticket is base45 of 112 bytes, that is 168 characters.
_OTHERS = (
    (OtherCode.EMPTY, re.compile(r"")),
    (OtherCode.INCOMPLETE, re.compile(r"(?:1[0-5]|2[5-9]|30|62)\d{12,24}", re.ASCII)),
    (OtherCode.NUMBER, re.compile(r"\d+", re.ASCII)),
    (OtherCode.LINK, re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)),
    (OtherCode.TICKET, re.compile(r"[0-9A-Z $%*+./:-]{168}")),
)


def classify(data: bytes) -> PaymentCode | NotAPaymentCode:
    """Says what a scanned code is by its form alone; only the provider can say whether it can be paid with."""
    try:
        text = data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return NotAPaymentCode(OtherCode.GARBLED)
    for wallet, form in _WALLETS:
        if form.fullmatch(text):
            return PaymentCode(wallet, text)
    return NotAPaymentCode(_other(text))


def _other(text: str) -> OtherCode:
    for kind, form in _OTHERS:
        if form.fullmatch(text):
            return kind
    return OtherCode.TEXT if text.isprintable() else OtherCode.GARBLED
