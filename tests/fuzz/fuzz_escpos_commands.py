"""The emulated printer's own reading of ESC/POS: pieces change nothing, and no byte is lost or taken twice."""

from __future__ import annotations

from drivers.emulators.escpos_parser import EscPosParser

SEEDS = (
    b"\x1d(k\x01\x001",
    b"\x1b@\x1dP\xcb\xcb\x1dv0\x00\x02\x00\x02\x00\xff\x00\xff\x00\x1bJ\x18\x1dVB\x00\x1d(H\x06\x0000A1 z",
    b"\x1c&\x1d!\x11\x1bE\x01\x1b3\x40\x1ba\x01\xc7\xe0\xc9\xbd 3\n\x81\x30\x81\x30\x1c.\x1bp\x00\x32\x64\x1dr\x01",
    b"\x1d(k\x03\x001C\x06\x1d(k\x05\x001P0AB\x1d(k\x03\x001Q0\x1de\x03\x0a\x1de\x02\x1c(L\x02\x00\x42\x30\x10\x04\x01",
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    at_once = b"".join(raw for _, raw in EscPosParser().feed(data))
    parser = EscPosParser()
    singly = b"".join(raw for byte in data for _, raw in parser.feed(bytes([byte])))
    assert singly == at_once
    assert data.startswith(at_once)
