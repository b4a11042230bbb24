"""Made-up translations: accented, 40 % longer and in brackets. A text without brackets is hard-coded."""

from __future__ import annotations

import re

_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPRSTUVWYZabcdefghijklmnoprstuvwyz", "ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞŔŠŢÛṼŴÝŽåƀçđéƒĝĥîĵķļḿñöþŕšţûṽŵýž"
)
_FIELD = re.compile(r"(\{\w*\})")
_GROWTH = 0.4


def accented(text: str) -> str:
    """`Pay now` becomes `[Þåý ñöŵ···]`; fields such as `{count}` stay as they are."""
    pieces = [piece if _FIELD.fullmatch(piece) else piece.translate(_ACCENTS) for piece in _FIELD.split(text)]
    padding = " ·" * round(len(text) * _GROWTH / 2)
    return f"[{''.join(pieces)}{padding}]"
