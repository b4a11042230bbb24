"""How the test ticket must look, as a picture for the report."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from drivers.contracts.printer import Block, Cut, Feed
from drivers.device_settings import DeviceSettings
from drivers.printer.profile import PrinterProfile, load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import TypefaceMissingError, find_typeface
from shanmen.bench.paper import photograph
from shanmen.doctor.trials.ticket import TestTicket

_USUAL_PROFILE = "80mm"


def picture_of(ticket: TestTicket, device: DeviceSettings) -> bytes | None:
    """A PNG of the sheet on the printer's own paper; None when the typefaces are not installed."""
    profiles = load_profiles()
    profile = profiles.get(str(device.options.get("profile", _USUAL_PROFILE)), profiles[_USUAL_PROFILE])
    try:
        renderer = Renderer(profile, find_typeface())
    except TypefaceMissingError:
        return None
    buffer = BytesIO()
    photograph(_sheet(ticket, renderer, profile)).save(buffer, "PNG")
    return buffer.getvalue()


def _sheet(ticket: TestTicket, renderer: Renderer, profile: PrinterProfile) -> Image.Image:
    pieces = [_dots(block, renderer) for block in ticket.blocks if not isinstance(block, Cut | Feed)]
    sheet = Image.new("1", (profile.width_dots, sum(piece.height for piece in pieces)))
    top = 0
    for piece in pieces:
        sheet.paste(piece, (0, top))
        top += piece.height
    return sheet


def _dots(block: Block, renderer: Renderer) -> Image.Image:
    if isinstance(block, Cut | Feed):
        raise TypeError("nothing is drawn of a cut")
    raster = renderer.draw(block)
    return Image.frombytes("1", (raster.width, raster.height), raster.bits)
