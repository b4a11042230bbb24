"""Fuzz entry: bytes from a serial reader of machine-readable zones, all the way to a document."""

from __future__ import annotations

from datetime import date

from drivers.contracts.identity import ConfirmationNeeded, DocumentRead
from drivers.identity.mrz.alphabet import check_digit
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.framing import Overlong, ZoneDeframer
from drivers.identity.mrz.zone import read_zone

_TODAY = date(2026, 11, 23)
# What the fuzzer starts from.
SEEDS = (
    b"",
    b"\x02P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10\r\x03",
    b"I<UTOD23145890<7349<<<<<<<<<<<\r\n3407127M9507122UTO<<<<<<<<<<<2\r\nSTEVENSON<<PETER<JOHN<<<<<<<<<\r\n",
    b"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4OO9O78F9612109<<<<<<<<\n",
    b"P<UTO" + b"<" * 39 + b"\r" + b"O0I1Z2S5B8" * 4 + b"<<<<\r",
    b"I<UTOD23145890<<<<<<<<<<<<<<<<\r7408122F1204159UTO<<<<<<<<<<<6\r\xff\xfe\r",
    b"\x03\x02\r\n" * 40 + b"<" * 900,
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    """No exception, no hang, and whatever comes out has a number that its check digit fits."""
    deframer = ZoneDeframer()
    middle = len(data) // 2
    zones = deframer.feed(data[:middle], 0.0) + deframer.feed(data[middle:], 0.1) + deframer.feed(b"", 9.0)
    for lines in zones:
        if isinstance(lines, Overlong):
            continue
        answer = judge(read_zone(lines), _TODAY)
        if isinstance(answer, DocumentRead | ConfirmationNeeded):
            number = answer.details.mrz_number
            assert check_digit(number[:-1]) == number[-1], "a wrong accept"
