"""A machine with a second printer: tickets on the one, receipts and slips on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from drivers.device_settings import DeviceSettings
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.registry_printer import build_escpos
from shared.selling import progress
from shared.selling.process import SaleProcess
from tests.selling.conftest import Booth, basket, lease
from tests.selling.test_process import payer


@pytest.fixture
def roll() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator(width_dots=384) as emulator:
        yield emulator


@pytest.fixture
def booth(open_booth: Callable[[], Booth], roll: EscPosPrinterEmulator) -> Iterator[Booth]:
    opened = open_booth()
    opened.store.add_leases([lease(6)], 0.0, "boot")
    options: dict[str, object] = {"answer_seconds": 0.3, "margin_seconds": 0.5, "poll_seconds": 0.05}
    printer = build_escpos(DeviceSettings("receipt_printer", "escpos", roll.address, options))
    printer.open()
    counter = replace(opened.counter, receipt_printer=printer)
    yield replace(opened, counter=counter, process=SaleProcess(counter))
    printer.close()


def test_tickets_and_receipt_come_out_where_they_belong(booth: Booth, roll: EscPosPrinterEmulator) -> None:
    booth.process.open("S1", basket(2))
    booth.process.pay("S1", payer())
    assert booth.store.sale("S1").outcome == "done"
    assert (len(booth.paper.sheets), len(roll.sheets)) == (2, 1)


def test_without_tickets_the_claim_comes_out_of_the_other_printer(booth: Booth, roll: EscPosPrinterEmulator) -> None:
    booth.process.open("S1", basket(2))
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    booth.process.pay("S1", payer())
    sale = booth.store.sale("S1")
    assert sale.outcome == "claim"
    assert sale.claim is not None
    assert booth.told[-1] == progress.SaleToWindow("S1", sale.claim.code, claim_printed=True)
    assert (len(booth.paper.sheets), len(roll.sheets)) == (0, 1)


def test_a_receipt_printer_that_is_gone_stops_no_sale(booth: Booth, roll: EscPosPrinterEmulator) -> None:
    roll.set_fault(PrinterTrouble.SILENT)
    booth.process.open("S1", basket(1))
    booth.process.pay("S1", payer())
    assert booth.store.sale("S1").outcome == "done"
    assert booth.told[-1] == progress.SaleDone("S1", 1, receipt=False)
