"""A relay board's replies in any bytes: only a frame with the right check is taken."""

from __future__ import annotations

from drivers.cabinet.modbus import CoilWritten, Garbled, Incomplete, read_reply, write_coil

SEEDS = (
    bytes.fromhex("01050000FF008C3A"),
    bytes.fromhex("0102010361 89".replace(" ", "")),
    bytes.fromhex("018202C161"),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    reply = read_reply(data, 1)
    if isinstance(reply, CoilWritten):
        assert data == write_coil(1, reply.coil, reply.on)
    elif not isinstance(reply, Incomplete | Garbled):
        assert len(data) >= 5
        assert not isinstance(read_reply(data[:-1], 1), type(reply))
