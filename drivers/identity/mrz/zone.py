"""From lines of text to a zone whose check digits are all right, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.contracts.identity import UnreadableReason
from drivers.identity.mrz.alphabet import CHARACTERS
from drivers.identity.mrz.checking import is_right
from drivers.identity.mrz.formats import ZoneFormat, formats_of
from drivers.identity.mrz.repair import repaired


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that is right in itself. `text` is its lines joined."""

    known: ZoneFormat
    text: str = field(repr=False)
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class NoZone:
    """The lines are no zone that could be taken."""

    reason: UnreadableReason


def read_zone(lines: tuple[str, ...], *, repair: bool = True) -> Zone | NoZone:
    """`lines` as they were read, capital letters, without line ends. Never raises."""
    text = "".join(lines)
    formats = formats_of(lines)
    if not formats or not set(text) <= set(CHARACTERS):
        return NoZone(UnreadableReason.FORM)
    for known in formats:
        if text[0] in known.codes and is_right(known, text):
            return Zone(known, text)
    readings = [(known, repaired(known, text)) for known in formats] if repair else []
    zones = [Zone(known, reading, repaired=True) for known, reading in readings if reading is not None]
    if len(zones) == 1:
        return zones[0]
    return NoZone(UnreadableReason.CHECK_DIGIT)
