"""What holds a zone together: which characters may stand where, and its check digits."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.identity.mrz.alphabet import CHARACTERS, DIGITS, FILLER, LETTERS, check_digit
from drivers.identity.mrz.formats import ZoneFormat


@dataclass(frozen=True, slots=True)
class Check:
    """The characters at `over`, in that order, and the place of the digit they give."""

    over: tuple[int, ...]
    digit: int
    may_be_filler: bool = False  # instead of 0, behind a field of fillers only (9303-4, 4.2.2.2, note k)

    def holds(self, text: str) -> bool:
        field = "".join(text[place] for place in self.over)
        if self.may_be_filler and text[self.digit] == FILLER:
            return not field.strip(FILLER)
        return text[self.digit] == check_digit(field)


def checks_of(known: ZoneFormat, text: str) -> tuple[Check, ...]:
    """All of a zone's check digits, the composite one last; they depend on the text where a long number goes on."""
    checks = [_number_check(known, text)]
    checks += [Check(tuple(place), place.stop) for place in (known.birth, known.expiry)]
    if known.optional_checked:
        checks.append(Check(tuple(known.optional[0]), known.optional[0].stop, may_be_filler=True))
    if known.composite is not None:
        checks.append(Check(tuple(at for place in known.composite_over for at in place), known.composite))
    return tuple(checks)


def long_number_end(known: ZoneFormat, text: str) -> int | None:
    """The place of the check digit of a number that goes on in the optional field; None for an ordinary number."""
    if known.number_goes_on is None or text[known.number.stop] != FILLER:
        return None
    end = text.find(FILLER, known.number_goes_on.start, known.number_goes_on.stop)
    end = known.number_goes_on.stop if end < 0 else end
    return end - 1 if end - 1 >= known.number_goes_on.start else None


def _number_check(known: ZoneFormat, text: str) -> Check:
    end = long_number_end(known, text)
    if end is None or known.number_goes_on is None:
        return Check(tuple(known.number), known.number.stop)
    return Check((*known.number, *range(known.number_goes_on.start, end)), end)


def allowed_at(known: ZoneFormat, text: str) -> tuple[str, ...]:
    """For every place the characters that may stand there."""
    allowed = [CHARACTERS] * known.length
    for place in (known.issuer, known.names, known.nationality):
        _allow(allowed, place, LETTERS + FILLER)
    for place in (known.birth, known.expiry):
        _allow(allowed, place, DIGITS + FILLER)
    for check in checks_of(known, text):
        filler_too = check.may_be_filler or (known.number_goes_on is not None and check.digit == known.number.stop)
        allowed[check.digit] = DIGITS + FILLER if filler_too else DIGITS
    allowed[0] = known.codes
    allowed[1] = LETTERS + FILLER
    allowed[known.sex] = "MFX" + FILLER
    return tuple(allowed)


def _allow(allowed: list[str], place: range, characters: str) -> None:
    for at in place:
        allowed[at] = characters


def is_right(known: ZoneFormat, text: str) -> bool:
    """Every character where it may stand, every check digit right, a number that is not empty."""
    return (
        all(character in choice for character, choice in zip(text, allowed_at(known, text), strict=True))
        and bool(text[known.number.start : known.number.stop].strip(FILLER))
        and all(check.holds(text) for check in checks_of(known, text))
    )
