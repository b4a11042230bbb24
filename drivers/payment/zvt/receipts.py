"""Receipts that a terminal sends to be printed by us: line by line (06 D1) or in one block (06 D3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from drivers.payment.zvt.apdu import PRINT_LINE, Apdu
from drivers.payment.zvt.tlv import Tlv, find, parse_tlv, tlv_length

_RECEIPT_TYPE, _LINE = 0x1F07, 0x07
_TLV_BMP = 0x06
_CUT = 0x81  # attribute of the last line
# 12 digits and more could be a card number; terminals mask them, and what one did not mask is masked here.
_CARD_NUMBER = re.compile(r"\d(?:[ -]?\d){11,18}")
_SHOWN_DIGITS = 4


class ReceiptKind(IntEnum):
    """Whom a receipt is for (tag 1F 07)."""

    MERCHANT = 1
    PAYER = 2
    ADMINISTRATION = 3


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Lines of one receipt; `ends` when it is to be cut after them."""

    lines: tuple[str, ...]
    kind: ReceiptKind | None
    ends: bool


class Receipts:
    """Collects what one transaction has to print."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._done: list[tuple[ReceiptKind | None, tuple[str, ...]]] = []
        self._lines: list[str] = []

    def add(self, message: Apdu) -> bool:
        """Takes a print message; False when it cannot be read."""
        part = read_part(message, self._charset)
        if part is None:
            return False
        self._lines += part.lines
        if part.ends:
            self._done.append((part.kind, tuple(self._lines)))
            self._lines = []
        return True

    @property
    def for_payer(self) -> tuple[str, ...]:
        """The payer's receipt; where the terminal does not say which it is, the last one."""
        every = [*self._done, *([(None, tuple(self._lines))] if self._lines else [])]
        marked = [lines for kind, lines in every if kind is ReceiptKind.PAYER]
        unmarked = [lines for kind, lines in every if kind is None]
        return (marked or unmarked or [()])[-1]

    @property
    def all_lines(self) -> tuple[str, ...]:
        """Everything that was sent, in order."""
        return (*(line for _, lines in self._done for line in lines), *self._lines)


def read_part(message: Apdu, charset: str) -> PrintedPart | None:
    """One print message; None when it is not whole."""
    return _line(message.data, charset) if message.command == PRINT_LINE else _block(message.data, charset)


def _line(data: bytes, charset: str) -> PrintedPart | None:
    if not data:
        return None
    text, marked, container = data[1:].partition(bytes((_TLV_BMP,)))
    objects = _container(container) if marked else ()
    if objects is None:
        return None
    shown = (_text(text, charset),) if data[0] != _CUT else ()
    return PrintedPart(shown, _kind(objects), data[0] == _CUT)


def _block(data: bytes, charset: str) -> PrintedPart | None:
    objects = _container(data[1:]) if data[:1] == bytes((_TLV_BMP,)) else None
    if objects is None:
        return None
    return PrintedPart(tuple(_text(each.value, charset) for each in find(objects, _LINE)), _kind(objects), ends=True)


def _container(data: bytes) -> tuple[Tlv, ...] | None:
    """The objects after the number of the TLV bitmap."""
    length = tlv_length(data)
    if length is None or len(data) != length[0] + length[1]:
        return None
    return parse_tlv(data[length[1] :])


def _kind(objects: tuple[Tlv, ...]) -> ReceiptKind | None:
    found = find(objects, _RECEIPT_TYPE)
    value = found[0].value[-1] if found and found[0].value else 0
    return ReceiptKind(value) if value in (1, 2, 3) else None


def _text(data: bytes, charset: str) -> str:
    text = "".join(c for c in data.decode(charset, errors="replace") if c.isprintable())
    return _CARD_NUMBER.sub(_masked, text).rstrip()


def _masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return "*" * (len(digits) - _SHOWN_DIGITS) + digits[-_SHOWN_DIGITS:]
