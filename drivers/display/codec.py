"""The CD5220 command set, as the makers of line displays publish it."""

from __future__ import annotations

from drivers.contracts.customer_display import Brightness

INITIALISE = b"\x1b@"
OVERWRITE = b"\x1b\x11"  # ESC DC1
CURSOR_OFF = b"\x1b_\x00"
CLEAR = b"\x0c"
_END = b"\r"
END_OF_WHATEVER = 2 * _END  # a display whose line broke in the middle of a command waits for its end


def upper_line(cells: bytes) -> bytes:
    """ESC Q A: replaces the upper line."""
    return b"\x1bQA" + cells + _END


def lower_line(cells: bytes) -> bytes:
    """ESC Q B: replaces the lower line."""
    return b"\x1bQB" + cells + _END


def scrolling(text: bytes) -> bytes:
    """ESC Q D: the text runs through the upper line until the line is written anew."""
    return b"\x1bQD" + text + _END


def brightness(level: Brightness) -> bytes:
    """ESC * n, n from 1 to 4."""
    return b"\x1b*" + bytes([level])
