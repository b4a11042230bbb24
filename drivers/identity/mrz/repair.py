"""Putting look-alike characters right: only where every check digit agrees then, and only one such reading exists.

A repaired zone can still be wrong (in trials 7 of 40 under strong blur), so a person must confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from drivers.identity.mrz.alphabet import lookalikes
from drivers.identity.mrz.checking import allowed_at, is_right
from drivers.identity.mrz.formats import ZoneFormat

_FORCED_AT_MOST = 6  # characters of the wrong class, beyond which the picture is to be taken again
_TRIES_AT_MOST = 3000  # a tenth of a second

Change = Callable[[ZoneFormat, str], Iterator[str]]


def repaired(known: ZoneFormat, text: str) -> str | None:
    """The one right zone that differs least from `text` by look-alikes alone; None if there is none, or several."""
    forced = _forced(known, text)
    if forced is None:
        return None
    for change in (_unchanged, _changed):
        found = set(_right_ones(known, forced, change))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _forced(known: ZoneFormat, text: str) -> list[str] | None:
    """The texts with all characters of the wrong class replaced; None when one has no look-alike that fits.

    Where no check digit can choose between look-alikes, the likeliest is taken.
    """
    allowed = allowed_at(known, text)
    covered = {place for field in _covered(known) for place in field}
    wrong = [place for place, character in enumerate(text) if character not in allowed[place]]
    if len(wrong) > _FORCED_AT_MOST:
        return None
    options = [[other for other in lookalikes(text[place]) if other in allowed[place]] for place in wrong]
    options = [found if place in covered else found[:1] for place, found in zip(wrong, options, strict=True)]
    return list(islice((_with(text, wrong, choice) for choice in product(*options)), _TRIES_AT_MOST)) or None


def _right_ones(known: ZoneFormat, texts: list[str], change: Change) -> Iterator[str]:
    changed = (other for text in texts for other in change(known, text))
    return (text for text in islice(changed, _TRIES_AT_MOST) if is_right(known, text))


def _unchanged(_: ZoneFormat, text: str) -> Iterator[str]:
    yield text


def _changed(known: ZoneFormat, text: str) -> Iterator[str]:
    """Every way to change one more character that check digits cover, or one kind of character throughout: a reader
    that took one zero for an O took the others too."""
    allowed = allowed_at(known, text)
    covered = [place for field in _covered(known) for place in field]
    for place in covered:
        alike = [at for at in covered if text[at] == text[place]]
        for other in lookalikes(text[place]):
            for places in ([place], alike):
                if all(other in allowed[at] for at in places):
                    yield _with(text, places, (other,) * len(places))


def _covered(known: ZoneFormat) -> tuple[range, ...]:
    own = [range(field.start, field.stop + 1) for field in (known.number, known.birth, known.expiry)]
    own += [field for field in known.optional if known.composite is not None]
    if known.optional_checked:
        own.append(range(known.optional[0].stop, known.optional[0].stop + 1))
    if known.composite is not None:
        own.append(range(known.composite, known.composite + 1))
    return tuple(own)


def _with(text: str, places: tuple[int, ...] | list[int], characters: tuple[str, ...]) -> str:
    changed = list(text)
    for place, character in zip(places, characters, strict=True):
        changed[place] = character
    return "".join(changed)
