"""Check digits of identity numbers: GB 11643 for Chinese ones, ICAO 9303 for machine-readable zones."""

from __future__ import annotations

from itertools import cycle

_GB_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_GB_DIGITS = "10X98765432"
_ICAO_VALUES = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def gb11643_check_digit(digits: str) -> str:
    """The 18th character for the 17 before it (GB 11643-1999, ISO 7064 MOD 11-2): `0`..`9` or `X`.

    Raises ValueError when there are not 17 digits.
    """
    if len(digits) != len(_GB_WEIGHTS):
        raise ValueError("17 digits are checked")
    total = sum(weight * int(digit) for weight, digit in zip(_GB_WEIGHTS, digits, strict=True))
    return _GB_DIGITS[total % 11]


def icao9303_check_digit(field: str) -> str:
    """The digit for a field of a machine-readable zone, fillers `<` included (ICAO 9303-3, 4.9; weights 7, 3, 1).

    Raises ValueError when the field holds anything but A-Z, 0-9 and `<`.
    """
    try:
        values = [_ICAO_VALUES[character] for character in field]
    except KeyError:
        raise ValueError("not a field of a machine-readable zone") from None
    return str(sum(value * weight for value, weight in zip(values, cycle((7, 3, 1)), strict=False)) % 10)
