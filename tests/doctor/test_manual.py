"""The commissioning manual says what the program says, and names only what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drivers.transport.address import parse_address
from shanmen.cli import app
from shanmen.doctor.finding import catalogue
from shanmen.doctor.manual import MANUAL, updated

ROOT = MANUAL.parents[2]
TEXT = MANUAL.read_text("utf-8")


def test_the_table_of_findings_is_the_catalogue_s() -> None:
    assert updated(TEXT) == TEXT, "run python -m shanmen.doctor.manual"
    assert [f"`{key}`" in TEXT for key in catalogue()] == [True] * len(catalogue())


def test_a_manual_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        updated("# Commissioning")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"installer/[\w./-]+\w", TEXT))))
def test_every_file_that_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("address", re.findall(r"^\| `((?:tcp|serial|usb)://[^`]+)`", TEXT, re.MULTILINE))
def test_every_address_that_it_names_is_one(address: str) -> None:
    parse_address(address)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"shanmen doctor[^\n]*?(--[a-z-]+)", TEXT))))
def test_every_option_that_it_names_is_there(option: str) -> None:
    assert option in CliRunner().invoke(app, ["doctor", "--help"], terminal_width=200).output


def test_the_rights_of_the_devices_go_to_a_group_that_the_manual_makes() -> None:
    rules = Path(ROOT / "installer/linux/99-shanmen.rules").read_text("utf-8")
    groups = set(re.findall(r'GROUP="([\w-]+)"', rules))
    assert groups == {"shanmen-devices"}
    assert "groupadd --system shanmen-devices" in TEXT
