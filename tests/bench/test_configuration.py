"""Settings that are written can be read again, whatever stands in them."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanmen.bench.configuration import in_toml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-(2**60), 2**60), st.floats(-1e9, 1e9, allow_nan=False))
TABLES = st.dictionaries(
    TEXTS.filter(bool), st.one_of(SCALARS, st.dictionaries(TEXTS, SCALARS, max_size=2)), max_size=4
)


@given(st.dictionaries(st.from_regex(r"[a-z_-]{1,8}", fullmatch=True), TABLES, max_size=3))
def test_what_is_written_is_read_again(document: dict[str, dict[str, object]]) -> None:
    assert tomllib.loads(in_toml(document)) == document


def test_a_table_of_tables_is_written_as_those() -> None:
    assert in_toml({"payment": {"card": {"driver": "zvt"}}}) == '[payment.card]\ndriver = "zvt"\n'


@pytest.mark.parametrize("value", [None, object(), {"a": None}])
def test_what_a_settings_file_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        in_toml({"terminal": {"name": value, "data": "x"}})
