"""The slip for cash that a machine could not give back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from drivers.contracts.printer import Block, Columns, Cut, Feed, Rule, TextLine
from shared.domain.cash_order import CashOrder
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.domain.money import Money
from shared.domain.text import LocalText
from shared.printing.claim_code import claim_code
from shared.printing.lines import heading, printable
from shared.printing.sale_sheets import STAFF_LANGUAGE
from shared.printing.wording import Bilingual, Wording

_MOST_UNDERSTOOD = "en"  # a slip after a restart: whose language the visitor spoke is not known any more


@dataclass(frozen=True)
class CashSlipView:
    """`owed` is certain, `doubtful` may or may not be in the machine. `issued_at` is in the site's own zone."""

    site: LocalText
    code: str = field(repr=False)
    given_back: Money
    owed: Money
    doubtful: Money
    order_no: str
    terminal: str
    issued_at: datetime


def cash_slip(view: CashSlipView, visitor: Wording, staff: Wording) -> tuple[Block, ...]:
    """In the visitor's words and in Chinese (`staff`): any window reads it."""
    return tuple(map(printable, _blocks(view, Bilingual(visitor, staff))))


class CashSlips:
    """Draws slips for one terminal: what `shared.selling.cash_ports.Till.slip` asks for."""

    def __init__(self, catalog: Catalog, wording: Callable[[str], Wording], terminal: str, clock: Clock) -> None:
        self._catalog = catalog
        self._wording = cache(wording)
        self._terminal = terminal
        self._clock = clock

    def slip(self, order: CashOrder, language: str = _MOST_UNDERSTOOD) -> tuple[Block, ...]:
        """Raises ValueError for an order without a claim."""
        claim = order.claim
        if claim is None:
            raise ValueError("an order without a claim has no slip")
        issued_at = self._clock.now().astimezone(self._catalog.zone)
        view = CashSlipView(
            self._catalog.site.name,
            claim.code,
            order.paid_out,
            claim.owed,
            claim.doubtful_notes,
            order.order_no,
            self._terminal,
            issued_at,
        )
        return cash_slip(view, self._wording(language), self._wording(STAFF_LANGUAGE))


def _blocks(view: CashSlipView, words: Bilingual) -> Iterator[Block]:
    yield from heading(words, words.name(view.site))
    yield from heading(words, words.say(lambda w: w.gettext("Claim slip")), size=2)
    yield from claim_code(view.code, words)
    for wording in words.each:
        yield Rule(dashed=True)
        yield from _facts(view, wording)
    yield Feed(4)
    yield Cut()


def _facts(view: CashSlipView, wording: Wording) -> Iterator[Block]:
    language = wording.language
    if view.given_back.minor:
        yield Columns(wording.gettext("Given back"), wording.money(view.given_back), language=language)
    if view.owed.minor:
        label = wording.gettext("To be paid at a ticket window")
        yield Columns(label, wording.money(view.owed), bold=True, language=language)
    if view.doubtful.minor:
        yield Columns(wording.gettext("Perhaps paid"), wording.money(view.doubtful), bold=True, language=language)
    yield Columns(wording.gettext("Ticket machine"), view.terminal, language=language)
    yield TextLine(view.order_no, language="en")
    issued = f"{wording.date(view.issued_at.date())} {wording.time(view.issued_at)}"
    yield TextLine(issued, "right", language=language)
