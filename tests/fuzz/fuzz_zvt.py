"""What a card terminal says, in any bytes: nothing raises, pieces change nothing, no amount comes from nowhere."""

from __future__ import annotations

from drivers.payment.zvt.apdu import ApduReader, decode
from drivers.payment.zvt.fields import AMOUNT, packed, parse_fields
from drivers.payment.zvt.framing import Control, FrameReader, frame
from drivers.payment.zvt.status import read_status
from drivers.payment.zvt.tlv import parse_tlv

SEEDS = (
    bytes.fromhex("040f0b27000400000000600049015687"),
    bytes.fromhex("040f10270004000000006000490156870042"),
    bytes.fromhex("06d10a") + b"\x00RECEIPT 1",
    bytes.fromhex("80000004ff010a"),
    b"\x06\x84\x1f\x01\x02\x60\x00" + b"\x10\x02\x10\x10\x10\x03\x00\x00",
    frame(bytes.fromhex("040f07270004000000006000")),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    middle = len(data) // 2
    whole, pieces = ApduReader().feed(data), ApduReader()
    assert [*pieces.feed(data[:middle]), *pieces.feed(data[middle:])] == whole, "pieces change what was said"
    framed = FrameReader().feed(frame(data[:900])) if len(data) <= 900 else []
    assert len(framed) <= 1
    assert all(found is Control.BAD_FRAME or not isinstance(found, Control) for found in framed)
    FrameReader().feed(data)
    decode(data)
    parse_tlv(data)
    for apdu in whole:
        _status(apdu.data)
    _status(data)


def _status(data: bytes) -> None:
    status = read_status(data)
    if status is not None and status.amount_minor is not None:
        fields = parse_fields(data)
        assert fields is not None
        assert fields[AMOUNT] == packed(status.amount_minor, 6), "another amount than was said"
