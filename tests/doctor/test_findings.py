"""The catalogue of findings: complete in both languages, and nothing in it that the doctor never says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shanmen.doctor
from shanmen.doctor.finding import Description, Finding, Severity, Verdict, catalogue, verdict_on
from shanmen.doctor.words import LANGUAGES, texts
from shared.domain.text import LocalText

FIELD = re.compile(r"{(\w+)}")
SOURCES = [
    path.read_text("utf-8") for path in Path(shanmen.doctor.__file__).parent.rglob("*.py") if path.name != "finding.py"
]


def fields(text: LocalText) -> list[set[str]]:
    return [set(FIELD.findall(words)) for words in text.by_language.values()]


@pytest.mark.parametrize("kind", catalogue().values(), ids=lambda kind: kind.key)
def test_a_finding_is_said_in_both_languages_with_the_same_facts(kind: Description) -> None:
    for text in (kind.sentence, kind.remedy):
        if text is not None:
            assert set(text.by_language) == set(LANGUAGES)
            assert len({frozenset(each) for each in fields(text)}) == 1


@pytest.mark.parametrize("kind", catalogue().values(), ids=lambda kind: kind.key)
def test_what_is_wrong_has_a_remedy_and_what_is_well_has_none(kind: Description) -> None:
    if kind.severity is Severity.WELL:
        assert kind.remedy is None
    elif kind.severity is not Severity.NOTE:
        assert kind.remedy is not None


@pytest.mark.parametrize("key", catalogue())
def test_every_finding_is_made_somewhere(key: str) -> None:
    assert any(f'"{key}"' in source for source in SOURCES)


def test_every_finding_that_is_made_is_in_the_catalogue() -> None:
    made = {key for source in SOURCES for key in re.findall(r'Finding\(\s*"([A-Z_]+)"', source)}
    assert made <= set(catalogue())


@pytest.mark.parametrize("group", texts())
def test_words_around_the_findings_are_in_both_languages(group: str) -> None:
    for text in texts()[group].values():
        assert set(text.by_language) == set(LANGUAGES)
        assert len({frozenset(each) for each in fields(text)}) == 1


@pytest.mark.parametrize(
    ("keys", "verdict"),
    [
        ([], Verdict.FIT),
        (["PRINTER_WELL", "CAMERAS"], Verdict.FIT),
        (["PRINTER_WELL", "PRINTER_PAPER_LOW"], Verdict.DEGRADED),
        (["PRINTER_PAPER_LOW", "DEVICE_IN_USE"], Verdict.NOT_SEEN),
        (["DEVICE_IN_USE", "PRINTER_PAPER_OUT", "PRINTER_PAPER_LOW"], Verdict.NOT_FIT),
    ],
)
def test_the_worst_finding_makes_the_verdict(keys: list[str], verdict: Verdict) -> None:
    assert verdict_on(Finding(key) for key in keys) is verdict


def test_the_exit_statuses_are_those_that_scripts_were_promised() -> None:
    assert [verdict.value for verdict in (Verdict.FIT, Verdict.DEGRADED, Verdict.NOT_FIT, Verdict.NOT_SEEN)] == [
        0,
        1,
        2,
        3,
    ]


def test_a_fact_with_braces_does_not_break_the_sentence() -> None:
    finding = Finding("SETTING_WRONG", "printer", {"key": "printer.address", "reason": "'{device}' {0} is none."})
    assert finding.sentence("en", "Printer").endswith("is none.")
