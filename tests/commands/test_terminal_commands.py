"""`shanmen identity` and `shanmen day` on a stopped terminal's folder: keys, purge, and the day that is open."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import assets
from shanmen import cli, day, identity
from shared import log
from shared.catalogue_files import read_document
from shared.domain.document import json_values
from shared.errors import Fault, UserError
from shared.security import opening_keys
from shared.security.keys import SigningKey
from shared.security.opening_keys import KEY_FILE, keys_at_hand, terminal_vault
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore, put_fact
from shared.storage.terminal_folder import ENROLMENT_FACT, open_terminal_folder
from shared.storage.verify import verify
from shared.system_clock import SystemClock
from tests.storage.window import ANNA, DAY, KEEP_UNTIL, Window
from tests.storage.world import CENTRAL, KEY, lease

SITE = Path(assets.__file__).parent / "demo"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A terminal with a ticket in a name, whose data keys are in a key file."""
    monkeypatch.setattr(opening_keys, "fit_keyring", lambda: None)
    KEY.save(tmp_path / "terminal.key")
    with closing(Database(tmp_path / "terminal.sqlite")) as database:
        enrolment = {"terminal_id": "t1", "site_id": "s", "epoch": 1, "central": CENTRAL.public.raw.hex()}
        put_fact(database, ENROLMENT_FACT, enrolment)
        put_fact(database, "catalogue", {"document": json_values(read_document(SITE / "catalog.toml"))})
        store = TerminalStore(database, Pen("t1", 1, SigningKey.load(tmp_path / "terminal.key")), SystemClock())
        store.add_leases([lease(9)], 0.0, "boot")
        keys_at_hand(terminal_vault(tmp_path, "t1"), ())
        Window(store).sell("S1", ANNA)
    return tmp_path


def run(app: object, *words: object) -> Result:
    said = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)  # type: ignore[arg-type]
    assert said.exit_code == 0, said.output
    return said


def refused(act: Callable[[], object], fault: Fault) -> None:
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.fault is fault


def kinds(folder: Path) -> list[str]:
    with closing(open_terminal_folder(folder, SystemClock()).database) as database:
        store = TerminalStore(database, Pen("t1", 1, KEY), SystemClock())
        return [event.type for event in store.journal_after(0, 100)]


def test_the_keys_are_told_without_a_secret(folder: Path) -> None:
    said = run(identity.app, "keys", folder).output
    assert "degraded" in said
    assert "version 1: protects new numbers, needed" in said
    assert not any(secret in said for secret in _secrets(folder))


def _secrets(folder: Path) -> list[str]:
    text = (folder / KEY_FILE).read_text()
    return [word for word in text.replace('"', " ").split() if len(word) > 30]


def test_a_rotated_key_protects_and_the_old_one_is_erased_when_nothing_needs_it(folder: Path) -> None:
    run(identity.app, "rotate", folder)
    refused(lambda: run(identity.app, "erase", folder, 2), Fault.DATA_KEY_NOT_ERASABLE)
    refused(lambda: run(identity.app, "erase", folder, 7), Fault.DATA_KEY_NOT_ERASABLE)
    refused(lambda: run(identity.app, "erase", folder, 1), Fault.DATA_KEY_NOT_ERASABLE)
    day_after = KEEP_UNTIL + timedelta(days=1)
    assert "1 deleted" in run(identity.app, "purge", folder, "--on", day_after).output
    assert "nothing to delete" in run(identity.app, "purge", folder, "--on", day_after).output
    run(identity.app, "erase", folder, 1)
    assert "version 1" not in run(identity.app, "keys", folder).output
    assert [kind for kind in kinds(folder) if "key_" in kind] == ["identity.key_rotated", "identity.key_erased"]
    assert verify(folder / "terminal.sqlite", KEY.public).broken is None


def test_a_needed_key_is_erased_only_on_purpose(folder: Path) -> None:
    run(identity.app, "rotate", folder)
    assert "erased" in run(identity.app, "erase", folder, 1, "--needed-too").output


def test_a_person_opens_and_closes_the_day(folder: Path) -> None:
    assert "no business day" in run(day.app, "show", folder).output
    refused(lambda: run(identity.app, "purge", folder), Fault.DAY_NOT_OPEN)
    assert f"{DAY} is open" in run(day.app, "open", folder, DAY, "--by", "bea").output
    refused(lambda: run(day.app, "open", folder, DAY, "--by", "bea"), Fault.DAY_NOT_OPEN)
    assert "nothing to delete" in run(identity.app, "purge", folder).output
    assert f"{DAY} is closed" in run(day.app, "close", folder, "--by", "bea").output
    assert f"{DAY} is closed" in run(day.app, "show", folder).output


def test_a_folder_without_a_terminal_is_told_as_one(tmp_path: Path) -> None:
    refused(lambda: run(day.app, "show", tmp_path), Fault.NOT_ENROLLED)
    Database(tmp_path / "terminal.sqlite").close()
    KEY.save(tmp_path / "terminal.key")
    refused(lambda: run(day.app, "show", tmp_path), Fault.NOT_ENROLLED)


def test_keys_that_are_gone_have_a_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / KEY_FILE).unlink()
    monkeypatch.setattr(log, "configure", lambda: None)  # it would hold the captured stream for ever
    monkeypatch.setattr(sys, "argv", ["shanmen", "identity", "keys", str(folder)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.UNAVAILABLE
    assert f"[{Fault.DATA_KEYS.number}]" in capsys.readouterr().err
    with closing(open_terminal_folder(folder, SystemClock()).database):
        at_hand = keys_at_hand(terminal_vault(folder, "t1"), {1})
    assert (at_hand.protection, at_hand.standing) == (None, None)
    assert at_hand.problem
