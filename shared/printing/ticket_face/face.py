"""The whole face, composed from the head down."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.contracts.printer import Raster
from shared.printing.paper import Box, Paper
from shared.printing.ticket_face.body import draw_body
from shared.printing.ticket_face.head import draw_head
from shared.printing.ticket_face.layout import EDGE, Layout
from shared.printing.ticket_face.outline import Outline
from shared.printing.ticket_face.stub import draw_stub
from shared.printing.views import TicketView
from shared.printing.wording import Bilingual

_LONGEST = 2400  # 30 cm: far more than any ticket needs
_AROUND_TEAR = 30


@dataclass(frozen=True, slots=True)
class TicketFace:
    """A drawn ticket: its dots, and where each line of text stands."""

    raster: Raster
    texts: tuple[tuple[str, Box], ...]


def draw_face(view: TicketView, words: Bilingual, width: int) -> TicketFace:
    """Draws a ticket `width` dots wide. Raises FontMissingError when a typeface is not installed."""
    paper = Paper(width, _LONGEST)
    layout = Layout(paper, words)
    tear = draw_body(layout, view, draw_head(layout, view.site, EDGE)) + _AROUND_TEAR
    length = draw_stub(layout, view, tear + _AROUND_TEAR - 8) + EDGE + 4
    Outline(width, length, tear).draw(paper)
    return TicketFace(paper.raster(length), tuple(paper.placed))
