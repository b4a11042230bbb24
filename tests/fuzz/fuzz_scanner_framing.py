"""A serial scanner's bytes under any framing: nothing raises, nothing longer than allowed or without text is a code."""

from __future__ import annotations

from drivers.contracts.scanner import Scanned
from drivers.scanner.framing import SUFFIXES, Deframer, Framing

_SUFFIXES = [SUFFIXES[name] for name in sorted(SUFFIXES)]
_LONGEST = 40
SEEDS = (
    b"\x00\x00134567890123456789\r",
    b"\x01\x03\x02AB\r\n\x02CD\r\n",
    b"\x04\x00\xff\xfe\r\x1d01\t",
    b"\x02\x01" + b"9" * 60,
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    """Two bytes of settings, the rest from the line; a zero byte is a pause."""
    if len(data) < 2:
        return
    prefix = b"\x02" if data[1] & 2 else b""
    deframer = Deframer(Framing(prefix, _SUFFIXES[data[0] % len(_SUFFIXES)], max_length=_LONGEST))
    now = 1.0
    for piece in data[2:].split(b"\0"):
        for answer in deframer.feed(piece, now):
            if isinstance(answer, Scanned):
                assert 0 < len(answer.data) <= _LONGEST
                assert answer.data.decode()
        now += 0.15
