"""The emulated customer display in any bytes: it keeps two lines of twenty cells."""

from __future__ import annotations

from drivers.emulators.line_display_screen import LineScreen

SEEDS = (
    b"\r\r\x1b@\x1b\x11\x1b_\x00\x1b*\x04\x0c\x1bQA" + "成人票 x 2".encode("gb18030") + b"    160.00\r\x1bQBTotal\r",
    b"\xff\xffA",
    b"plain text that runs on over both lines \x0b\x18\x0c\x1bQD",
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    screen = LineScreen()
    for place in range(0, len(data), 3):
        screen.feed(data[place : place + 3])
    assert all(len(line) <= 20 for line in screen.lines)
    assert 1 <= screen.brightness <= 4
