"""The body of the ticket: what for, for whom, when, for how much, and what to bring."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.text import LocalText
from shared.printing.paper import Box
from shared.printing.sketch import WHITE
from shared.printing.ticket_face.layout import Layout
from shared.printing.typesetting import Setting, set_text
from shared.printing.views import TicketView
from shared.printing.wording import Wording

_PRODUCT = Setting("bold", 38, 25, lines=2)
_CATEGORY = Setting("bold", 32, 20, lines=2)
_SEAL = Setting("serif", 26, 20, lines=1)
_STAMP = 168
_DATE = Setting("bold", 36, 22, lines=2)
_TIME = Setting("bold", 84, 44, lines=1)
_PRICE = Setting("bold", 36, 26, lines=1)
_EVIDENCE = Setting("bold", 27, 21, lines=3)
_GAP = 14
_CARD = 62  # the width of the drawn card


def draw_body(layout: Layout, view: TicketView, top: int) -> int:
    """Draws from `top`; returns the height at which it ends."""
    bottom = _draw_subject(layout, view, top + 18)
    bottom = _draw_entry(layout, view, _rule(layout, bottom))
    bottom = _draw_price(layout, view, _rule(layout, bottom))
    if view.evidence is not None:
        bottom = _draw_evidence(layout, view.evidence, bottom + _GAP)
    return bottom


def _rule(layout: Layout, top: int) -> int:
    column = layout.column(top)
    layout.paper.rule(column.left, column.right, top + _GAP)
    return top + 2 * _GAP


def _draw_subject(layout: Layout, view: TicketView, top: int) -> int:
    """The product, and the category of visitor stamped beside it (on a narrow paper: below it)."""
    product = layout.words.name(view.product)
    if layout.narrow:
        bottom = layout.phrase(product, _PRODUCT, layout.column(top))
        return _draw_stamp(layout, view.category, layout.column(bottom + _GAP // 2))
    stamp = layout.column(top, left=layout.column(top).width - _STAMP)
    named = layout.phrase(product, _PRODUCT, layout.column(top, right=_STAMP + 18))
    return max(named, _draw_stamp(layout, view.category, stamp))


def _draw_stamp(layout: Layout, category: LocalText, place: Box) -> int:
    """Like a seal: light letters in a dark field with a light inner line."""
    phrase = layout.words.name(category)
    main = set_text(phrase.text, phrase.language, _CATEGORY, place.width - 24)
    under = set_text(phrase.chinese, layout.words.staff.language, _SEAL, place.width - 24)
    bottom = place.top + main.height + under.height + 26
    layout.paper.block(replace(place, bottom=bottom), radius=10)
    layout.paper.frame(Box(place.left + 5, place.top + 5, place.right - 5, bottom - 5), 2, 7, WHITE)
    ended = layout.paper.text(main, replace(place, top=place.top + 13), "centre", WHITE)
    layout.paper.text(under, replace(place, top=ended), "centre", WHITE)
    return bottom


def _draw_entry(layout: Layout, view: TicketView, top: int) -> int:
    """The day and, largest of all, the time of entry."""
    words = layout.words
    bottom = layout.label(words.say(lambda w: w.gettext("Date and time of entry")), layout.column(top))
    bottom = layout.phrase(words.say(lambda w: w.date(view.entry_from.date())), _DATE, layout.column(bottom))
    hours = set_text(_hours(view, words.visitor), words.visitor.language, _TIME, layout.column(0).width)
    return layout.paper.text(hours, layout.column(bottom - 4)) - 8


def _hours(view: TicketView, wording: Wording) -> str:
    return f"{wording.time(view.entry_from)} – {wording.time(view.entry_to)}"


def _draw_price(layout: Layout, view: TicketView, top: int) -> int:
    """The price at the left, which ticket of the sale it is at the right."""
    words = layout.words
    half = layout.column(top).width // 2
    left, right = layout.column(top, right=half), layout.column(top, left=half)
    layout.label(words.say(lambda w: w.gettext("Price")), left)
    bottom = layout.label(words.say(lambda w: w.pgettext("which ticket of the sale", "Ticket")), right, "right")
    price = set_text(words.visitor.money(view.price), words.visitor.language, _PRICE, left.width)
    layout.paper.text(price, replace(left, top=bottom))
    number = set_text(f"{view.number} / {view.count}", words.visitor.language, _PRICE, right.width)
    return layout.paper.text(number, replace(right, top=bottom), "right")


def _draw_evidence(layout: Layout, evidence: LocalText, top: int) -> int:
    """What the gate will ask for, in a box with a card drawn in it."""
    words = layout.words
    place = layout.column(top)
    beside_card = layout.column(top + 10, left=_CARD + 36, right=16)
    bottom = layout.label(words.say(lambda w: w.gettext("Please bring")), beside_card)
    bottom = layout.phrase(words.name(evidence), _EVIDENCE, replace(beside_card, top=bottom)) + 10
    layout.paper.frame(Box(place.left, top, place.right, bottom), 2, 10)
    _draw_card(layout, place.left + 18, (top + bottom) // 2 - 21)
    return bottom


def _draw_card(layout: Layout, left: int, top: int) -> None:
    paper = layout.paper
    paper.frame(Box(left, top, left + _CARD, top + 42), 3, 6)
    paper.disc((left + 18, top + 16), 6, 0)
    paper.block(Box(left + 8, top + 25, left + 29, top + 34), radius=5)
    for row in (12, 20, 28):
        paper.rule(left + 36, left + _CARD - 8, top + row, 2)
