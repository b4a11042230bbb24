"""Readers of identity documents: what a card or a passport says, and what a reader may answer.

Every reader gives the same `IdentityDetails`; `shared.identity` makes the visitor's document of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal, Protocol


class IdentityKind(Enum):
    """What was read. The values are those of `DocumentKind` in shared.domain.visitor."""

    RESIDENT_CARD = "resident_card"
    HK_MACAO_TAIWAN_PERMIT = "hk_macao_taiwan_permit"
    FOREIGN_PERMANENT_RESIDENT = "foreign_permanent_resident"
    PASSPORT = "passport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class IdentityDetails:
    """A document's text, checked by its own rules and not yet judged. Nothing of a person is in the repr.

    `holder` is the name in the document's own script, `latin_name` in Latin letters (surname first, as printed);
    either may be empty. `nationality` and `issuer` are codes of ICAO 9303 or empty. `expiry` is the last day of
    validity, None when there is none. `mrz_number` is the number's field of a machine-readable zone with its check
    digit. A card's address and its holder's ethnic group are not taken over: nobody here needs them.
    """

    kind: IdentityKind
    number: str = field(repr=False)
    holder: str = field(default="", repr=False)
    latin_name: str = field(default="", repr=False)
    sex: Literal["female", "male", ""] = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    nationality: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)
    expiry: date | None = field(default=None, repr=False)
    mrz_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Photograph:
    """The portrait as the device gave it: opaque bytes, never in a log or repr.

    `encoding` `wlt` (resident cards) needs the maker's licensed decoder, which is not part of this program.
    """

    encoding: str
    data: bytes = field(repr=False)


class Doubt(Enum):
    """Why a person must look at what was read before it counts."""

    REPAIRED = "repaired"  # a look-alike character was put right so that the check digits agree
    LOOKALIKE = "lookalike"  # a character might be another one that the check digits cannot tell apart
    UNCLEAR = "unclear"  # a part without a check digit was read with little certainty
    UNKNOWN_STATE = "unknown_state"  # nationality or issuer is no code of ICAO 9303


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """All that can be checked is right and nothing is in doubt, or a person confirmed it."""

    details: IdentityDetails
    photograph: Photograph | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationNeeded:
    """All check digits are right, but only a person can say whether this is what the document says."""

    details: IdentityDetails
    doubts: frozenset[Doubt]

    def confirmed(self) -> DocumentRead:
        """After a person compared it with the document, and only then."""
        return DocumentRead(self.details)


@dataclass(frozen=True, slots=True)
class NoDocument:
    """The waiting time passed without a document."""


class UnreadableReason(Enum):
    """Why a document that is there gives nothing, as far as its holder or a cashier can do something about it."""

    REMOVED = "removed"  # taken away or moved while it was read: lay it down again
    CHECK_DIGIT = "check_digit"  # what was read contradicts itself
    FORM = "form"  # no known kind of document looks so
    NOT_GENUINE = "not_genuine"  # the reader's security module refuses the card
    UNCLEAR = "unclear"  # blurred, glaring, cut off or turned


@dataclass(frozen=True, slots=True)
class DocumentUnreadable:
    """A document is there and cannot be read; nothing of it is kept."""

    reason: UnreadableReason


class ReaderTrouble(Enum):
    """Why a reader that answers cannot read any document."""

    SELF_TEST = "self_test"
    NOT_AUTHORISED = "not_authorised"  # its security module is not enabled
    LINE = "line"  # what it says arrives damaged, or it gets our commands damaged
    PROTOCOL = "protocol"  # its answers do not fit the questions: another device, or wrong settings


@dataclass(frozen=True, slots=True)
class ReaderFault:
    """The reader answers and cannot do its work. `detail` is for support: status bytes, never what was read."""

    trouble: ReaderTrouble
    detail: str


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """Absent, silent or failed; it is looked for again by itself."""

    cause: str


IdentityAnswer = DocumentRead | ConfirmationNeeded | NoDocument | DocumentUnreadable | ReaderFault | ReaderLost


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """The reader answers. `serial` names the device for support (a security module's number), or is empty."""

    serial: str


ReaderStatus = ReaderReady | ReaderFault | ReaderLost


class IdentityReader(Protocol):
    """A reader of identity documents. All calls block and are made on the device's own thread."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> ReaderStatus:
        """Whether it could read a document now."""
        ...

    def read(self, seconds: float) -> IdentityAnswer:
        """The document that is or will be shown within `seconds`."""
        ...
