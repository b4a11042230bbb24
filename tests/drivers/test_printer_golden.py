"""A whole job for every printer model, byte by byte. The pictures are ours, so that no font is in it."""

from __future__ import annotations

import pytest

from drivers.contracts.printer import Block, Columns, Cut, Feed, PrintJob, QrCode, Raster, TextLine
from drivers.printer.codec import drawer_pulse, encode, filling, parting
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from tests.drivers.golden_bytes import assert_golden

PROFILES = load_profiles()
PICTURE = Raster(24, 3, b"\x81\x10\x04\x00\x00\x00\x10\x05\x01")
TEXT: tuple[Block, ...] = (
    TextLine("青山 Gate 3", "centre", size=2, bold=True),
    Columns("成人票 × 2", "¥160.00"),
)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_job_in_bytes(name: str) -> None:
    profile = PROFILES[name]
    text = TEXT if profile.gb18030 else ()
    code = (QrCode("SHANMEN"),) if profile.native_qr else ()
    blocks = (PICTURE, *text, *code, Feed(40), Cut(), PICTURE, Cut(partial=False))
    assert_golden(name, encode(PrintJob("job", "A1 z", blocks), Renderer(profile, find_typeface())).data)


def test_what_goes_before_a_job_after_a_break() -> None:
    assert_golden("parting", parting(PROFILES["80mm"]))
    assert set(filling(PROFILES["80mm"])) == {0}


def test_the_pulse_for_the_drawer() -> None:
    assert drawer_pulse(2, 100) == b"\x1bp\x00\x32\x64"
    assert drawer_pulse(5, 254) == b"\x1bp\x01\x7f\xfe"
