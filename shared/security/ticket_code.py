"""The code on a ticket: payload and signature in base45, which a QR holds as alphanumeric text (design: sync.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from base45 import b45decode, b45encode  # type: ignore[import-untyped]

from shared.domain.ticket import SIGNATURE_BYTES, TicketPayload
from shared.security.keys import Keyring, SigningKey

CODE_CHARACTERS = 168  # 48 bytes and 64 of signature, two bytes in three characters (RFC 9285)


@dataclass(frozen=True, slots=True)
class Genuine:
    """Signed by a key of the ring. It may still be used, voided or of another day."""

    payload: TicketPayload
    owner: str


class ForgedReason(Enum):
    """Why a ticket's form is right and its origin is not."""

    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"


@dataclass(frozen=True, slots=True)
class Forged:
    """Made like a ticket, but not by one of the ring's keys."""

    reason: ForgedReason


class NotATicketReason(Enum):
    """Why a text is no ticket of ours at all."""

    WRONG_LENGTH = "wrong_length"
    NOT_BASE45 = "not_base45"
    UNKNOWN_LAYOUT = "unknown_layout"  # a version, an algorithm or a time this program does not know


@dataclass(frozen=True, slots=True)
class NotATicket:
    """Some other code."""

    reason: NotATicketReason


TicketCheck = Genuine | Forged | NotATicket


def seal(payload: TicketPayload, key: SigningKey) -> str:
    """Signs a ticket: the text of its QR, CODE_CHARACTERS long.

    Raises ValueError when the payload names another key, struct.error when a field is out of its range.
    """
    if payload.key_id != key.public.key_id:
        raise ValueError("the payload names another key")
    body = payload.to_bytes()
    text: bytes = b45encode(body + key.sign(body))
    return text.decode("ascii")


def open_ticket(code: str, keyring: Keyring) -> TicketCheck:
    """Says what a scanned text is. The text is taken as it stands: a space is one of base45's characters."""
    if len(code) != CODE_CHARACTERS:
        return NotATicket(NotATicketReason.WRONG_LENGTH)
    try:
        data: bytes = b45decode(code)
    except ValueError:
        return NotATicket(NotATicketReason.NOT_BASE45)
    body, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
    try:
        payload = TicketPayload.from_bytes(body)
    except ValueError:
        return NotATicket(NotATicketReason.UNKNOWN_LAYOUT)
    return _checked(payload, body, signature, keyring)


def _checked(payload: TicketPayload, body: bytes, signature: bytes, keyring: Keyring) -> Genuine | Forged:
    key = keyring.find(payload.key_id)
    if key is None:
        return Forged(ForgedReason.UNKNOWN_KEY)
    if not key.verifies(signature, body):
        return Forged(ForgedReason.BAD_SIGNATURE)
    return Genuine(payload, keyring.owners[payload.key_id])
