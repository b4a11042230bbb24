"""From a backup to selling again: the restored terminal is refused until it is enrolled in a new epoch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kiosk.settings import KioskSettings
from shanmen.backup import backup, restore
from shanmen.enrolment import enrol_terminal
from shared.errors import Fault, UserError
from shared.security.keys import SigningKey
from shared.settings import SettingsError
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from shared.sync.enrolment import Enrolment
from shared.system_clock import SystemClock
from tests.central.world import RunningCentral, serve
from tests.storage.world import opened


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    with serve(tmp_path) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, central: RunningCentral) -> KioskSettings:
    device = {"driver": "escpos", "address": "tcp://127.0.0.1:1"}
    return KioskSettings.model_validate(
        {
            "terminal": {"name": "gate", "data": tmp_path / "data"},
            "central": {"url": central.url},
            "printer": device,
            "scanner": device,
            "payment": {},
        }
    )


def run(command: object, *words: object) -> Result:
    app = typer.Typer()
    app.command()(command)  # type: ignore[type-var]
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"}, catch_exceptions=False)


def write_a_sale(folder: Path, who: Enrolment, sale_id: str) -> None:
    with closing(Database(folder / "terminal.sqlite")) as database:
        key = SigningKey.load(folder / "terminal.key")
        TerminalStore(database, Pen(who.terminal_id, who.epoch, key), SystemClock()).record(sale_id, opened())


def test_a_restored_terminal_is_enrolled_anew_and_goes_on(settings: KioskSettings, central: RunningCentral) -> None:
    folder, clock = settings.terminal.data, central.clock
    who = enrol_terminal(settings, central.code(), clock)
    write_a_sale(folder, who, "S1")
    with pytest.raises(SettingsError, match="enrolled already"):
        enrol_terminal(settings, central.code(), clock)
    assert run(backup, folder / "terminal.sqlite").exit_code == 0
    write_a_sale(folder, who, "S2")
    answer = run(restore, folder / "terminal.sqlite")
    assert answer.exit_code == 0
    assert "enrol" in answer.output
    with pytest.raises(UserError) as refusal:
        write_a_sale(folder, who, "S3")
    assert refusal.value.fault is Fault.NEEDS_NEW_EPOCH
    with pytest.raises(SettingsError, match="refused the code"):
        enrol_terminal(settings, "XXXX-XXXX-XXXX", clock)
    again = enrol_terminal(settings, central.code(), clock)
    assert (again.terminal_id, again.epoch) == (who.terminal_id, 2)
    write_a_sale(folder, again, "S3")
    assert verify(folder / "terminal.sqlite").broken is None


def test_a_day_without_a_backup_is_named(settings: KioskSettings, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        run(restore, tmp_path / "t.sqlite", "--day", date(2026, 1, 1))
    assert refusal.value.fault is Fault.BACKUP_MISSING
