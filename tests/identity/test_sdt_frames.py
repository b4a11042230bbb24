"""SDT bytes: what goes out is golden, what comes in may be anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.identity import DocumentRead, DocumentUnreadable, IdentityKind, UnreadableReason
from drivers.emulators.sdt_people import PEOPLE, text_block
from drivers.identity.sdt.card import read_card
from drivers.identity.sdt.frames import PREAMBLE, Command, Damaged, Reply, ReplyReader, encode

# The worked example of the protocol's description: 张三 with an empty portrait.
WORKED = bytes.fromhex("AAAAAA9669 0508 000090 0100 0400") + text_block(PEOPLE["resident"]) + bytes(1024) + b"\x5a"
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
NO_CARD = bytes.fromhex("AAAAAA9669 0004 000080 84")


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (Command.MODULE_STATUS, "AAAAAA9669 0003 11FF ED"),
        (Command.MODULE_NUMBER, "AAAAAA9669 0003 12FF EE"),
        (Command.FIND, "AAAAAA9669 0003 2001 22"),
        (Command.SELECT, "AAAAAA9669 0003 2002 21"),
        (Command.READ, "AAAAAA9669 0003 3001 32"),
    ],
)
def test_what_goes_out(command: Command, frame: str) -> None:
    assert encode(command) == bytes.fromhex(frame)


def test_the_worked_example_is_whole() -> None:
    assert len(WORKED) == 1295
    (reply,) = ReplyReader().feed(WORKED)
    assert isinstance(reply, Reply)
    read = read_card(reply.data)
    assert isinstance(read, DocumentRead)
    assert (read.details.holder, read.details.kind) == ("张三", IdentityKind.RESIDENT_CARD)


def test_replies_in_any_pieces_are_the_same() -> None:
    wire = FOUND + NO_CARD + WORKED
    whole = ReplyReader().feed(wire)
    assert len(whole) == 3
    for size in (1, 2, 3, 7, 64, 1000):
        reader = ReplyReader()
        assert [reply for at in range(0, len(wire), size) for reply in reader.feed(wire[at : at + size])] == whole


def test_cut_anywhere_nothing_comes_and_the_next_reply_is_whole() -> None:
    for end in range(len(FOUND)):
        reader = ReplyReader()
        assert reader.feed(FOUND[:end]) == []
        reader.reset()
        assert reader.feed(NO_CARD) == [Reply(b"\x00\x00\x80", b"")]


def test_a_turned_bit_anywhere_is_never_a_card() -> None:
    for at in range(len(WORKED)):
        wrong = WORKED[:at] + bytes([WORKED[at] ^ 0x10]) + WORKED[at + 1 :]
        assert not [reply for reply in ReplyReader().feed(wrong) if isinstance(reply, Reply)]


def test_after_a_damaged_frame_the_next_one_is_read() -> None:
    damaged = FOUND[:-1] + b"\x00"
    assert ReplyReader().feed(damaged + NO_CARD) == [Damaged(), Reply(b"\x00\x00\x80", b"")]


def test_a_length_that_swallows_the_next_reply_gives_it_back() -> None:
    lying = PREAMBLE + b"\xff\xff" + b"\x00\x00\x9f"
    assert ReplyReader().feed(lying + NO_CARD) == [Damaged(), Reply(b"\x00\x00\x80", b"")]


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_no_bytes_raise(pieces: list[bytes]) -> None:
    reader = ReplyReader()
    for piece in pieces:
        reader.feed(piece)


@given(st.binary(max_size=1400))
def test_no_card_raises(data: bytes) -> None:
    assert isinstance(read_card(data), DocumentRead | DocumentUnreadable)


@given(st.sampled_from(sorted(PEOPLE)), st.integers(0, 255), st.integers(0, 255))
def test_a_card_with_a_wrong_byte_keeps_a_right_number_or_is_refused(person: str, at: int, byte: int) -> None:
    text = bytearray(text_block(PEOPLE[person]))
    text[at] = byte
    answer = read_card(b"\x01\x00\x04\x00" + bytes(text) + bytes(1024))
    if isinstance(answer, DocumentRead):
        assert answer.details.number == PEOPLE[person].number


@pytest.mark.parametrize("letter", ["K", "\u3000", "j"])
def test_an_unknown_layout_is_no_document(letter: str) -> None:
    text = text_block(PEOPLE["resident"])
    text = text[:248] + letter.encode("utf-16-le") + text[250:]
    assert read_card(b"\x01\x00\x00\x00" + text) == DocumentUnreadable(UnreadableReason.FORM)


def test_fingerprints_are_passed_over() -> None:
    text = text_block(PEOPLE["taiwan"])
    read = read_card(bytes.fromhex("0100 0004 0400") + text + b"WLF!" + b"\x55" * 1024)
    assert isinstance(read, DocumentRead)
    assert read.photograph is not None
    assert read.photograph.data == b"WLF!"
