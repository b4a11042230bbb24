"""What the doctor finds: every kind stands in one catalogue (findings.toml) with its severity, words and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from shared.domain.text import LocalText


class Severity(Enum):
    """How bad it is, from well to worst."""

    WELL = "well"
    NOTE = "note"
    DEGRADED = "degraded"
    UNSEEN = "unseen"
    UNFIT = "unfit"


class Verdict(Enum):
    """What all findings together say. The value is the exit status."""

    FIT = 0
    DEGRADED = 1
    NOT_FIT = 2
    NOT_SEEN = 3


@dataclass(frozen=True, slots=True)
class Description:
    """One kind of finding. Texts may hold fields such as `{path}`; `remedy` is None where nothing is to mend."""

    key: str
    severity: Severity
    sentence: LocalText
    remedy: LocalText | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `key` names its kind; `device` is the device's name in the settings, empty for the machine.

    `facts` fill the fields of its texts. They go into the report: no secret and nothing of a person.
    """

    key: str
    device: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def description(self) -> Description:
        """Raises KeyError for a kind that is not in the catalogue: our own mistake."""
        return catalogue()[self.key]

    @property
    def severity(self) -> Severity:
        return self.description.severity

    def sentence(self, language: str, device_title: str) -> str:
        """What was found, in one sentence."""
        return _filled(self.description.sentence, language, {**self.facts, "device": device_title})

    def remedy(self, language: str, device_title: str) -> str:
        """How to mend it; empty where nothing is to mend."""
        remedy = self.description.remedy
        return _filled(remedy, language, {**self.facts, "device": device_title}) if remedy else ""


def verdict_on(findings: Iterable[Finding]) -> Verdict:
    """The worst of them: not fit, else not seen, else degraded, else fit."""
    severities = {finding.severity for finding in findings}
    for severity, verdict in (
        (Severity.UNFIT, Verdict.NOT_FIT),
        (Severity.UNSEEN, Verdict.NOT_SEEN),
        (Severity.DEGRADED, Verdict.DEGRADED),
    ):
        if severity in severities:
            return verdict
    return Verdict.FIT


@cache
def catalogue() -> Mapping[str, Description]:
    """Every kind by its key, in the order of the file."""
    text = resources.files("shanmen.doctor").joinpath("findings.toml").read_text("utf-8")
    return {key: _description(key, entry) for key, entry in tomllib.loads(text).items()}


def _description(key: str, entry: dict[str, Any]) -> Description:
    remedy = entry.pop("remedy", None)
    severity = Severity(entry.pop("severity"))
    return Description(key, severity, LocalText(entry), LocalText(remedy) if remedy else None)


def _filled(text: LocalText, language: str, facts: Mapping[str, str]) -> str:
    words = text.in_language(language)
    for name, value in facts.items():  # not str.format: a fact may hold braces of its own
        words = words.replace(f"{{{name}}}", value)
    return words
