"""The order book beside the card terminal, and the settings that say where it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import ConfigurationError
from drivers.payment.zvt.book import Entry, OrderBook
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.terminal import ZvtTerminal

SETTINGS = ZvtSettings.from_mapping(
    "payment.card", {"address": "tcp://192.0.2.1:20007", "book_file": "/tmp/x", "currency": "EUR"}
)
entries = st.builds(Entry, st.text(min_size=1, max_size=8), st.integers(1, 10**9), st.text(max_size=8))


@given(st.lists(entries, max_size=5), st.binary(max_size=60))
def test_the_book_keeps_what_was_written_before_a_stop_cut_a_line(
    tmp_path_factory: pytest.TempPathFactory, written: list[Entry], torn: bytes
) -> None:
    path = tmp_path_factory.mktemp("book") / "card.orders"
    book = OrderBook(path)
    for entry in written:
        book.put(entry)
    with path.open("ab") as file:
        file.write(torn.replace(b"\n", b""))
    again = OrderBook(path)
    for entry in written:
        assert again.find(entry.number) == book.find(entry.number)
    again.put(Entry("later", 1, "none").settled("paid", reference="r", receipt=("a",)))
    assert OrderBook(path).find("later") == again.find("later")


@pytest.mark.parametrize("line", [[], {}, {"number": 1}, {"number": "a", "state": "gone"}, None, "x"])
def test_a_line_of_another_form_is_passed_over(tmp_path: Path, line: object) -> None:
    path = tmp_path / "card.orders"
    path.write_text(json.dumps(line) + "\n")
    assert OrderBook(path).find("a") is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("address", "tcp://nowhere"),
        ("address", 1),
        ("book_file", ""),
        ("currency", "USD"),
        ("password", "1234"),
        ("profile", "no-such"),
        ("payment_seconds", "long"),
        ("colour", "red"),
    ],
)
def test_a_mistake_in_the_settings_names_its_key(tmp_path: Path, key: str, value: object) -> None:
    good = {"address": "tcp://127.0.0.1:1", "book_file": str(tmp_path / "book")}
    with pytest.raises(ConfigurationError) as raised:
        ZvtSettings.from_mapping("payment.card", {**good, key: value})
    assert raised.value.key == f"payment.card.{key}"


def test_a_book_that_cannot_be_kept_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = replace(SETTINGS, book_file=tmp_path / "file" / "book")
    with pytest.raises(ConfigurationError, match="book_file"):
        ZvtTerminal(settings)
    assert "000000" not in repr(SETTINGS)
