"""The machine's card service (pcscd) through the PC/SC interface, as far as a member card needs it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from drivers.member_card.apdu import GET_UID


class CardServiceError(Exception):
    """The service or the reader failed. `cause` is one short phrase."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class CardRemovedError(Exception):
    """The card went away, or does not speak, while it was asked."""


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader's state word, as it is given back with the next question, and what it says."""

    word: int
    present: bool
    atr: bytes


class CardService:
    """A session with the service. Raises CardServiceError; a session that failed is only to be closed."""

    def __init__(self) -> None:
        try:
            self._scard: Any = import_module("smartcard.scard")
        except ImportError as error:
            raise CardServiceError("the optional part member-card is not installed") from error
        self._context = self._done(*self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_SYSTEM))

    @property
    def unaware(self) -> int:
        """The state word of somebody who knows nothing yet."""
        return int(self._scard.SCARD_STATE_UNAWARE)

    def readers(self) -> list[str]:
        """The names of the readers that are plugged in."""
        result, names = self._scard.SCardListReaders(self._context, [])
        if result == self._scard.SCARD_E_NO_READERS_AVAILABLE:
            return []
        return [str(name) for name in self._done(result, names)]

    def wait(self, reader: str, known: int, seconds: float) -> ReaderState | None:
        """The reader's state once it differs from `known`; None when `seconds` pass before."""
        milliseconds = max(1, round(seconds * 1000))
        result, states = self._scard.SCardGetStatusChange(self._context, milliseconds, [(reader, known)])
        if result == self._scard.SCARD_E_TIMEOUT:
            return None
        _, word, atr = self._done(result, states)[0]
        if word & (self._scard.SCARD_STATE_UNKNOWN | self._scard.SCARD_STATE_UNAVAILABLE):
            raise CardServiceError("the card reader was unplugged")
        present = bool(word & self._scard.SCARD_STATE_PRESENT) and not word & self._scard.SCARD_STATE_MUTE
        return ReaderState(word & ~self._scard.SCARD_STATE_CHANGED, present, bytes(atr))

    def ask_uid(self, reader: str) -> bytes:
        """The reader's answer to the question for the card's number. Raises CardRemovedError."""
        scard = self._scard
        any_protocol = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, card, protocol = scard.SCardConnect(self._context, reader, scard.SCARD_SHARE_SHARED, any_protocol)
        if result != scard.SCARD_S_SUCCESS:
            raise CardRemovedError
        try:
            result, answer = scard.SCardTransmit(card, protocol, list(GET_UID))
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        if result != scard.SCARD_S_SUCCESS:
            raise CardRemovedError
        return bytes(answer)

    def close(self) -> None:
        self._scard.SCardReleaseContext(self._context)

    def _done(self, result: int, value: Any) -> Any:
        if result != self._scard.SCARD_S_SUCCESS:
            raise CardServiceError(str(self._scard.SCardGetErrorMessage(result)).rstrip(". ").lower())
        return value
