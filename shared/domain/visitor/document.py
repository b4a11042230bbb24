"""The identity document a visitor shows: checked when it is made, and personal in every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import assert_never

from shared.domain.catalog.evidence import age_on
from shared.domain.visitor.check_digits import icao9303_check_digit
from shared.domain.visitor.numbers import (
    Said,
    Sex,
    normalised,
    read_chinese,
    read_foreign_resident,
    read_other,
)
from shared.domain.visitor.problems import DocumentProblem, VisitorDocumentError

__all__ = ["DocumentKind", "Sex", "VisitorDocument"]

_SHOWN = 4  # characters of a number that may be seen


class DocumentKind(Enum):
    """What a visitor may show."""

    RESIDENT_CARD = "resident_card"
    HK_MACAO_TAIWAN_PERMIT = "hk_macao_taiwan_permit"  # residence permit, not the pass for travelling
    FOREIGN_PERMANENT_RESIDENT = "foreign_permanent_resident"
    PASSPORT = "passport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VisitorDocument:
    """A document that can be taken: its number is normalised and right by its own rules.

    `nationality` is three letters (ISO 3166 or ICAO 9303), empty when not known. `expiry` is the last day of validity,
    None when it has none. What a number holds itself (birth, sex, nationality) need not be given. `mrz_number` is the
    number's field of a machine-readable zone with its check digit, fillers included; empty when there was none.
    Nothing of a person is in the repr. Raises VisitorDocumentError.
    """

    kind: DocumentKind
    number: str = field(repr=False)
    holder: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    nationality: str = field(default="", repr=False)
    expiry: date | None = field(default=None, repr=False)
    mrz_number: str = field(default="", repr=False)
    sex: Sex | None = field(init=False, default=None, repr=False)
    region: str | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        number, nationality = normalised(self.number), normalised(self.nationality)
        if not number:
            raise VisitorDocumentError(DocumentProblem.NO_NUMBER)
        _check_zone(number, self.mrz_number)
        said = _read(self.kind, number)
        if said.birth and self.birth and said.birth != self.birth:
            raise VisitorDocumentError(DocumentProblem.WRONG_BIRTH)
        if not _fits(nationality, said.nationality):
            raise VisitorDocumentError(DocumentProblem.WRONG_NATIONALITY)
        self._settle(number, nationality, said)

    def _settle(self, number: str, nationality: str, said: Said) -> None:
        settled = {
            "number": number,
            "nationality": nationality or said.nationality,
            "holder": self.holder.strip(),
            "birth": self.birth or said.birth,
            "sex": said.sex,
            "region": said.region,
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)

    @property
    def last4(self) -> str:
        """The characters that may be shown; a short number keeps half of itself hidden."""
        return self.number[-min(_SHOWN, len(self.number) // 2) :]

    @property
    def masked(self) -> str:
        """`****1234`: says neither how long the number is nor what it begins with."""
        return f"****{self.last4}"

    def age_on(self, day: date) -> int | None:
        """Full years on `day`; None when the date of birth is not known."""
        return None if self.birth is None else age_on(self.birth, day)

    def problem_on(self, day: date) -> DocumentProblem | None:
        """Why the document cannot be taken on `day`, or None."""
        if self.expiry is not None and self.expiry < day:
            return DocumentProblem.EXPIRED
        if self.birth is not None and self.birth > day:
            return DocumentProblem.NOT_YET_BORN
        return None


def _read(kind: DocumentKind, number: str) -> Said:
    match kind:
        case DocumentKind.RESIDENT_CARD:
            return read_chinese(number, permit=False)
        case DocumentKind.HK_MACAO_TAIWAN_PERMIT:
            return read_chinese(number, permit=True)
        case DocumentKind.FOREIGN_PERMANENT_RESIDENT:
            return read_foreign_resident(number)
        case DocumentKind.PASSPORT | DocumentKind.OTHER:
            return read_other(number)
        case _:
            assert_never(kind)


def _check_zone(number: str, zone: str) -> None:
    """The zone's field is right in itself, and the number is the one in it."""
    if not zone:
        return
    if normalised(zone[:-1]) != number:
        raise VisitorDocumentError(DocumentProblem.WRONG_FORM)
    try:
        expected = icao9303_check_digit(zone[:-1])
    except ValueError:
        raise VisitorDocumentError(DocumentProblem.WRONG_FORM) from None
    if expected != zone[-1]:
        raise VisitorDocumentError(DocumentProblem.WRONG_CHECK_DIGIT)


def _fits(given: str, said: str) -> bool:
    if not given:
        return True
    # A machine-readable zone names Germany by one letter.
    return given.isascii() and given.isalpha() and len(given) <= 3 and said in ("", given)
