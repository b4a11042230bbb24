"""A scanner that poses as a keyboard: its keys as text, its device, and its speed where it cannot be grabbed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.scanner import NothingScanned, Scanned, ScannerLost, Unreadable
from drivers.device_settings import DeviceSettings
from drivers.emulators.keyboard_scanner import PipedKeyboard, kernel_events, strokes
from drivers.registry import build_scanner
from drivers.scanner.driver import SerialScanner
from drivers.scanner.framing import Framing
from drivers.scanner.typed_codes import TypedCodeScanner
from drivers.scanner.typing import CodeTyped, KeyTyped, Pace, TypedBy, TypingFilter
from drivers.transport.connection import Connection
from drivers.transport.keyboard import KeyboardTransport
from drivers.transport.keys import KeyDecoder

CODE = "134567890123456789"
_typeable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40)


def decoded(events: list[tuple[int, int]]) -> str:
    keys = KeyDecoder()
    return "".join(keys.feed(code, value) for code, value in events)


@given(_typeable)
def test_every_character_of_a_code_comes_back(text: str) -> None:
    assert decoded(strokes(text + "\r")) == text + "\r"


def test_a_gs1_separator_is_control_and_a_bracket() -> None:
    assert decoded(strokes("01\x1d21")) == "01\x1d21"


def test_a_scanner_that_uses_caps_lock_is_understood() -> None:
    assert decoded([(58, 1), (58, 0), *strokes("ab"), (58, 1), (58, 0), *strokes("ab")]) == "ABab"


def test_keypads_and_held_keys() -> None:
    assert decoded([(79, 1), (79, 0), (96, 1)]) == "1\r"
    assert decoded([(30, 1), (30, 2), (30, 2), (30, 0)]) == "a", "a repeating key is one key"


@given(st.lists(st.tuples(st.integers(0, 0x2FF), st.integers(-5, 5))))
def test_no_keys_raise(events: list[tuple[int, int]]) -> None:
    assert decoded(events).isascii()


@pytest.fixture
def keyboard() -> Iterator[PipedKeyboard]:
    with PipedKeyboard() as keyboard:
        yield keyboard


@pytest.fixture
def scanner(keyboard: PipedKeyboard) -> Iterator[SerialScanner]:
    def connect() -> KeyboardTransport:
        return KeyboardTransport(keyboard.node, lambda: os.close(keyboard.node))

    scanner = SerialScanner(Connection(connect, time.monotonic, lambda: 1.0), Framing(), time.monotonic)
    scanner.open()
    yield scanner
    scanner.close()


def test_a_code_is_read_from_the_kernels_events(keyboard: PipedKeyboard, scanner: SerialScanner) -> None:
    keyboard.present(CODE)
    assert scanner.read(1) == Scanned(CODE.encode())
    keyboard.present("Ab-1/?")
    assert scanner.read(1) == Scanned(b"Ab-1/?")
    assert scanner.read(0.02) == NothingScanned()


def test_events_in_any_pieces(keyboard: PipedKeyboard, scanner: SerialScanner) -> None:
    data = kernel_events(strokes("A1b2\r"))
    answers = []
    for place in range(0, len(data), 7):
        keyboard.send(data[place : place + 7])
        answers.append(scanner.read(0))
    answers.append(scanner.read(0.1))
    assert [answer for answer in answers if answer != NothingScanned()] == [Scanned(b"A1b2")]


def test_lost_events_make_the_code_unreadable(keyboard: PipedKeyboard, scanner: SerialScanner) -> None:
    keyboard.send(kernel_events(strokes("1234")))
    keyboard.overflow()
    keyboard.present("78")
    assert isinstance(scanner.read(1), Unreadable)
    keyboard.present(CODE)
    assert scanner.read(1) == Scanned(CODE.encode())


def test_a_keyboard_that_is_pulled_is_lost(keyboard: PipedKeyboard, scanner: SerialScanner) -> None:
    keyboard.unplug()
    assert isinstance(scanner.read(0.1), ScannerLost)


def test_a_keyboard_that_is_not_there_is_lost() -> None:
    for address in ("evdev://by-id/dead:beef", "evdev:///dev/input/event9999"):
        absent = build_scanner(DeviceSettings("scanner", "keyboard", address))
        absent.open()
        assert isinstance(absent.read(0.01), ScannerLost)
        absent.close()


@pytest.mark.skipif(not Path("/dev/uinput").exists(), reason="this machine has no /dev/uinput")
def test_a_real_kernel_device_is_grabbed() -> None:
    import evdev  # noqa: PLC0415 - only where it can be tried

    keys = list(range(1, 100))
    with evdev.UInput({evdev.ecodes.EV_KEY: keys}, name="scanner", vendor=0x1234, product=0x5678) as device:
        scanner = build_scanner(DeviceSettings("scanner", "keyboard", "evdev://by-id/1234:5678"))
        deadline = time.monotonic() + 5
        scanner.open()
        while isinstance(scanner.read(0.05), ScannerLost):
            assert time.monotonic() < deadline
        for code, value in strokes(CODE + "\r"):
            device.write(evdev.ecodes.EV_KEY, code, value)
            device.syn()
        assert scanner.read(2) == Scanned(CODE.encode())
        with pytest.raises(OSError, match="busy"):
            evdev.InputDevice(device.device.path).grab()
        scanner.close()


def typed(filter_: TypingFilter, text: str, start: float, gap: float) -> list[TypedBy]:
    return [item for place, key in enumerate(text) for item in filter_.press(key, start + place * gap)]


def test_a_scanners_keys_become_a_code() -> None:
    assert typed(TypingFilter(), CODE + "\r", 5.0, 0.005) == [CodeTyped(CODE)]


@given(st.text(st.sampled_from("abc123\r"), max_size=30), st.floats(0.04, 2))
def test_a_persons_keys_all_come_through_in_order(text: str, gap: float) -> None:
    keys = TypingFilter()
    heard = typed(keys, text, 1.0, gap) + keys.passed(1e6)
    assert heard == [KeyTyped(key) for key in text]


@given(
    st.lists(st.tuples(st.sampled_from([*"0123456789ab", "\r"]), st.sampled_from([0.001, 0.01, 0.03, 0.05, 0.5]))),
    st.integers(2, 20),
)
def test_no_key_is_lost_and_none_comes_twice(presses: list[tuple[str, float]], longest: int) -> None:
    keys, now, heard = TypingFilter(Pace(shortest=2, longest=longest)), 10.0, list[TypedBy]()
    for key, gap in presses:
        now += gap
        heard += keys.press(key, now)
    heard += keys.passed(now + 10)
    assert "".join(h.text + "\r" if isinstance(h, CodeTyped) else h.text for h in heard) == "".join(
        key for key, _ in presses
    )
    assert not keys.holds


def test_a_scan_in_the_middle_of_typing_is_taken_out_of_it() -> None:
    keys = TypingFilter()
    heard = typed(keys, "na", 1.0, 0.2) + typed(keys, CODE + "\r", 1.5, 0.004) + typed(keys, "me", 2.0, 0.2)
    assert [*heard, *keys.passed(9)] == [KeyTyped("n"), KeyTyped("a"), CodeTyped(CODE), KeyTyped("m"), KeyTyped("e")]


def test_codes_reach_another_thread_through_the_scanners_contract() -> None:
    now = 100.0
    scanner = TypedCodeScanner(TypingFilter(), lambda: now)
    scanner.open()
    window = threading.Thread(target=lambda: [scanner.press(key) for key in (CODE + "\r") * 2])
    window.start()
    assert scanner.read(2) == Scanned(CODE.encode())
    window.join()
    assert scanner.read(0.01) == NothingScanned(), "seen again at once"
    assert scanner.counters() == {"reads": 1}
    assert scanner.press("x") == []
    now = 101.0
    assert scanner.released() == ["x"]
    scanner.close()


def test_no_code_stands_in_a_repr() -> None:
    assert CODE not in repr(CodeTyped(CODE))
