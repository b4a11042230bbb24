"""From the payment to the ticket in the visitor's hand: the first byte on the wire, the first sheet, the last.

Run: `python -m benchmarks.ticket [--sales N] [--speed MM_S]`. A whole sale of two tickets: journal, signatures, sheets,
the real driver over TCP, and an emulated printer that prints at its speed and counts the time itself.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.selling import TICKETS, RichPayer, Terminal
from drivers.attendance import attend_printer
from drivers.contracts.payment import Charge, PaymentAnswer
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.device_settings import DeviceSettings
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_mechanism import Sheet
from drivers.host import DeviceHost
from drivers.printer.hosted import HostedPrinter
from drivers.registry import build_escpos

_QUERY = re.compile(rb"\x10\x04.", re.DOTALL)
_LOOK_SECONDS = 1.0


class Watch(RichPayer):
    """Notes when the money moved, when the printer heard of it, and when each sheet fell."""

    def __init__(self) -> None:
        self.paid_at = self.worked_at_payment = 0.0
        self.first_byte_at = self.worked = 0.0
        self.sheets: list[tuple[float, int]] = []

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        answer = super().submit(charge, tell)
        self.first_byte_at, self.sheets = 0.0, []
        self.paid_at, self.worked_at_payment = time.perf_counter(), time.process_time()
        return answer

    def heard(self, data: bytes) -> None:
        """Questions for the status are not yet the ticket."""
        if not self.first_byte_at and _QUERY.sub(b"", data):
            self.first_byte_at = time.perf_counter()
            self.worked = time.process_time() - self.worked_at_payment

    def fell(self, sheet: Sheet) -> None:
        self.sheets.append((time.perf_counter(), sheet.image.height))


@dataclass(frozen=True, slots=True)
class Sold:
    """Seconds after the payment; `work`: the processor's until the first byte; `millimetres` of the first ticket."""

    work: float
    first_byte: float
    first_ticket: float
    last_ticket: float
    receipt: float
    millimetres: float


def sell(terminal: Terminal, watch: Watch, number: int) -> Sold:
    terminal.sell(number)
    fallen = [at - watch.paid_at for at, _ in watch.sheets]
    first_byte = watch.first_byte_at - watch.paid_at
    return Sold(watch.worked, first_byte, fallen[0], fallen[TICKETS - 1], fallen[TICKETS], watch.sheets[0][1] / 8)


def row(name: str, values: Iterable[float], target: str) -> str:
    column = sorted(values)
    high = column[min(len(column) - 1, int(0.95 * len(column)))]
    return f"| {name} | {statistics.median(column):.3f} | {high:.3f} | {column[-1]:.3f} | {target} |"


def measure(sales: int, speed: float) -> list[Sold]:
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder, EscPosPrinterEmulator(speed_mm_s=speed) as paper:
        paper.tap(watch.heard)
        paper.listen(watch.fell)
        driver = build_escpos(DeviceSettings("printer", "escpos", paper.address))
        host = DeviceHost("printer", driver, attend_printer(driver), _LOOK_SECONDS, time.monotonic)
        host.start()
        printer = HostedPrinter(driver, host)
        terminal = Terminal(Path(folder) / "t.sqlite", sales + 1, with_paper=True, printer=printer, payer=watch)
        sell(terminal, watch, 0)  # the first loads fonts and words
        sold = [sell(terminal, watch, number) for number in range(1, sales + 1)]
        assert not terminal.store.open_sales()
        terminal.database.close()
        host.stop()
    return sold


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sales", type=int, default=20)
    options.add_argument("--speed", type=float, default=150.0)
    chosen = options.parse_args()
    sold = measure(chosen.sales, chosen.speed)
    print(f"{chosen.sales} sales, {chosen.speed:.0f} mm/s, a ticket of {sold[0].millimetres:.0f} mm")
    print("| seconds after the payment | median | p95 | worst | target |\n|---|---|---|---|---|")
    print(row("work before the first byte", (one.work for one in sold), ""))
    print(row("first byte on the wire", (one.first_byte for one in sold), "0.300"))
    print(row("first ticket out", (one.first_ticket for one in sold), "10"))
    print(row(f"all {TICKETS} tickets out", (one.last_ticket for one in sold), ""))
    print(row("receipt out", (one.receipt for one in sold), ""))


if __name__ == "__main__":
    main()
