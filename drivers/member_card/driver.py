"""The member card reader: tells a card that is laid down and taken away, and finds its reader again."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.contracts.member_card import (
    CardAnswer,
    CardGone,
    CardPresented,
    CardReaderLost,
    CardUnreadable,
    NothingNew,
)
from drivers.member_card.apdu import read_uid, status_word
from drivers.member_card.card_service import CardRemovedError, CardService, CardServiceError, ReaderState
from drivers.thread_claim import ThreadClaim


class PcscCardReader:
    """Implements `drivers.contracts.member_card.MemberCardReader`. `name`: part of the reader's name, empty = any."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._claim = ThreadClaim("the card reader")
        self._service: CardService | None = None
        self._reader = ""
        self._known = 0
        self._card_lies = False
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Cards read and cards that told no number since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()

    def close(self) -> None:
        self._drop()
        self._claim.release()

    def wait(self, seconds: float) -> CardAnswer:
        self._claim.check()
        try:
            service = self._session()
            state = service.wait(self._reader, self._known, seconds)
            return NothingNew() if state is None else self._changed(service, state)
        except CardServiceError as error:
            self._drop()
            return CardReaderLost(error.cause)

    def _session(self) -> CardService:
        """The session with the reader chosen. Raises CardServiceError."""
        if self._service is None:
            self._service = CardService()
        if not self._reader:
            names = [name for name in self._service.readers() if self._name.lower() in name.lower()]
            if not names:
                raise CardServiceError("no card reader is plugged in")
            self._reader, self._known = names[0], self._service.unaware
        return self._service

    def _changed(self, service: CardService, state: ReaderState) -> CardAnswer:
        self._known = state.word
        lay, self._card_lies = self._card_lies, state.present
        if state.present:
            return self._count(self._read(service, state))
        return CardGone() if lay else NothingNew()

    def _read(self, service: CardService, state: ReaderState) -> CardPresented | CardUnreadable:
        try:
            answer = service.ask_uid(self._reader)
        except CardRemovedError:
            return CardUnreadable("the card was taken away too soon or is of another kind")
        uid = read_uid(answer)
        if uid is None:
            return CardUnreadable(f"the card tells no number (status {status_word(answer)})")
        return CardPresented(uid, state.atr)

    def _count(self, answer: CardPresented | CardUnreadable) -> CardPresented | CardUnreadable:
        self._reads += isinstance(answer, CardPresented)
        self._unreadable += isinstance(answer, CardUnreadable)
        return answer

    def _drop(self) -> None:
        """Whatever lay there is not known any more."""
        if self._service is not None:
            self._service.close()
        self._service, self._reader, self._card_lies = None, "", False
