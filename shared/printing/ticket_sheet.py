"""A ticket as a sheet: one picture, and the cut."""

from __future__ import annotations

from drivers.contracts.printer import Block, Cut, Feed
from shared.printing.ticket_face import draw_face
from shared.printing.views import TicketView
from shared.printing.wording import Bilingual, Wording

_MARGIN_MM = 2.0


def ticket_sheet(view: TicketView, visitor: Wording, staff: Wording, width_dots: int) -> tuple[Block, ...]:
    """The sheet of one ticket in the visitor's words and in Chinese (`staff`), for a paper of `width_dots` at 203 dpi.

    Raises FontMissingError when the typefaces are not installed.
    """
    face = draw_face(view, Bilingual(visitor, staff), width_dots)
    return (face.raster, Feed(_MARGIN_MM), Cut())
