"""A print service's answers in any bytes: a value or nothing, and nothing from a message that is cut off."""

from __future__ import annotations

from drivers.emulators.ipp_messages import write_error, write_job, write_printer
from drivers.printer.cups.ipp import read_answer
from drivers.printer.cups.states import printer_status

SEEDS = (
    write_job(1, 0, 5, 9),
    write_printer(2, 5, ["media-empty-error", "cover-open"], accepting=False),
    write_error(3, 0x0406),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    answer = read_answer(data)
    if answer is not None:
        assert b"\x03" in data[8:]
        printer_status(answer)
        answer.number("job-id")
