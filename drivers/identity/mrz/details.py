"""What a right zone says, and what a person must look at before it counts."""

from __future__ import annotations

from datetime import date
from typing import Literal

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    Doubt,
    IdentityDetails,
    IdentityKind,
    UnreadableReason,
)
from drivers.identity.mrz.alphabet import FILLER
from drivers.identity.mrz.checking import long_number_end
from drivers.identity.mrz.days import NoSuchDay, birth_day, expiry_day
from drivers.identity.mrz.names import name_of
from drivers.identity.mrz.states import STATES
from drivers.identity.mrz.zone import NoZone, Zone


def judge(zone: Zone | NoZone, today: date) -> DocumentRead | ConfirmationNeeded | DocumentUnreadable:
    """The document a zone describes; `today` decides the century of its days."""
    if isinstance(zone, NoZone):
        return DocumentUnreadable(zone.reason)
    birth = birth_day(_part(zone, zone.known.birth), today)
    expiry = expiry_day(_part(zone, zone.known.expiry), today)
    if isinstance(birth, NoSuchDay) or isinstance(expiry, NoSuchDay):
        return DocumentUnreadable(UnreadableReason.CHECK_DIGIT)
    details = _details(zone, birth, expiry)
    doubts = _doubts(zone, details)
    return ConfirmationNeeded(details, doubts) if doubts else DocumentRead(details)


def _details(zone: Zone, birth: date | None, expiry: date | None) -> IdentityDetails:
    number, checked = _number(zone)
    return IdentityDetails(
        kind=IdentityKind.PASSPORT if zone.text[0] == "P" else IdentityKind.OTHER,
        number=number.replace(FILLER, ""),
        latin_name=name_of(_part(zone, zone.known.names)),
        sex=_sex(zone.text[zone.known.sex]),
        birth=birth,
        nationality=_part(zone, zone.known.nationality).strip(FILLER),
        issuer=_part(zone, zone.known.issuer).strip(FILLER),
        expiry=expiry,
        mrz_number=checked,
    )


def _number(zone: Zone) -> tuple[str, str]:
    """The number, and the same with its check digit."""
    number, end = _part(zone, zone.known.number), long_number_end(zone.known, zone.text)
    if end is not None and zone.known.number_goes_on is not None:
        number += zone.text[zone.known.number_goes_on.start : end]
        return number, number + zone.text[end]
    return number, number + zone.text[zone.known.number.stop]


def _doubts(zone: Zone, details: IdentityDetails) -> frozenset[Doubt]:
    found = set()
    if zone.repaired:
        found.add(Doubt.REPAIRED)
    if not {details.nationality, details.issuer} <= STATES:
        found.add(Doubt.UNKNOWN_STATE)
    return frozenset(found)


def _part(zone: Zone, place: range) -> str:
    return zone.text[place.start : place.stop]


def _sex(letter: str) -> Literal["female", "male", ""]:
    match letter:
        case "F":
            return "female"
        case "M":
            return "male"
        case _:
            return ""
