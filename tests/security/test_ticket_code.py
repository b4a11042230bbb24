"""Tickets are sealed and opened; nothing that was touched ever passes."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import qrcode
from base45 import b45decode, b45encode  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.capacity import LeaseUnit
from shared.domain.ticket import TicketPayload, short_serial
from shared.security.keys import Keyring, SigningKey
from shared.security.ticket_code import (
    CODE_CHARACTERS,
    Forged,
    ForgedReason,
    Genuine,
    NotATicket,
    NotATicketReason,
    open_ticket,
    seal,
)

KEY = SigningKey.from_seed(bytes(range(32)))
RING = Keyring().with_key(KEY.public, "terminal:kiosk-1")
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PAYLOAD = TicketPayload(
    KEY.public.key_id, LeaseUnit(b"lease-01", 7), bytes(16), 12, START, START, START + timedelta(hours=2)
)

moments = st.integers(0, 2**32 - 1).map(lambda s: datetime.fromtimestamp(s, UTC))
payloads = st.builds(
    TicketPayload,
    key_id=st.just(KEY.public.key_id),
    unit=st.builds(LeaseUnit, st.binary(min_size=8, max_size=8), st.integers(1, 65535)),
    ticket_id=st.binary(min_size=16, max_size=16),
    product_code=st.integers(1, 65535),
    slot_start=st.integers(0, 2**32 // 60).map(lambda m: datetime.fromtimestamp(m * 60, UTC)),
    valid_from=moments,
    valid_to=moments,
    flags=st.integers(0, 15),
)


@given(payloads)
def test_what_was_sealed_opens_as_it_was(payload: TicketPayload) -> None:
    assert open_ticket(seal(payload, KEY), RING) == Genuine(payload, "terminal:kiosk-1")


@given(payloads, st.integers(0, 111), st.integers(1, 255))
def test_no_changed_byte_passes(payload: TicketPayload, place: int, change: int) -> None:
    data = bytearray(b45decode(seal(payload, KEY)))
    data[place] ^= change
    assert not isinstance(open_ticket(b45encode(bytes(data)).decode(), RING), Genuine)


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(open_ticket(text, RING), NotATicket)


@given(st.binary(min_size=112, max_size=112))
def test_any_bytes_of_the_right_length_get_an_answer(data: bytes) -> None:
    assert not isinstance(open_ticket(b45encode(data).decode(), RING), Genuine)


def test_another_terminals_key_is_unknown() -> None:
    assert open_ticket(seal(PAYLOAD, KEY), Keyring()) == Forged(ForgedReason.UNKNOWN_KEY)


def test_a_changed_product_is_a_forgery() -> None:
    data = bytearray(b45decode(seal(PAYLOAD, KEY)))
    data[32] ^= 1
    assert open_ticket(b45encode(bytes(data)).decode(), RING) == Forged(ForgedReason.BAD_SIGNATURE)


def test_a_later_version_is_said_to_be_unknown() -> None:
    data = bytearray(b45decode(seal(PAYLOAD, KEY)))
    data[0] = 2
    assert open_ticket(b45encode(bytes(data)).decode(), RING) == NotATicket(NotATicketReason.UNKNOWN_LAYOUT)


@pytest.mark.parametrize("code", ["", "https://example.org", "130000000000000000"])
def test_other_codes_have_the_wrong_length(code: str) -> None:
    assert open_ticket(code, RING) == NotATicket(NotATicketReason.WRONG_LENGTH)


def test_lower_case_is_not_base45() -> None:
    code = "a" * CODE_CHARACTERS
    assert open_ticket(code, RING) == NotATicket(NotATicketReason.NOT_BASE45)


def test_a_payload_is_sealed_only_with_the_key_it_names() -> None:
    with pytest.raises(ValueError, match="another key"):
        seal(PAYLOAD, SigningKey.from_seed(bytes(32)))


def test_a_field_out_of_range_is_refused() -> None:
    with pytest.raises(struct.error):
        seal(replace(PAYLOAD, product_code=65536), KEY)


@given(payloads)
def test_the_code_is_a_qr_of_version_7_with_45_modules(payload: TicketPayload) -> None:
    code = seal(payload, KEY)
    assert len(code) == CODE_CHARACTERS
    data = qrcode.util.QRData(code)
    assert data.mode == qrcode.util.MODE_ALPHA_NUM
    symbol = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=0)
    symbol.add_data(data)
    symbol.make(fit=True)
    assert (symbol.version, symbol.modules_count) == (7, 45)


def test_a_serial_is_read_in_groups() -> None:
    assert short_serial("00112233445566778899aabbccddeeff") == "AABB-CCDD-EEFF"
