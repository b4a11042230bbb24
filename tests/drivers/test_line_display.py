"""The customer display's contract, over a pty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.customer_display import Brightness, DisplayLine, DisplayLost, Shown
from drivers.device_settings import DeviceSettings
from drivers.display.driver import LineDisplay
from drivers.display.layout import WIDTH, Characters, laid_out
from drivers.emulators.line_display import LineDisplayEmulator
from drivers.emulators.line_display_screen import LineScreen
from drivers.errors import ConfigurationError
from drivers.registry_peripherals import build_display
from tests.drivers.golden_bytes import assert_golden
from tests.drivers.tampering import bad_line, split

ADULT = DisplayLine("成人票 × 2", "160.00", plain="Adult x 2")
TOTAL = DisplayLine("应付", "¥160.00", plain="Total")
OpenDisplay = Callable[..., LineDisplay]


@pytest.fixture
def screen() -> Iterator[LineDisplayEmulator]:
    with LineDisplayEmulator() as emulator:
        yield emulator


@pytest.fixture
def open_display() -> Iterator[OpenDisplay]:
    with ExitStack() as stack:

        def make(address: str, **options: object) -> LineDisplay:
            display = build_display(DeviceSettings("display", "cd5220", address, options))
            display.open()
            stack.callback(display.close)
            return display

        yield make


def test_two_lines_with_amounts_at_the_right(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address)
    assert display.show(ADULT, TOTAL) == Shown()
    screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
    assert display.show(DisplayLine("Danke"), DisplayLine("")) == Shown()
    screen.wait_for("Danke", "")


def test_a_display_without_chinese_says_it_plainly(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address, characters="ascii")
    display.show(ADULT, TOTAL)
    screen.wait_for("Adult x 2     160.00", "Total         160.00")
    display.show(DisplayLine("Größe é"), DisplayLine("票"))
    screen.wait_for("Gro?e e", "?")


def test_clear_scroll_and_brightness(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address)
    display.show(ADULT, TOTAL)
    display.set_brightness(Brightness.LOW)
    display.scroll("欢迎来到青山风景区 Welcome to the Green Hill scenic area")
    screen.wait_for("欢迎来到青山风景区 W", "")
    display.clear()
    screen.wait_for("", "")
    assert screen.brightness == 2


_texts = st.text(st.sampled_from("abc 12.成人票¥￥×é\U00020bb7—"), max_size=40)


@given(_texts, st.text("0123456789.¥", max_size=12), st.sampled_from(["ascii", "gb18030"]))
def test_a_line_is_twenty_cells_and_the_amount_whole(left: str, right: str, characters: Characters) -> None:
    cells = laid_out(DisplayLine(left, right), characters)
    assert len(cells) == WIDTH
    text = cells.decode("gb18030")
    assert text.endswith(right.replace("¥", "￥" if characters == "gb18030" else "")[:WIDTH]) or len(right) > WIDTH // 2
    assert characters == "gb18030" or text.isascii()


@given(st.lists(st.binary(max_size=12)))
def test_no_bytes_raise_in_the_display_and_pieces_make_no_difference(pieces: list[bytes]) -> None:
    whole, cut = LineScreen(), LineScreen()
    whole.feed(b"".join(pieces))
    for piece in pieces:
        cut.feed(piece)
    assert all(len(row.encode("gb18030", "replace")) >= 1 for row in cut.lines)


def test_bytes_one_by_one_show_the_same(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    with bad_line(screen.address, split) as line:
        display = open_display(line.address)
        display.show(ADULT, TOTAL)
        screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
        display.close()


def test_unplugged_and_back_it_says_again_what_it_said(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address)
    display.set_brightness(Brightness.DIM)
    display.show(ADULT, TOTAL)
    screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
    screen.unplug()
    assert isinstance(display.look(), DisplayLost)
    assert isinstance(display.show(TOTAL, ADULT), DisplayLost)
    screen.plug()
    until_shown(display)
    screen.wait_for("应付        ￥160.00", "成人票 x 2    160.00")
    assert screen.brightness == 1


@pytest.mark.parametrize("sent", [0, 1, 5, 10, 11, 30, 45, 60])
def test_a_line_that_breaks_after_any_byte_is_mended_by_the_next_look(
    screen: LineDisplayEmulator, open_display: OpenDisplay, sent: int
) -> None:
    with bad_line(screen.address, broken_after=sent) as line:
        display = open_display(line.address)
        display.show(ADULT, TOTAL)
        deadline = time.monotonic() + 5
        while not line.has_broken or isinstance(display.look(), DisplayLost):
            assert time.monotonic() < deadline
            display.look()
            time.sleep(0.02)
        until_shown(display)
        screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
        display.close()


def test_an_absent_display_stops_nobody(open_display: OpenDisplay) -> None:
    display = open_display("serial:///dev/does-not-exist")
    assert isinstance(display.show(ADULT, TOTAL), DisplayLost)


def test_nobodys_amount_is_left_standing(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address)
    display.show(ADULT, TOTAL)
    screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
    display.close()
    screen.wait_for("", "")
    display.open()


def test_what_goes_out_byte_by_byte(screen: LineDisplayEmulator, open_display: OpenDisplay) -> None:
    display = open_display(screen.address)
    display.scroll("欢迎")
    display.clear()
    display.set_brightness(Brightness.MIDDLE)
    display.show(ADULT, TOTAL)
    screen.wait_for("成人票 x 2    160.00", "应付        ￥160.00")
    assert_golden("cd5220", screen.received)


def test_a_mistake_in_the_options_names_its_key() -> None:
    with pytest.raises(ConfigurationError, match=r"^display\.characters: "):
        build_display(DeviceSettings("display", "cd5220", "serial:///dev/ttyS0", {"characters": "latin"}))


def until_shown(display: LineDisplay) -> None:
    deadline = time.monotonic() + 5
    while isinstance(display.look(), DisplayLost):
        assert time.monotonic() < deadline
        time.sleep(0.02)
