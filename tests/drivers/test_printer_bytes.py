"""What goes out on the wire, byte by byte."""

from __future__ import annotations

import hashlib

import pytest

from drivers.contracts.printer import Columns, Cut, Feed, PrintJob, Raster, Rule, TextLine
from drivers.printer.codec import encode
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import Typeface, TypefaceMissingError, find_typeface

PROFILES = load_profiles()
CORNER = Raster(16, 2, b"\x80\x01\x00\x00")


def _renderer(profile: str) -> Renderer:
    return Renderer(PROFILES[profile], find_typeface())


def test_a_small_job_in_bytes() -> None:
    job = PrintJob("j", "Az 9", (CORNER, Feed(3), Cut()))
    margin = bytes(35)  # (576 - 16) / 2 dots
    assert encode(job, _renderer("80mm")).data == (
        b"\x1b@\x1dP\xcb\xcb"
        + (b"\x1dv0\x00\x25\x00\x02\x00" + margin + b"\x80\x01" + margin + b"\x00\x00")
        + b"\x1bJ\x18"
        + b"\x1dVB\x00"
        + b"\x1d(H\x06\x0000Az 9"
    )


def test_a_basic_printer_is_asked_for_its_paper_sensor_instead() -> None:
    data = encode(PrintJob("j", "0001", (CORNER, Cut(partial=False))), _renderer("80mm-basic")).data
    assert data.endswith(b"\x1dVA\x00" + b"\x1dr\x01")


def test_without_a_knife_a_cut_feeds_to_the_tear_bar() -> None:
    encoded = encode(PrintJob("j", "0001", (Feed(100), Cut())), _renderer("58mm"))
    assert encoded.data == b"\x1b@\x1dP\xcb\xcb" + b"\x1bJ\xff" * 3 + b"\x1bJ\x23" + b"\x1bJ\x40" + b"\x1dr\x01"
    assert (encoded.millimetres, encoded.cuts) == (108, 0)


def test_pictures_hold_no_real_time_command() -> None:
    commands = b"\x10\x04\x02\x10\x05\x01\x10\x14\x01"
    job = PrintJob("j", "0001", (Raster(576, 1, commands.ljust(72, b"\x10")),))
    data = encode(job, _renderer("80mm")).data
    assert not any(command in data for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert b"\x10\x0c\x02\x10\x0d\x01\x10\x1c\x01" in data


def test_a_picture_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(PrintJob("j", "0001", (Raster(584, 1, bytes(73)),)), _renderer("80mm"))


def test_text_columns_and_rules_take_the_whole_width() -> None:
    renderer = _renderer("80mm")
    for block in (TextLine("大人 2枚", language="ja"), Columns("成人票", "¥80.00"), Rule(), Rule(dashed=True)):
        picture = renderer.draw(block)
        assert picture.width == 576
        assert any(picture.bits)


def test_long_text_grows_downward_and_keeps_its_right_column() -> None:
    renderer = _renderer("80mm")
    one = renderer.draw(Columns("票", "¥1")).height
    assert renderer.draw(Columns("很长的票种名称" * 5, "¥1")).height == 2 * one
    assert renderer.draw(Columns("票", "一百二十三万四千五百六十七元八角九分整")).height == 2 * one


def test_a_language_has_its_own_forms_of_a_character() -> None:
    renderer = _renderer("80mm")
    forms = {
        hashlib.sha256(renderer.draw(TextLine("直骨海", language=language)).bits).digest()
        for language in ("zh-Hans", "zh-Hant", "ja", "ko")
    }
    assert len(forms) >= 3


def test_a_missing_typeface_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(TypefaceMissingError, match="fonts-noto-cjk"):
        find_typeface([tmp_path_factory.mktemp("empty")])
    assert isinstance(find_typeface(), Typeface)
