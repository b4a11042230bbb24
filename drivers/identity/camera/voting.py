"""Several frames settle what a zone says, and whether a person must look at it.

Check digits do not catch everything: 6 and G, 8 and S, 1 and L give the same digit, nationality and names have none.
So a document is taken without a person only when two frames read the very same text and no character of it is weak.
The recogniser takes some O for 0 with full confidence, and two of them can leave a check digit right: where zeros of
the number could be letters as well, a person looks too.
"""

from __future__ import annotations

from datetime import date
from itertools import chain, combinations, islice

import numpy as np
from numpy.typing import NDArray

from drivers.contracts.identity import ConfirmationNeeded, DocumentRead, Doubt
from drivers.identity.camera.sighting import Sighting
from drivers.identity.mrz.alphabet import CHARACTERS
from drivers.identity.mrz.checking import allowed_at, checks_of
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.formats import FORMATS, ZoneFormat
from drivers.identity.mrz.zone import Zone, read_zone

_LEAST_IN_CLASS = 0.001
_CLEAR = 0.95  # of the frames' common opinion; below, a look-alike is in play
_WEAK_AT_MOST = 8  # characters; beyond that a person would be shown guesswork
_AGREEING = 2
_SWAPPED = {"0": "O", "O": "0"}
_SWAPS_AT_MOST = 1024

Shares = NDArray[np.float64]


class Ballot:
    """Collects the sightings of one reading. `today` decides the century of a zone's days."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._sightings: list[Sighting] = []

    @property
    def count(self) -> int:
        return len(self._sightings)

    def add(self, sighting: Sighting) -> None:
        self._sightings.append(sighting)

    def verdict(self) -> DocumentRead | ConfirmationNeeded | None:
        """What the frames say together; None while that is no zone whose check digits are right."""
        newest = self._sightings[-1]
        alike = [one for one in self._sightings if (one.lines, one.width) == (newest.lines, newest.width)]
        known = _format(newest)
        if known is None:
            return None
        together = _within_class(known, np.mean([one.shares for one in alike], axis=0))
        zone = read_zone(_lines(known, together))
        if not isinstance(zone, Zone) or zone.known is not known:
            return None
        answer = judge(zone, self._today)
        weak = _weak(zone, together)
        if not isinstance(answer, DocumentRead | ConfirmationNeeded) or len(weak) > _WEAK_AT_MOST:
            return None
        doubts = _doubts(zone, weak, alike)
        if isinstance(answer, ConfirmationNeeded):
            doubts |= answer.doubts
        return ConfirmationNeeded(answer.details, doubts) if doubts else DocumentRead(answer.details)


def _format(sighting: Sighting) -> ZoneFormat | None:
    """By the likeliest first character that any format of this shape begins with."""
    fitting = [known for known in FORMATS if (known.lines, known.width) == (sighting.lines, sighting.width)]
    firsts = (CHARACTERS[number] for number in np.argsort(sighting.shares[0])[::-1])
    return next((known for first in firsts for known in fitting if first in known.codes), None)


def _within_class(known: ZoneFormat, shares: Shares) -> Shares:
    """Shared out among the characters that may stand at each place: where only digits stand, an O is no reading.

    A place whose characters hardly come into question keeps less than the whole.
    """
    free = _text(shares)
    mask = np.array([[character in allowed for character in CHARACTERS] for allowed in allowed_at(known, free)])
    kept = np.where(mask, shares, 0.0)
    return np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), _LEAST_IN_CLASS))


def _text(shares: Shares) -> str:
    return "".join(CHARACTERS[number] for number in shares.argmax(axis=1))


def _lines(known: ZoneFormat, shares: Shares) -> tuple[str, ...]:
    text = _text(shares)
    return tuple(text[at : at + known.width] for at in range(0, known.length, known.width))


def _weak(zone: Zone, together: Shares) -> frozenset[int]:
    """The places where another character is in play."""
    places = np.arange(zone.known.length)
    sure = together[places, [CHARACTERS.index(character) for character in zone.text]]
    return frozenset(places[sure < _CLEAR].tolist())


def _may_hide_letters(zone: Zone) -> bool:
    """Whether some of the number's 0 and O could change places and its check digit stay right."""
    check = checks_of(zone.known, zone.text)[0]
    suspects = [place for place in check.over if zone.text[place] in _SWAPPED]
    choices = chain.from_iterable(combinations(suspects, count) for count in range(1, len(suspects) + 1))
    return any(check.holds(_swapped(zone.text, places)) for places in islice(choices, _SWAPS_AT_MOST))


def _swapped(text: str, places: tuple[int, ...]) -> str:
    return "".join(_SWAPPED.get(letter, "") if at in places else letter for at, letter in enumerate(text))


def _doubts(zone: Zone, weak: frozenset[int], alike: list[Sighting]) -> frozenset[Doubt]:
    doubts = set()
    if weak & {at for field in (zone.known.number, *zone.known.optional) for at in field} or _may_hide_letters(zone):
        doubts.add(Doubt.LOOKALIKE)
    agreeing = sum(_text(_within_class(zone.known, one.shares)) == zone.text for one in alike)
    if agreeing < _AGREEING or (weak and not doubts):
        doubts.add(Doubt.UNCLEAR)
    return frozenset(doubts)
