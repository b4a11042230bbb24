"""Cutting codes out of a scanner's bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.scanner import Scanned, Unreadable
from drivers.scanner.framing import SUFFIXES, Deframer, Framing


@pytest.mark.parametrize("suffix", [SUFFIXES[name] for name in ("cr", "lf", "crlf", "tab")])
@given(codes=st.lists(st.from_regex(r"[0-9A-Z]{1,30}", fullmatch=True), unique=True), size=st.integers(1, 40))
def test_pieces_of_any_size_give_the_same_codes(suffix: bytes, codes: list[str], size: int) -> None:
    wire = b"".join(code.encode() + suffix for code in codes)
    deframer = Deframer(Framing(suffix=suffix))
    read = [code for at in range(0, len(wire), size) for code in deframer.feed(wire[at : at + size], 1.0)]
    assert read == [Scanned(code.encode()) for code in codes]


def test_a_scanner_set_to_crlf_works_where_cr_is_expected() -> None:
    deframer = Deframer(Framing(suffix=b"\r"))
    assert deframer.feed(b"A1\r\nA2\r\n", 1.0) == [Scanned(b"A1"), Scanned(b"A2")]
    assert deframer.feed(b"", 9.0) == []


def test_without_a_suffix_quiet_ends_a_code() -> None:
    deframer = Deframer(Framing(suffix=b"", idle_seconds=0.1))
    assert deframer.feed(b"12", 1.0) == []
    assert deframer.feed(b"34", 1.05) == []
    assert deframer.feed(b"", 1.2) == [Scanned(b"1234")]


def test_a_prefix_is_taken_off_and_its_lack_is_unreadable() -> None:
    deframer = Deframer(Framing(prefix=b"\x02"))
    assert deframer.feed(b"\x02AB\rAB\r", 1.0) == [Scanned(b"AB"), Unreadable(2)]


def test_an_overlong_code_is_unreadable_and_takes_no_memory() -> None:
    deframer = Deframer(Framing(max_length=10))
    assert deframer.feed(b"x" * 5000, 1.0) == []
    assert deframer.feed(b"y" * 5000 + b"\rOK\r", 1.0) == [Unreadable(10_000), Scanned(b"OK")]


def test_a_code_seen_again_later_counts_again() -> None:
    deframer = Deframer(Framing(duplicate_seconds=1.0))
    assert deframer.feed(b"A\r", 1.0) == [Scanned(b"A")]
    assert deframer.feed(b"A\r", 1.9) == []
    assert deframer.feed(b"A\r", 2.8) == [], "still held before the reader"
    assert deframer.feed(b"A\r", 4.0) == [Scanned(b"A")]


@given(st.lists(st.tuples(st.binary(max_size=50), st.floats(0, 1))), st.sampled_from(sorted(SUFFIXES.values())))
def test_no_bytes_raise(pieces: list[tuple[bytes, float]], suffix: bytes) -> None:
    deframer = Deframer(Framing(suffix=suffix, max_length=20))
    now = 0.0
    for data, pause in pieces:
        now += pause
        for answer in deframer.feed(data, now):
            assert isinstance(answer, Unreadable) or len(answer.data) <= 20
