"""PINs, cards and codes: what is kept tells nothing, what is weak is refused, what is right is let in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.security.pins import (
    TOTP_SECRET_BYTES,
    WeakPin,
    card_hash,
    card_matches,
    totp_matches,
    totp_secret,
    weak,
)
from tests.staff.people import CARD, CARD_KEY, PIN, PINS

# RFC 6238, appendix B, with the last six of its eight digits.
RFC_SECRET = totp_secret(b"12345678901234567890")
AROUND_59 = {"755224", "287082", "359152"}  # RFC 4226, appendix D: counters 0 to 2
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")]


def test_a_hash_is_salted_and_matches_its_pin_alone() -> None:
    first, second = PINS.hash(PIN), PINS.hash(PIN)
    assert first != second
    assert PIN not in first
    assert PINS.matches(first, PIN)
    assert not PINS.matches(first, "284918")
    assert not PINS.matches("no hash at all", PIN)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("28491a", WeakPin.NOT_DIGITS),
        ("２８４９１７", WeakPin.NOT_DIGITS),
        ("28491", WeakPin.TOO_SHORT),
        ("", WeakPin.NOT_DIGITS),
        ("777777", WeakPin.REPEATED),
        ("4747474", WeakPin.REPEATED),
        ("123456", WeakPin.SEQUENCE),
        ("9876543", WeakPin.SEQUENCE),
        (PIN, None),
    ],
)
def test_weak_pins_are_named(pin: str, why: WeakPin | None) -> None:
    assert weak(pin) is why
    if why is not None:
        with pytest.raises(ValueError, match=why.value):
            PINS.hash(pin)


@given(st.text())
def test_any_text_is_judged(pin: str) -> None:
    assert weak(pin) is not None or pin.isdecimal()


def test_a_card_is_known_by_its_keyed_hash() -> None:
    kept = card_hash(CARD_KEY, CARD)
    assert card_matches(kept, CARD_KEY, CARD)
    assert not card_matches(kept, CARD_KEY, CARD[:-1])
    assert not card_matches(kept, b"x" * 32, CARD)
    assert not card_matches("", CARD_KEY, b"")


@pytest.mark.parametrize(("at", "code"), RFC_CODES)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert totp_matches(RFC_SECRET, code, at)
    assert totp_matches(RFC_SECRET, code, at + 30)
    assert not totp_matches(RFC_SECRET, code, at + 90)


@given(st.text(max_size=12))
def test_any_text_is_answered_and_only_three_codes_are_right(code: str) -> None:
    assert totp_matches(RFC_SECRET, code, 59) == (code in AROUND_59)


def test_a_secret_has_enough_chance_in_it() -> None:
    with pytest.raises(ValueError, match=str(TOTP_SECRET_BYTES)):
        totp_secret(b"short")
