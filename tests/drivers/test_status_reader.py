"""Telling a printer's messages apart on one line."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.status import (
    AutomaticStatus,
    FullStatus,
    Message,
    Noise,
    PaperSensor,
    ProcessDone,
    RealTimeStatus,
    StatusReader,
)

_low = st.integers(0, 0x7F).map(lambda value: value & 0x6F)
_real_time = st.integers(0, 0x7F).map(lambda value: value & 0x6C | 0x12)
_automatic = st.tuples(st.integers(0, 0x7F).map(lambda value: value & 0x6C | 0x10), _low, _low, _low).map(bytes)
_identity = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=4, max_size=4)
_plain = st.one_of(
    _real_time.map(RealTimeStatus),
    _automatic.map(AutomaticStatus),
    _low.map(PaperSensor),
    _identity.map(ProcessDone),
)
_messages = st.lists(_plain)
_sensors = st.integers(0, 0x7F).filter(lambda value: value not in {0x11, 0x13})
_full_status = st.tuples(*(_sensors,) * 4).map(bytes).map(FullStatus)

_flow_control = st.lists(st.tuples(st.integers(0, 200), st.sampled_from([0x11, 0x13])))


def _wire(message: Message) -> bytes:
    match message:
        case RealTimeStatus() | PaperSensor() | Noise():
            return bytes([message.value])
        case AutomaticStatus():
            return message.data
        case FullStatus():
            return b"\x10\x0f" + message.data
        case ProcessDone():
            return b"\x37\x22" + message.process_id.encode() + b"\x00"


@given(_messages, st.lists(st.integers(0, 200)), _flow_control)
def test_any_cut_and_any_flow_control_give_the_same_messages(
    messages: list[Message], cuts: list[int], flow: list[tuple[int, int]]
) -> None:
    wire = bytearray(b"".join(_wire(message) for message in messages))
    for place, byte in flow:
        wire.insert(min(place, len(wire)), byte)
    reader = StatusReader()
    places = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    read = [m for start, end in pairwise(places) for m in reader.feed(bytes(wire[start:end]))]
    assert read == messages


@given(st.lists(st.one_of(_plain, _full_status)), st.integers(1, 9))
def test_an_ejectors_full_status_is_known_by_its_head(messages: list[Message], size: int) -> None:
    sent = [m for m in messages if not (isinstance(m, AutomaticStatus) and m.data.startswith(b"\x10\x0f"))]
    wire = b"".join(_wire(message) for message in sent)
    reader = StatusReader(full_status=True)
    assert [m for at in range(0, len(wire), size) for m in reader.feed(wire[at : at + size])] == sent


@given(st.lists(st.binary()))
def test_no_bytes_raise(pieces: list[bytes]) -> None:
    whole, cut = StatusReader(), StatusReader()
    assert whole.feed(b"".join(pieces)) == [message for piece in pieces for message in cut.feed(piece)]


@given(st.binary(max_size=6), _identity)
def test_a_confirmation_is_found_after_a_torn_one(torn: bytes, identity: str) -> None:
    """Whatever was left on the line, at most one later message is swallowed by it."""
    confirmation = _wire(ProcessDone(identity))
    messages = StatusReader().feed(b"\x37\x22" + torn + b"\x80" + confirmation)
    assert ProcessDone(identity) in messages


def test_a_torn_head_does_not_swallow_the_confirmation() -> None:
    assert StatusReader().feed(b"\x37\x22\x41\x37\x22ABCD\x00")[-1] == ProcessDone("ABCD")


def test_dead_line_noise_is_no_status() -> None:
    assert StatusReader().feed(b"\xff\xff") == [Noise(0xFF), Noise(0xFF)]
