"""The claim slip: what a visitor gets when money was taken and the machine cannot finish."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.contracts.printer import Block, Columns, Cut, Feed, QrCode, Rule, TextLine
from shared.printing.lines import heading, printable, sentence
from shared.printing.views import ClaimView
from shared.printing.wording import Bilingual, Wording

_MODULE_DOTS = 8  # a short code, so there is room to make it easy to read


def claim_sheet(view: ClaimView, visitor: Wording, staff: Wording) -> tuple[Block, ...]:
    """The slip in the visitor's words and in Chinese (`staff`): any window reads it."""
    return tuple(map(printable, _blocks(view, Bilingual(visitor, staff))))


def _blocks(view: ClaimView, words: Bilingual) -> Iterator[Block]:
    yield from heading(words, words.name(view.site))
    yield from heading(words, words.say(lambda w: w.gettext("Claim slip")), size=2)
    yield Rule()
    yield TextLine(view.code, "centre", size=2, bold=True, language="en")
    yield QrCode(view.code, _MODULE_DOTS)
    yield from _advice(words)
    for wording in words.each:
        yield Rule(dashed=True)
        yield from _facts(view, wording)
    yield Feed(4)
    yield Cut()


def _advice(words: Bilingual) -> Iterator[Block]:
    where = words.say(lambda w: w.gettext("Please take this slip to any ticket window."))
    what = words.say(lambda w: w.gettext("You will receive your tickets there, or your money back."))
    yield from sentence(words, where, bold=True)
    yield from sentence(words, what)


def _facts(view: ClaimView, wording: Wording) -> Iterator[Block]:
    language = wording.language
    paid = wording.gettext("Paid") if view.certain else wording.gettext("Perhaps paid")
    yield Columns(paid, wording.money(view.amount), language=language)
    owed = wording.ngettext("{count} ticket not printed", "{count} tickets not printed", view.owed)
    yield TextLine(owed.format(count=view.owed), language=language)
    yield Columns(wording.gettext("Sale"), view.sale_number, language=language)
    yield Columns(wording.gettext("Ticket machine"), view.terminal, language=language)
    issued = f"{wording.date(view.issued_at.date())} {wording.time(view.issued_at)}"
    yield TextLine(issued, "right", language=language)
