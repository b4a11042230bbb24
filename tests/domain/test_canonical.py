"""The canonical form: one value, one sequence of bytes, on any machine."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.canonical import canonical, instant_text, parse_instant

# whatever a journal row may hold: no floats, and no lone surrogates, which UTF-8 cannot say
text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
instants = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.dictionaries(text, values, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(st.dictionaries(text, values, max_size=5))
def test_the_bytes_say_the_value(value: dict[str, object]) -> None:
    assert json.loads(canonical(value)) == value


def test_there_are_no_spaces_and_no_escapes() -> None:
    assert canonical({"b": [1, None, True], "a": "门"}) == '{"a":"门","b":[1,null,true]}'.encode()


@pytest.mark.parametrize("value", [{"a": 0.5}, [1, [2.0]], {"a": ({"b": 1.5},)}])
def test_a_float_is_refused_however_deep(value: dict[str, object] | list[object]) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical(value)


@given(instants)
def test_an_instant_comes_back_from_its_text(at: datetime) -> None:
    assert parse_instant(instant_text(at)) == at


@given(instants, instants)
def test_texts_sort_as_the_instants_do(one: datetime, other: datetime) -> None:
    assert (instant_text(one) < instant_text(other)) == (one < other)


def test_an_instant_is_written_in_utc() -> None:
    china = timezone(timedelta(hours=8))
    assert instant_text(datetime(2026, 11, 23, 9, 12, 3, 123, china)) == "2026-11-23T01:12:03.000123Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        instant_text(datetime(2026, 11, 23))  # noqa: DTZ001


def test_another_form_of_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="does not match"):
        parse_instant("2026-11-23 01:12")
