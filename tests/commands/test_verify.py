"""`shanmen verify` as an auditor calls it: 0 when the file is whole, 1 naming what is broken, 2 when it cannot say."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from shanmen.verify import verify
from tests.storage.world import KEY, sold_and_undone


def run(*words: object) -> Result:
    app = typer.Typer()
    app.command()(verify)
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "t.sqlite"
    sold_and_undone(path)
    return path


def test_a_whole_file(database: Path, tmp_path: Path) -> None:
    answer = run(database)
    assert answer.exit_code == 0, answer.output
    assert "give --key" in answer.output
    (tmp_path / "key").write_text(KEY.public.raw.hex() + "\n")
    for key in (KEY.public.raw.hex(), tmp_path / "key"):
        answer = run(database, "--key", key, "--every-signature", "--json")
        assert answer.exit_code == 0, answer.output
        assert json.loads(answer.output) == {"whole": True, "rows": 33, "signed": True, "broken": None}


def test_a_broken_row_is_named_with_the_number_of_the_fault(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE sale SET outcome = 'claim' WHERE sale_id = 'S1'")
    answer = run(database)
    assert answer.exit_code == 1
    assert answer.output.strip() == "Broken [2120]: sale, S1: is not what the journal says."
    broken = json.loads(run(database, "--json").output)["broken"]
    assert broken == {"table": "sale", "key": "S1", "reason": "is not what the journal says", "number": 2120}


def test_what_cannot_be_read_is_no_verdict(database: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "absent").exit_code == 2
    assert run(database, "--key", "12").exit_code == 2
    assert run(database, "--key", "no key").exit_code == 2
