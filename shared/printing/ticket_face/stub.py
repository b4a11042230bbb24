"""The stub: the code for the gate, how long it is valid, and the serial a person can read out."""

from __future__ import annotations

from dataclasses import replace

from shared.printing.paper import Align, Box
from shared.printing.qr_picture import QUIET_MODULES, qr_picture
from shared.printing.ticket_face.layout import Layout
from shared.printing.typesetting import Setting, set_text
from shared.printing.views import TicketView
from shared.printing.wording import Wording

MODULE_DOTS = 4  # 0.5 mm: what a gate's camera reads from a hand (design: sync.md, Ticket)
_SHOW = Setting("bold", 27, 21, lines=3)
_VALID = Setting("regular", 22, 18, lines=3)
_SERIAL = Setting("bold", 28, 20, lines=1)
_SMALL = Setting("regular", 18, 16, lines=1)


def draw_stub(layout: Layout, view: TicketView, top: int) -> int:
    """Draws from `top`; returns the height at which it ends."""
    code = qr_picture(view.code, MODULE_DOTS)
    quiet = QUIET_MODULES * MODULE_DOTS
    if layout.narrow:
        layout.paper.picture(code, (layout.paper.width - code.width) // 2, top)
        return _draw_words(layout, view, layout.column(top + code.height), "centre")
    # The quiet zone reaches into the margin, so that the code's edge stands where text begins.
    place = layout.column(top)
    layout.paper.picture(code, place.left - quiet, top)
    words_bottom = _draw_words(layout, view, layout.column(top + quiet - 6, left=code.width - quiet + 8), "left")
    return max(top + code.height, words_bottom)


def _draw_words(layout: Layout, view: TicketView, place: Box, align: Align) -> int:
    words = layout.words
    bottom = layout.phrase(words.say(lambda w: w.gettext("Show this code at the gate")), _SHOW, place, align)
    valid = words.say(lambda w: w.gettext("Valid until {moment}").format(moment=_moment(view, w)))
    bottom = layout.phrase(valid, _VALID, replace(place, top=bottom + 8), align)
    serial = set_text(view.serial, words.visitor.language, _SERIAL, place.width)
    bottom = layout.paper.text(serial, replace(place, top=bottom + 8), align)
    sale = set_text(view.sale_number, words.visitor.language, _SMALL, place.width)
    return layout.paper.text(sale, replace(place, top=bottom), align)


def _moment(view: TicketView, wording: Wording) -> str:
    if view.valid_until.date() == view.entry_from.date():
        return wording.time(view.valid_until)
    return f"{wording.date(view.valid_until.date())} {wording.time(view.valid_until)}"
