"""`shanmen doctor` as a script sees it: exit statuses, the report's place, and both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from kiosk.settings import KioskSettings
from shanmen.bench.configuration import in_toml
from shanmen.cli import app
from shanmen.doctor.report import is_genuine
from shared.wire.commissioning import SignedReport


@pytest.fixture
def file(enrolled: KioskSettings, tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    document = enrolled.model_dump(mode="json", exclude_none=True, exclude={"upkeep", "screen", "visit"})
    path.write_text(in_toml(document), "utf-8")
    return path


def doctor(*words: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *words])


def test_the_report_is_kept_signed_beside_the_terminal_s_database(file: Path, enrolled: KioskSettings) -> None:
    answer = doctor("--settings", str(file))
    assert "Ticket printer: answers" in answer.output
    (kept,) = (enrolled.terminal.data / "commissioning").glob("*.json")
    assert is_genuine(SignedReport.model_validate_json(kept.read_text("utf-8")))
    assert kept.name.removesuffix(".unsent.json") in answer.output or "central has it" in answer.output


def test_a_test_ticket_is_printed_on_demand(file: Path, printer: EscPosPrinterEmulator) -> None:
    doctor("--settings", str(file), "--print")
    assert len(printer.sheets) == 1


def test_not_fit_is_2_and_says_so_in_chinese(file: Path, printer: EscPosPrinterEmulator, tmp_path: Path) -> None:
    printer.set_fault(PrinterTrouble.PAPER_OUT)
    answer = doctor("--settings", str(file), "--language", "zh-Hans", "--folder", str(tmp_path / "out"))
    assert answer.exit_code == 2
    assert "门票打印机：缺纸。" in answer.output
    (page,) = (tmp_path / "out").glob("*.html")
    assert '<html lang="zh-Hans">' in page.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--settings", "no-such-file.toml"],
        ["--language", "tlh"],
        ["--print"],
    ],
)
def test_what_cannot_be_looked_at_is_3(words: list[str]) -> None:
    answer = doctor(*words)
    assert answer.exit_code == 3
    assert answer.stderr.startswith("shanmen: ")
    assert len(answer.stderr.strip().splitlines()) == 1


def test_without_settings_the_machine_alone_is_looked_at() -> None:
    answer = doctor()
    assert answer.exit_code in (0, 1)
    assert "typefaces" in answer.output
    assert "report" not in answer.output


def test_a_folder_that_cannot_be_written_is_told(file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    answer = doctor("--settings", str(file), "--folder", str(tmp_path / "taken"))
    assert "the report cannot be written" in answer.stderr


def test_the_unsigned_report_of_a_fresh_machine(file: Path, enrolled: KioskSettings, tmp_path: Path) -> None:
    fresh = file.read_text("utf-8").replace(str(enrolled.terminal.data), str(tmp_path / "fresh"))
    file.write_text(fresh, "utf-8")
    answer = doctor("--settings", str(file), "--folder", str(tmp_path / "out"))
    assert answer.exit_code == 2
    assert "It is not signed" in answer.output
    (kept,) = (tmp_path / "out").glob("*.json")
    assert "signature" not in json.loads(kept.read_text("utf-8"))
