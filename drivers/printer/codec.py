"""A print job as ESC/POS bytes. Numbers follow Epson's published command reference for ESC/POS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, assert_never

from escpos.constants import QR_ECLEVEL_H, QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q  # type: ignore[import-untyped]
from escpos.printer import Dummy  # type: ignore[import-untyped]

from drivers.contracts.printer import Columns, Cut, Feed, PrintJob, QrCode, Raster, Rule, TextLine
from drivers.printer.characters import typed
from drivers.printer.profile import PrinterProfile
from drivers.printer.rendering import Renderer

INITIALISE = b"\x1b@"
MOTION_UNITS = b"\x1dP\xcb\xcb"  # GS P: ESC J counts in 1/203 inch, one dot
PAPER_SENSOR = b"\x1dr\x01"  # GS r 1: answered in order, so it proves that all before it was parsed
_CENTRE, _LEFT = b"\x1ba\x01", b"\x1ba\x00"
_CUT_FULL, _CUT_PARTIAL = b"\x1dV\x41\x00", b"\x1dV\x42\x00"  # both feed to the knife first
_CUT_HERE_FULL, _CUT_HERE_PARTIAL = b"\x1dV\x00", b"\x1dV\x01"
_TO_CUTTING_MARK, _TO_PEELING_MARK = b"\x1c(L\x02\x00\x42\x30", b"\x1c(L\x02\x00\x41\x30"  # unless it is there
RETRACT = b"\x1de\x02"  # GS e 2: the ejector draws the sheet back
_BAND_ROWS = 64  # small enough for the buffers of cheap models
_CORRECTION = {"L": QR_ECLEVEL_L, "M": QR_ECLEVEL_M, "Q": QR_ECLEVEL_Q, "H": QR_ECLEVEL_H}

# A printer obeys real-time commands even inside picture data. Where a picture holds the first two bytes of one
# (DLE EOT, DLE ENQ, DLE DC4), a dot beside a black one is added.
_REAL_TIME = ((b"\x10\x04", b"\x10\x0c"), (b"\x10\x05", b"\x10\x0d"), (b"\x10\x14", b"\x10\x1c"))


@dataclass(frozen=True, slots=True)
class EncodedJob:
    """The bytes of a job, the length of paper it takes and how often it cuts."""

    data: bytes = field(repr=False)
    millimetres: float
    cuts: int


def real_time_query(kind: int) -> bytes:
    """DLE EOT n: 1 printer, 2 offline cause, 3 error cause, 4 paper; 20 full status, of printers with an ejector."""
    return b"\x10\x04" + bytes([kind])


def confirmation_request(process_id: str) -> bytes:
    """GS ( H, function 48: answered with the same process id once everything before it is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + process_id.encode("ascii")


def drawer_pulse(pin: Literal[2, 5], milliseconds: int) -> bytes:
    """ESC p: drives connector pin 2 or 5 for so long, and rests twice as long. 2 to 254 ms."""
    on = milliseconds // 2  # in units of 2 ms
    return b"\x1bp" + bytes([pin == 5, on, min(2 * on, 255)])


def filling(profile: PrinterProfile) -> bytes:
    """NULs that complete a band of a job that broke off; a printer that waits for none ignores them."""
    return bytes(_row_bytes(profile.width_dots) * _BAND_ROWS)


def parting(profile: PrinterProfile) -> bytes:
    """Cuts what is left of a broken job off from what follows."""
    return INITIALISE + _cut(Cut(), profile)


def encode(job: PrintJob, renderer: Renderer) -> EncodedJob:
    """The whole job with its closing request. Raises ValueError when a block does not fit the paper."""
    profile = renderer.profile
    body = INITIALISE + MOTION_UNITS
    dots = cuts = 0
    for block in job.blocks:
        data, height = _block(block, renderer)
        body += data
        dots += height
        cuts += isinstance(block, Cut) and profile.cutter
    closing = confirmation_request(job.process_id) if profile.process_id else PAPER_SENSOR
    return EncodedJob(body + closing, dots / profile.dots_per_mm, cuts)


def _block(block: Raster | TextLine | Columns | QrCode | Rule | Feed | Cut, renderer: Renderer) -> tuple[bytes, int]:
    """A block's bytes and its height in dots."""
    profile = renderer.profile
    match block:
        case Feed():
            height = profile.dots(block.millimetres)
            return _feed(height), height
        case Cut():
            return _cut(block, profile), profile.dots(profile.tear_bar_mm + profile.mark_mm)
        case TextLine() | Columns() if profile.gb18030 and (text := typed(block, profile.width_dots)):
            return text.data, text.height
        case QrCode() if profile.native_qr:
            return _native_qr(block), renderer.draw(block).height
        case Raster() | TextLine() | Columns() | QrCode() | Rule():
            picture = renderer.draw(block)
            return _picture(picture), picture.height
        case _:
            assert_never(block)


def _picture(picture: Raster) -> bytes:
    """GS v 0 in bands; each band is as wide as its ink, which halves the bytes of left-aligned text."""
    row = _row_bytes(picture.width)
    band = row * _BAND_ROWS
    return b"".join(_band(picture.bits[start : start + band], row) for start in range(0, len(picture.bits), band))


def _band(bits: bytes, row: int) -> bytes:
    rows = [bits[start : start + row] for start in range(0, len(bits), row)]
    width = max(1, *(len(dots.rstrip(b"\0")) for dots in rows))
    data = b"".join(dots[:width] for dots in rows)
    for command, harmless in _REAL_TIME:
        data = data.replace(command, harmless)
    return b"\x1dv0\x00" + width.to_bytes(2, "little") + len(rows).to_bytes(2, "little") + data


def _feed(dots: int) -> bytes:
    """ESC J n, n up to 255."""
    full, rest = divmod(dots, 255)
    return b"\x1bJ\xff" * full + (b"\x1bJ" + bytes([rest]) if rest else b"")


def _cut(cut: Cut, profile: PrinterProfile) -> bytes:
    if not profile.cutter:
        return _TO_PEELING_MARK if profile.mark == "gap" else _feed(profile.dots(profile.tear_bar_mm))
    if profile.mark != "none":
        knife = _TO_CUTTING_MARK + (_CUT_HERE_PARTIAL if cut.partial else _CUT_HERE_FULL)
    else:
        knife = _CUT_PARTIAL if cut.partial else _CUT_FULL
    return knife + (b"\x1de\x03" + bytes([profile.presenter_steps]) if profile.presenter else b"")


def _native_qr(code: QrCode) -> bytes:
    encoder = Dummy()
    encoder.qr(code.data, ec=_CORRECTION[code.correction], size=code.module_dots, native=True)
    quiet = _feed(4 * code.module_dots)
    return _CENTRE + quiet + bytes(encoder.output) + quiet + _LEFT


def _row_bytes(dots: int) -> int:
    return (dots + 7) // 8
