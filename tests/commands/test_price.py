"""`shanmen price`: a party typed by hand becomes a quote with its reasons; a mistake is one sentence and exit 2."""

from __future__ import annotations

import json
from datetime import date

import pytest
import typer
from typer.testing import CliRunner, Result

from shanmen.party import parse_party
from shanmen.price import price
from shared.domain.pricing import PartyMember, quote_from_document
from shared.domain.pricing.replay import replay

FAMILY = ["--party", "2 adult, 1 senior:1948-03-02, 1 child:2019-05-01", "--want", "entry,cablecar"]
DAY = ["--date", "2026-10-02", "--at", "kiosk", "--asked", "2026-10-01T09:00"]


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command()(price)
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "120"})


def test_the_table_shows_tickets_reasons_and_total() -> None:
    shown = run(*FAMILY, *DAY)
    assert shown.exit_code == 0, shown.output
    for expected in ("Summit ticket", "Free entry from 70, by document", "Cable car on public holidays", "CN¥372.30"):
        assert expected in shown.output
    assert "No cheaper choice exists." in shown.output


def test_json_is_the_quote_as_it_is_journaled() -> None:
    shown = run(*FAMILY, *DAY, "--json")
    found = quote_from_document(json.loads(shown.output))
    assert replay(found).minor == 37_230
    assert run(*FAMILY, *DAY, "--json").output == shown.output


@pytest.mark.parametrize(("language", "said"), [("zh-Hans", "登顶联票"), ("ja", "山頂セット券"), ("ru", "Билет на")])
def test_the_reasons_stand_in_the_language_asked_for(language: str, said: str) -> None:
    assert said in run(*FAMILY, *DAY, "--language", language).output


def test_a_coupon_counts_or_says_why_not() -> None:
    shown = run(*FAMILY, *DAY, "--coupon", "YUNWU20", "--coupon", "X", "--time", "10:00", "--cash")
    assert "CN¥352.30" in shown.output
    assert "Coupon X did not count: unknown." in shown.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--party", "2 dragons", "--want", "entry", *DAY], "dragons: there is no such category"),
        (["--party", "two adults!", "--want", "entry", *DAY], "party: 'two adults!' is not like"),
        (["--party", "0 adult", "--want", "entry", *DAY], "party: 0 of 'adult'"),
        (["--party", "10000 adult", "--want", "entry", *DAY], "party: must have 1..200 visitors, has 10000"),
        (["--party", "adult:1948-02-30", "--want", "entry", *DAY], "party: '1948-02-30' is not a date that exists"),
        (["--party", "adult", "--want", "ski", *DAY], "ski: there is no such product"),
        (["--party", "adult", "--want", "entry", "--date", "2026-02-30"], "--date: '2026-02-30' is not"),
        (["--party", "adult", "--want", "entry", *DAY, "--time", "25:00"], "--time: '25:00' is not"),
        (["--party", "adult", "--want", "entry", *DAY, "--asked", "noon"], "--asked: 'noon' is not"),
        (["--party", "adult", "--want", "entry", *DAY, "--language", "xx"], "language: must be one of zh-Hans, "),
        (["--party", "adult", "--want", "entry", *DAY, "--prices", "/nowhere"], "/nowhere: No such file or directory"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_it(words: list[str], said: str) -> None:
    shown = run(*words)
    assert shown.exit_code == 2
    assert shown.stderr.startswith(f"shanmen: {said}")
    assert shown.stderr.count("\n") == 1


def test_a_party_is_read_with_counts_and_dates_of_birth() -> None:
    senior = PartyMember("senior", date(1948, 3, 2))
    assert parse_party("2 adult, senior:1948-03-02") == (PartyMember("adult"), PartyMember("adult"), senior)
