"""What a printer says, in any bytes: nothing raises, pieces change nothing, no process id comes from nowhere."""

from __future__ import annotations

from drivers.printer.status import Message, ProcessDone, StatusReader

SEEDS = (
    b"\x12\x16\x1e\x72",
    b"\x37\x22A1 z\x00\x37\x22B2 y\x00",
    b"\x14\x00\x0f\x0f\x10\x0f\x20\x02\x00\x01\x11\x13\x0c",
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    for full_status in (False, True):
        whole = StatusReader(full_status).feed(data)
        cut = StatusReader(full_status)
        single: list[Message] = [message for byte in data for message in cut.feed(bytes([byte]))]
        assert single == whole
        line = data.translate(None, b"\x11\x13")
        for message in whole:
            if isinstance(message, ProcessDone):
                assert b"\x37\x22" + message.process_id.encode() + b"\x00" in line
