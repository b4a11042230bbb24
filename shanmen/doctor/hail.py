"""Who is there? A few harmless questions in other languages to a port whose device does not answer in its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from drivers.device_settings import DeviceSettings
from drivers.transport.address import connector, parse_address
from drivers.transport.line import Transport, TransportError
from drivers.transport.usb_places import UsbPlaces

Language = Literal["ESC/POS", "SDT", "ccTalk"]
_WRITE_SECONDS = 1.0
_MOST_BYTES = 512

# Each asks for a state and changes nothing: DLE EOT 1; the SAM's status; a ccTalk simple poll of coins and of notes.
_PRINTER_QUESTION = bytes.fromhex("100401")
_SDT_QUESTION = bytes.fromhex("AAAAAA9669000311FFED")
_SDT_HEAD = bytes.fromhex("AAAAAA9669")
_COINS_QUESTION, _NOTES_QUESTION = bytes.fromhex("020001FEFF"), bytes.fromhex("280001FED9")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came. `language` is None when something came that is none of ours."""

    language: Language | None


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """The port is silent in every language."""


@dataclass(frozen=True, slots=True)
class _Question:
    language: Language
    words: bytes
    is_answer: Callable[[bytes], bool]


def _is_printer(data: bytes) -> bool:
    """DLE EOT 1 is answered by one byte, 0xx1xx10."""
    return len(data) == 1 and data[0] & 0x93 == 0x12


def _is_sdt(data: bytes) -> bool:
    return data.startswith(_SDT_HEAD)


def _is_cctalk(data: bytes) -> bool:
    """An answer to master 1 whose bytes add up to nothing."""
    return len(data) >= 5 and data[0] == 1 and sum(data[: data[1] + 5]) % 256 == 0


_QUESTIONS = (
    _Question("ESC/POS", _PRINTER_QUESTION, _is_printer),
    _Question("SDT", _SDT_QUESTION, _is_sdt),
    _Question("ccTalk", _COINS_QUESTION, _is_cctalk),
    _Question("ccTalk", _NOTES_QUESTION, _is_cctalk),
)


def hail(device: DeviceSettings, places: UsbPlaces, seconds: float) -> Heard | NothingHeard:
    """Asks in every language that we know, `seconds` for each answer. A port that cannot be opened is silent."""
    try:
        line = connector(parse_address(device.address), places=places)()
    except (TransportError, ValueError):
        return NothingHeard()
    try:
        return _ask_all(line, seconds)
    except TransportError:
        return NothingHeard()
    finally:
        line.close()


def _ask_all(line: Transport, seconds: float) -> Heard | NothingHeard:
    came = _listen(line, seconds)
    for question in _QUESTIONS:
        line.write(question.words, _WRITE_SECONDS)
        answer = _listen(line, seconds).removeprefix(question.words)  # a bus of one wire gives back what is sent
        if question.is_answer(answer):
            return Heard(question.language)
        came += answer
    return Heard(None) if came else NothingHeard()


def _listen(line: Transport, seconds: float) -> bytes:
    heard = b""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0 and len(heard) < _MOST_BYTES:
        heard += line.read(_MOST_BYTES, left)
    return heard
