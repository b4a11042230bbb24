"""The catalogue of faults: every name has an entry, every number one meaning."""

from __future__ import annotations

import tomllib
from pathlib import Path

import shared
from shared.errors import Fault, Kind, SurroundingsError, UserError

CATALOGUE = tomllib.loads((Path(shared.__file__).parent / "errors.toml").read_text("utf-8"))


def test_the_catalogue_and_the_names_in_the_code_are_the_same() -> None:
    assert set(CATALOGUE) == {fault.value for fault in Fault}


def test_no_number_has_two_meanings_and_none_is_centrals() -> None:
    numbers = [fault.number for fault in Fault]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) >= 2000


def test_every_fault_is_explained_in_one_sentence_with_what_to_do() -> None:
    for fault in Fault:
        said = fault.explanation
        assert said.sentence.endswith(".")
        assert said.remedy.endswith(".")
        assert isinstance(said.kind, Kind)


def test_an_error_says_its_number_its_sentence_and_where() -> None:
    error = SurroundingsError(Fault.DISK_FULL, "/data")
    assert str(error).startswith("[2110] The disk is full")
    assert str(error).endswith("(/data)")
    assert "(" not in str(UserError(Fault.IN_USE))
