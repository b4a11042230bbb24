"""The table of actions: what is said is done to the device, and nonsense is answered plainly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.serial_scanner import SerialScannerEmulator
from shanmen.bench.action import Choice, NonsenseError, Number, OneOf, Words, checked
from shanmen.bench.stations.printer import printer_station
from shanmen.bench.stations.scanner import scanner_station
from shanmen.bench.table import Bench
from shanmen.bench.workplace import laid_out


@pytest.fixture
def printer() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator(over="usb") as printer:
        yield printer


@pytest.fixture
def scanner() -> Iterator[SerialScannerEmulator]:
    with SerialScannerEmulator() as scanner:
        yield scanner


@pytest.fixture
def bench(printer: EscPosPrinterEmulator, scanner: SerialScannerEmulator) -> Bench:
    return Bench((printer_station(printer), scanner_station(scanner)))


@pytest.mark.parametrize(
    ("words", "on"),
    [
        (["paper-out", "printer"], True),
        (["paper-out"], True),
        (["paper-out", "on"], True),
        (["paper-out", "printer", "off"], False),
    ],
)
def test_a_switch_is_turned_with_and_without_the_device_s_name(
    bench: Bench, printer: EscPosPrinterEmulator, words: list[str], on: bool
) -> None:
    bench.perform(words)
    assert printer.has_fault(PrinterTrouble.PAPER_OUT) is on


def test_the_cable_has_a_word_for_each_way(bench: Bench, scanner: SerialScannerEmulator) -> None:
    bench.perform(["unplug", "scanner"])
    assert not scanner.is_plugged
    bench.perform(["plug", "scanner"])
    assert scanner.is_plugged


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say a verb"),
        (["pasta"], "There is no 'pasta' here"),
        (["paper-outt"], "Is paper-out or"),
        (["unplug"], "unplug what: printer, scanner?"),
        (["paper-out", "scanner"], "can be done to printer alone"),
        (["paper-out", "printer", "maybe"], "takes on or off"),
        (["code", "scanner", "gold"], "is none of pays"),
        (["code", "scanner", "pays", "twice"], "takes one value"),
        (["load-paper", "printer", "9"], "from 10 to 100000"),
        (["load-paper", "printer", "nan"], "from 10 to 100000"),
        (["load-paper", "printer", "ten"], "is not a whole number"),
        (["torn-code", "scanner", "now"], "takes nothing more"),
        (["text", "x" * 5000], "longer than"),
    ],
)
def test_nonsense_is_answered_in_one_sentence(bench: Bench, words: list[str], said: str) -> None:
    with pytest.raises(NonsenseError, match=said.replace("?", r"\?")):
        bench.perform(words)


def test_a_code_before_an_unplugged_scanner_is_refused(bench: Bench) -> None:
    bench.perform(["unplug", "scanner"])
    with pytest.raises(NonsenseError, match="unplugged"):
        bench.perform(["code"])


@given(st.lists(st.text(), max_size=4))
def test_whatever_is_said_is_done_or_refused(words: list[str]) -> None:
    empty = Bench(())
    with pytest.raises(NonsenseError):
        empty.perform(words)


@given(st.text(), st.sampled_from([Number("n", 1, 9, 2), OneOf("c", (Choice("a", "A"),)), Words("w", "usual")]))
def test_a_value_is_checked_or_refused(word: str, parameter: Number | OneOf | Words) -> None:
    try:
        value = checked(parameter, word)
    except NonsenseError:
        assert word
    else:
        assert value


def test_every_device_of_the_workplace_has_a_name_and_rows_of_its_own(tmp_path: Path) -> None:
    with laid_out(tmp_path, "http://127.0.0.1:1") as bench:
        names = [station.name for station in bench.stations]
        rows = [(row.station.name, row.action.verb) for row in bench.rows()]
        assert len(set(names)) == len(names)
        assert len(set(rows)) == len(rows)
        assert all(row.action.label for row in bench.rows())
        assert {document["device"] for document in bench.document()} == set(names)


@pytest.mark.parametrize("url", ["https://central", "127.0.0.1:8080", "http://127.0.0.1:x", "http://["])
def test_an_address_of_central_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(NonsenseError, match="is not of the form"), laid_out(tmp_path, url, ()):
        pass
