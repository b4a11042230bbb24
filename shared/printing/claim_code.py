"""The part of a slip that a window reads: the claim code, large and as a QR code, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.contracts.printer import Block, QrCode, Rule, TextLine
from shared.printing.lines import sentence
from shared.printing.wording import Bilingual

_MODULE_DOTS = 8  # a short code, so there is room to make it easy to read


def claim_code(code: str, words: Bilingual) -> Iterator[Block]:
    """For money that did not come back: in the visitor's words and in Chinese."""
    yield Rule()
    yield TextLine(code, "centre", size=2, bold=True, language="en")
    yield QrCode(code, _MODULE_DOTS)
    where = words.say(lambda w: w.gettext("Please take this slip to any ticket window."))
    what = words.say(lambda w: w.gettext("What has not come back to you is paid out there."))
    yield from sentence(words, where, bold=True)
    yield from sentence(words, what)
