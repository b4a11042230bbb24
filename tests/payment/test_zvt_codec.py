"""ZVT byte by byte: what goes out, and that whatever comes in becomes a value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.payment import DeclineReason
from drivers.contracts.payment_steps import TerminalStep
from drivers.emulators.zvt_wire import checksum, digits, message, object_of, take
from drivers.payment.zvt import commands
from drivers.payment.zvt.apdu import PRINT_LINE, PRINT_TEXT_BLOCK, Apdu, ApduReader, decode
from drivers.payment.zvt.codes import PAYMENT_FAILED, step_of
from drivers.payment.zvt.fields import number, packed, parse_fields
from drivers.payment.zvt.framing import Control, Frame, FrameReader, crc16, frame
from drivers.payment.zvt.receipts import ReceiptKind, Receipts, read_part
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.status import read_status
from drivers.payment.zvt.tlv import find, parse_tlv

SETTINGS = ZvtSettings.from_mapping(
    "payment.card", {"address": "tcp://192.0.2.1:20007", "book_file": "/tmp/x", "currency": "EUR"}
)
PAID = "27 00 04 00 00 00 00 11 00 0B 00 04 70 29 28 00 48 69 49 09 78 87 00 23"
apdus = st.builds(Apdu, st.integers(0, 0xFFFF), st.binary(max_size=600))


@pytest.mark.parametrize(
    ("command", "wire"),
    [
        (commands.registration(SETTINGS), "06 00 06 00 00 00 BE 09 78"),
        (commands.authorisation(SETTINGS, 1100), "06 01 0A 04 00 00 00 00 11 00 49 09 78"),
        (commands.authorisation(replace(SETTINGS, currency="CNY"), 18000), "06 01 0A 04 00 00 00 01 80 00 49 01 56"),
        (commands.reversal(SETTINGS, "0023"), "06 30 06 00 00 00 87 00 23"),
        (commands.refund(SETTINGS, 500), "06 31 0D 00 00 00 04 00 00 00 00 05 00 49 09 78"),
        (commands.repeat_receipt(SETTINGS), "06 20 03 00 00 00"),
        (commands.end_of_day(SETTINGS), "06 50 03 00 00 00"),
        (commands.diagnosis(), "06 70 00"),
        (commands.status_enquiry(SETTINGS), "05 01 03 00 00 00"),
        (Apdu(0x06B0), "06 B0 00"),
        (Apdu(0x8000), "80 00 00"),
        (commands.end_of_day(replace(SETTINGS, password="123456")), "06 50 03 12 34 56"),
    ],
)
def test_what_goes_out_is_as_the_specification_has_it(command: Apdu, wire: str) -> None:
    assert command.encode() == bytes.fromhex(wire)


def test_a_frame_on_the_serial_line_is_as_the_specification_has_it() -> None:
    assert frame(bytes.fromhex("80 00 00")) == bytes.fromhex("10 02 80 00 00 10 03 F5 1F")
    assert frame(b"\x06\x01\x01\x10")[:7] == bytes.fromhex("10 02 06 01 01 10 10")


@given(st.binary(max_size=200))
def test_both_ends_of_the_line_count_the_same_checksum(data: bytes) -> None:
    assert crc16(data).to_bytes(2, "little") == checksum(data)


@given(apdus)
def test_a_message_is_read_as_the_other_end_wrote_it(apdu: Apdu) -> None:
    wire = apdu.encode()
    assert wire == message(apdu.command, apdu.data)
    assert take(wire) == ((apdu.command, apdu.data), b"")
    assert decode(wire) == apdu
    assert decode(wire + b"\0") is None
    assert decode(wire[:-1]) is None


@given(st.lists(apdus, max_size=4), st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_a_stream_is_cut_the_same_however_it_is_split(found: list[Apdu], sizes: list[int]) -> None:
    wire, reader, read = b"".join(apdu.encode() for apdu in found), ApduReader(), []
    while wire:
        size = sizes[len(wire) % len(sizes)]
        read += reader.feed(wire[:size])
        wire = wire[size:]
    assert read == found
    assert not reader.is_midway


@given(st.lists(st.binary(max_size=60), max_size=4), st.binary(max_size=20).filter(lambda b: b"\x10" not in b))
def test_frames_are_found_in_noise_and_byte_by_byte(inside: list[bytes], noise: bytes) -> None:
    reader, found = FrameReader(), []
    for byte in b"".join(noise + frame(each) for each in inside):
        found += reader.feed(bytes((byte,)))
    assert [each for each in found if isinstance(each, Frame)] == [Frame(each) for each in inside]


@given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000), st.integers(1, 255))
def test_a_frame_with_any_byte_changed_is_not_taken_for_another(inside: bytes, at: int, change: int) -> None:
    wire = bytearray(frame(inside))
    wire[at % len(wire)] ^= change
    taken = [each for each in FrameReader().feed(bytes(wire)) if isinstance(each, Frame)]
    assert taken in ([], [Frame(inside)])


@given(st.binary(max_size=400))
def test_any_bytes_on_the_serial_line_are_passed_over_or_told(data: bytes) -> None:
    assert all(isinstance(each, Frame | Control) for each in FrameReader().feed(data))


@given(st.binary(max_size=300))
def test_any_bytes_are_fields_or_none(data: bytes) -> None:
    found = parse_fields(data)
    assert found is None or all(isinstance(value, bytes) for value in found.values())
    status = read_status(data)
    assert status is None or status.amount_minor is None or status.amount_minor >= 0


@given(st.binary(max_size=300))
def test_any_bytes_are_objects_or_none(data: bytes) -> None:
    objects = parse_tlv(data)
    assert objects is None or isinstance(find(objects, 0x1F07), list)


def test_objects_nested_too_deep_are_left_alone() -> None:
    data = b""
    for _ in range(100):
        data = object_of("25", data)
    assert parse_tlv(data) is not None


@given(st.sampled_from([PRINT_LINE, PRINT_TEXT_BLOCK]), st.binary(max_size=300))
def test_any_bytes_are_a_receipt_or_none(command: int, data: bytes) -> None:
    part = read_part(Apdu(command, data), "cp437")
    assert part is None or all(line.isprintable() for line in part.lines)


def test_the_fields_of_a_payment() -> None:
    status = read_status(bytes.fromhex(PAID))
    assert status is not None
    assert (status.succeeded, status.amount_minor, status.currency) == (True, 1100, 978)
    assert (status.terminal_id, status.receipt_no, status.trace) == ("28004869", "0023", "000470")
    assert status.reference == "28004869-0023-000470"


@pytest.mark.parametrize("cut", range(1, len(bytes.fromhex(PAID))))
def test_a_payment_cut_anywhere_is_no_whole_payment(cut: int) -> None:
    status = read_status(bytes.fromhex(PAID)[:cut])
    assert status is None or (status.amount_minor, status.trace, status.receipt_no) != (1100, "000470", "0023")


@pytest.mark.parametrize(
    "data",
    [
        "04 00 00 00 00 11 00",  # no result
        "27 00 04 00 00 00 00 1A 00",  # an amount that is no number
        "27 00 27 05",  # contradicts itself
        "27 00 8B F1 FA 41",  # a count that is no digit
        "27 00 8B F0 F9 41",  # longer than what is there
        "27 00 F0",  # no value
        "27 00 06 84 00 00 00 00",  # a length of four bytes
    ],
)
def test_a_status_that_is_not_sound_is_none(data: str) -> None:
    assert read_status(bytes.fromhex(data)) is None


def test_numbers_are_packed_decimal() -> None:
    assert packed(1100, 6) == bytes.fromhex("000000001100")
    assert number(bytes.fromhex("000000001100")) == 1100
    assert number(b"\x1a") is None
    assert number(b"") is None
    assert packed(7, 2) == digits(7, 2)
    with pytest.raises(ValueError, match="too large"):
        packed(10**12, 6)


def test_the_payer_s_receipt_is_the_marked_one_and_bears_no_whole_card_number() -> None:
    receipts = Receipts("cp437")
    for kind, line in ((1, b"H\x8eNDLERBELEG"), (2, b"Nr: 4111 1111 1111 1111")):
        tail = object_of("06", object_of("1f07", bytes((kind,))))
        assert receipts.add(Apdu(PRINT_LINE, b"\x00" + line + tail))
        assert receipts.add(Apdu(PRINT_LINE, b"\x81" + tail))
    assert receipts.for_payer == ("Nr: ************1111",)
    assert receipts.all_lines == ("HÄNDLERBELEG", "Nr: ************1111")


def test_a_block_names_its_reader() -> None:
    lines = object_of("25", object_of("07", b"KUNDENBELEG") + object_of("07", b"EUR 1,00") + object_of("09", b"\x81"))
    part = read_part(Apdu(PRINT_TEXT_BLOCK, object_of("06", object_of("1f07", b"\x02") + lines)), "cp437")
    assert part is not None
    assert (part.lines, part.kind) == (("KUNDENBELEG", "EUR 1,00"), ReceiptKind.PAYER)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (0x0A, TerminalStep.PRESENT_CARD),
        (0x01, TerminalStep.ENTER_PIN),
        (0x0B, TerminalStep.REMOVE_CARD),
        (0x4B, TerminalStep.REMOVE_CARD),
        (0x44, TerminalStep.REMOVE_CARD),
        (0x15, TerminalStep.PIN_WRONG),
        (0xF1, None),
    ],
)
def test_states_become_steps(state: int, step: TerminalStep | None) -> None:
    assert step_of(state) is step


@given(st.integers(0, 255))
def test_any_state_is_a_step_or_nothing(state: int) -> None:
    assert step_of(state) is None or isinstance(step_of(state), TerminalStep)


def test_what_leaves_a_payment_open_declines_nothing() -> None:
    assert not {0x00, 0x9A, 0x9B, 0x9C, 0x7D, 0xA1, 0xA3, 0xFF} & PAYMENT_FAILED.keys()
    assert PAYMENT_FAILED[51] is DeclineReason.INSUFFICIENT_FUNDS
    assert PAYMENT_FAILED[0x6C] is DeclineReason.CANCELLED
