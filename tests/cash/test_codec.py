"""ccTalk frames byte by byte: those of the specification, and everything that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cash.codec import MASTER, Checksum, Frame, FrameError, decode, encode, wanted
from drivers.cash.event_codes import coin_event, note_event
from drivers.cash.news import news
from drivers.cash.profile import load_profiles
from drivers.contracts.cash import AcceptorEvent, Heard, TakenIn, Trouble, UnknownPiece
from drivers.emulators.cctalk_frames import CommandReader, crc16, reply

FRAMES = st.builds(Frame, st.integers(0, 255), st.binary(max_size=255))
MODES = st.sampled_from(Checksum)
ADDRESSES = st.integers(2, 255)


@pytest.mark.parametrize(
    ("address", "frame", "checksum", "golden"),
    [
        (2, Frame(254), Checksum.SIMPLE, "02 00 01 FE FF"),  # simple poll
        (40, Frame(254), Checksum.SIMPLE, "28 00 01 FE D9"),
        (40, Frame(154, b"\x01"), Checksum.SIMPLE, "28 01 01 9A 01 3B"),  # route the note to the stacker
        (3, Frame(164, b"\xa5"), Checksum.SIMPLE, "03 01 01 A4 A5 B2"),  # enable the hopper
        (40, Frame(1), Checksum.CRC16, "28 00 46 01 3F"),  # reset, checked by CRC
    ],
)
def test_the_frames_of_the_specification(address: int, frame: Frame, checksum: Checksum, golden: str) -> None:
    assert encode(address, frame, checksum) == bytes.fromhex(golden)


@given(st.binary(max_size=300), ADDRESSES, MODES)
def test_any_bytes_are_a_frame_or_refused_and_a_frame_only_in_its_one_form(
    received: bytes, address: int, checksum: Checksum
) -> None:
    assert wanted(received) >= 0
    try:
        frame = decode(received, address, checksum)
    except FrameError:
        return
    mirrored = encode(MASTER, frame, checksum)
    assert received[4:-1] == mirrored[4:-1]
    assert len(received) == len(mirrored)


@given(FRAMES, ADDRESSES, st.booleans(), st.integers(0, 259), st.integers(0, 7))
def test_a_reply_is_read_and_with_one_bit_wrong_it_is_not(
    frame: Frame, address: int, crc: bool, place: int, bit: int
) -> None:
    checksum = Checksum.CRC16 if crc else Checksum.SIMPLE
    (command,) = CommandReader().feed(encode(address, Frame(254), checksum))
    answer = reply(command, frame.header, frame.data)
    assert decode(answer, address, checksum) == frame
    place %= len(answer)
    wrong = answer[:place] + bytes([answer[place] ^ 1 << bit]) + answer[place + 1 :]
    with pytest.raises(FrameError):
        decode(wrong, address, checksum)


@given(FRAMES, ADDRESSES, MODES, st.integers(0, 260))
def test_the_devices_side_reads_what_the_masters_side_writes_in_any_two_pieces(
    frame: Frame, address: int, checksum: Checksum, cut: int
) -> None:
    sent = encode(address, frame, checksum)
    reader = CommandReader()
    (command,) = [*reader.feed(sent[:cut]), *reader.feed(sent[cut:])]
    assert (command.address, command.header, command.data) == (address, frame.header, frame.data)


def test_the_crc_is_that_of_the_specification() -> None:
    assert crc16(b"123456789") == 0x31C3


def test_too_much_data_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="byte"):
        encode(2, Frame(1, bytes(256)), Checksum.SIMPLE)


@given(st.integers(0, 255), st.integers(0, 255))
def test_every_pair_of_an_acceptor_means_something_and_money_only_when_the_profile_says_so(a: int, b: int) -> None:
    profile = load_profiles()["cny"]
    for event, known in ((note_event(a, b, profile.notes[0]), a <= 6), (coin_event(a, b, profile.coins[0]), a <= 3)):
        if isinstance(event, TakenIn):
            assert a
            assert known
            assert event.value > 0
        if isinstance(event, UnknownPiece):
            assert not known


EVENTS: tuple[AcceptorEvent, ...] = tuple(TakenIn(value) for value in (500, 400, 300, 200, 100))


@given(st.integers(1, 2000), st.integers(0, 40))
def test_each_event_is_news_once_however_often_the_counter_went_round(before: int, happened: int) -> None:
    since, counter = (before - 1) % 255 + 1, (before + happened - 1) % 255 + 1
    heard = news(counter, EVENTS, since)
    assert len(heard.events) == min(happened, 5)
    assert heard.lost == max(0, happened - 5)
    assert heard.events == tuple(reversed(EVENTS[: min(happened, 5)]))
    assert not heard.restarted


def test_zero_is_heard_after_switching_on_and_what_follows_is_new() -> None:
    trouble = (Trouble(kind=note_event(0, 2, load_profiles()["cny"].notes[0]).kind, code=2),)  # type: ignore[union-attr]
    assert news(0, trouble, 7) == Heard(0, restarted=True)
    assert news(0, trouble, 0) == Heard(0)
    assert news(2, EVENTS, 0) == Heard(2, (EVENTS[1], EVENTS[0]))
    assert news(9, EVENTS, None) == Heard(9)
