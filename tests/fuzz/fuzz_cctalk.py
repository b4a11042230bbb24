"""What a cash bus carries, in any bytes: nothing but FrameError, no wrong checksum, no money of no value."""

from __future__ import annotations

from drivers.cash.codec import MASTER, Checksum, Frame, FrameError, decode, encode, wanted
from drivers.cash.event_codes import coin_event, note_event
from drivers.cash.profile import load_profiles
from drivers.contracts.cash import TakenIn

_NOTES, _COINS = 40, 2
_PROFILES = tuple(load_profiles().values())

SEEDS = (
    bytes([MASTER, 0, _NOTES, 0, 215]),
    bytes([MASTER, 11, _NOTES, 0, 3, 1, 0, 2, 1, 0, 0, 0, 0, 0, 0, 199]),
    encode(_COINS, Frame(229), Checksum.SIMPLE),
    encode(_COINS, Frame(229, b"\x01\x02"), Checksum.CRC16),
    bytes(260),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    assert wanted(data) >= 0
    for checksum in Checksum:
        _reply(data, checksum)
    if len(data) <= 255:
        _reply(encode(_NOTES, Frame(0, data), Checksum.SIMPLE), Checksum.SIMPLE)
    _events(data)


def _reply(received: bytes, checksum: Checksum) -> None:
    try:
        frame = decode(received, _NOTES, checksum)
    except FrameError:
        return
    assert len(received) == 5 + len(frame.data)
    if checksum is Checksum.SIMPLE:
        assert sum(received) % 256 == 0
        assert (received[0], received[2]) == (MASTER, _NOTES)


def _events(pairs: bytes) -> None:
    for a, b in zip(pairs[::2], pairs[1::2], strict=False):
        for profile in _PROFILES:
            for read, acceptors in ((note_event, profile.notes), (coin_event, profile.coins)):
                for acceptor in acceptors:
                    event = read(a, b, acceptor)
                    assert not isinstance(event, TakenIn) or event.value == acceptor.value(a), "money of no value"
