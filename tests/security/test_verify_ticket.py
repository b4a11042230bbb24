"""The command that checks a ticket, as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from shanmen.verify_ticket import verify_ticket
from shared.security.keys import Keyring
from tests.boxoffice.desk import CATALOG_FILE, RING, STRANGER, ticket

app = typer.Typer()
app.command()(verify_ticket)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(RING.to_json(), "utf-8")
    return path


def verify(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


def test_a_genuine_ticket_is_told_in_words(keys: Path) -> None:
    result = verify(ticket(flags=1), "--keys", keys, "--catalog", CATALOG_FILE)
    assert result.exit_code == 0
    assert "Genuine: signed by terminal:kiosk-1." in result.output
    assert "2026-11-23 12:00 CST" in result.output
    assert "0A0B-0C0D-0E0F" in result.output
    assert "replaces" in result.output


def test_without_a_catalogue_the_product_is_a_number_and_times_are_utc(keys: Path) -> None:
    result = verify(ticket(), "--keys", keys)
    assert result.exit_code == 0
    assert "Product  number" in result.output
    assert "04:00 UTC" in result.output


def test_a_script_reads_json(keys: Path) -> None:
    answer = json.loads(verify(ticket(), "--keys", keys, "--json").output)
    assert (answer["genuine"], answer["owner"], answer["reissues"]) == (True, "terminal:kiosk-1", 0)
    assert answer["ticket_id"] == bytes(range(16)).hex()


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (ticket(key=STRANGER), "none of the known keys", "unknown_key"),
        (ticket()[:-3] + "000", "does not fit its signature", "bad_signature"),
        ("hello", "another length", "wrong_length"),
        ("?" * 168, "no ticket has", "not_base45"),
    ],
)
def test_what_is_not_genuine_ends_with_1(keys: Path, code: str, words: str, reason: str) -> None:
    told = verify(code, "--keys", keys)
    assert (told.exit_code, words in told.output) == (1, True)
    scripted = verify(code, "--keys", keys, "--json")
    assert (scripted.exit_code, json.loads(scripted.output)) == (1, {"genuine": False, "reason": reason})


@pytest.mark.parametrize("end", ["", "\n", "\r\n", " \n"])
def test_standard_input_is_read_to_the_lines_end(keys: Path, end: str) -> None:
    assert verify("-", "--keys", keys, typed=ticket() + end).exit_code == 0


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"keys": [{"owner": "x", "public": "00"}]}'])
def test_a_damaged_key_ring_ends_with_2_and_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, "utf-8")
    result = verify(ticket(), "--keys", path)
    assert result.exit_code == 2
    assert result.stderr == f"shanmen: {path}: not a key ring\n"


def test_a_missing_file_ends_with_2(tmp_path: Path, keys: Path) -> None:
    assert verify(ticket(), "--keys", tmp_path / "none.json").exit_code == 2
    assert verify(ticket(), "--keys", keys, "--catalog", tmp_path / "none.toml").exit_code == 2
    assert verify(ticket(), "--keys", keys, "--catalog", keys).exit_code == 2


def test_an_empty_ring_knows_nobody(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(Keyring().to_json(), "utf-8")
    assert verify(ticket(), "--keys", path).exit_code == 1
