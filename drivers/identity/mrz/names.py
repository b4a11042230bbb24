"""Names in a machine-readable zone: surname, `<<`, given names, each part divided by one `<` (9303-3, 4.6)."""

from __future__ import annotations

from drivers.identity.mrz.alphabet import FILLER

_BETWEEN = FILLER * 2


def name_of(field: str) -> str:
    """`SURNAME, GIVEN NAMES`; the surname alone when there is nothing else. Letters stay as they are transliterated."""
    surname, _, given = field.strip(FILLER).partition(_BETWEEN)
    parts = [" ".join(part.split(FILLER)) for part in (surname, given.replace(_BETWEEN, FILLER))]
    return ", ".join(part for part in parts if part)
