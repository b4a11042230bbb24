"""The numbers of identity documents: one form for each, and what a number says of its holder."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.domain.visitor.check_digits import gb11643_check_digit
from shared.domain.visitor.problems import DocumentProblem, VisitorDocumentError

Sex = Literal["female", "male"]

_EIGHTEEN = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_FOREIGN_OF_2017 = re.compile(r"([A-Z]{3})\d{12}", re.ASCII)  # nationality, region, birth, sequence, check
_ANY = re.compile(r"[0-9A-Z]{4,24}", re.ASCII)
# What stands in the place of a region on a residence permit: Hong Kong, Macao, Taiwan (18-digit permits of 2018).
_PERMIT_REGIONS = ("810000", "820000", "830000")
# May stand between a number's parts: dashes of all kinds, and the filler of a machine-readable zone.
_PUNCTUATION = re.compile(r"[\s<\-\u2010-\u2015\u2212]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a number says of its holder; None or empty where its kind says nothing."""

    birth: date | None = None
    sex: Sex | None = None
    region: str | None = None
    nationality: str = ""


def normalised(number: str) -> str:
    """Upper case, full-width characters folded (Unicode NFKC), without spaces, dashes and fillers.

    One person's number is one text, however it was typed or read: a machine-readable zone writes a dash as a filler.
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", number)).upper()


def read_chinese(number: str, *, permit: bool) -> Said:
    """A resident identity card's number (GB 11643), or a Hong Kong, Macao or Taiwan resident's of the same form."""
    said = _read_eighteen(number)
    if number.startswith("9") or number.startswith(_PERMIT_REGIONS) is not permit:
        raise VisitorDocumentError(DocumentProblem.OTHER_KIND)
    return said


def read_foreign_resident(number: str) -> Said:
    """A foreign permanent resident's number: three letters and 12 digits (2017), or 18 digits from 9 (2023).

    Of the older form only the letters are read: how its last digit is made is not published.
    """
    older = _FOREIGN_OF_2017.fullmatch(number)
    if older:
        return Said(nationality=older[1])
    said = _read_eighteen(number)
    if not number.startswith("9"):
        raise VisitorDocumentError(DocumentProblem.OTHER_KIND)
    return Said(said.birth, said.sex)  # the digits before the birth are no region of GB/T 2260


def read_other(number: str) -> Said:
    """Any other document: letters and digits that say nothing."""
    if not _ANY.fullmatch(number):
        raise VisitorDocumentError(DocumentProblem.WRONG_FORM)
    return Said()


def _read_eighteen(number: str) -> Said:
    if not _EIGHTEEN.fullmatch(number):
        raise VisitorDocumentError(DocumentProblem.WRONG_FORM)
    if gb11643_check_digit(number[:17]) != number[17]:
        raise VisitorDocumentError(DocumentProblem.WRONG_CHECK_DIGIT)
    return Said(_birth(number[6:14]), "male" if int(number[16]) % 2 else "female", number[:6])


def _birth(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise VisitorDocumentError(DocumentProblem.WRONG_BIRTH) from None
