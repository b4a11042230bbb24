"""`python -m shanmen.doctor.manual`: writes the tables of the commissioning manual anew from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shanmen.doctor.finding import Description, Severity, catalogue

MANUAL = Path(__file__).parents[2] / "docs" / "manuals" / "commissioning.md"
BEGIN, END = "<!-- findings: begin -->", "<!-- findings: end -->"
_LANGUAGE = "en"
_HEADINGS = {
    Severity.UNFIT: "Must be mended (exit 2)",
    Severity.UNSEEN: "Could not be looked at (exit 3)",
    Severity.DEGRADED: "Sells, and needs a hand soon (exit 1)",
    Severity.NOTE: "Worth knowing",
    Severity.WELL: "Well",
}


def tables() -> str:
    """Every finding by its severity, the worst first."""
    return "\n".join(line for severity in _HEADINGS for line in _table(severity))


def updated(text: str) -> str:
    """The manual with the tables as they should be. Raises ValueError when its marks are gone."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{MANUAL.name} has lost its marks")
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


def _table(severity: Severity) -> Iterator[str]:
    kinds = [kind for kind in catalogue().values() if kind.severity is severity]
    yield f"\n### {_HEADINGS[severity]}\n"
    if any(kind.remedy for kind in kinds):
        yield "| finding | what the doctor says | what to do |\n|---|---|---|"
        yield from (f"| `{kind.key}` | {_said(kind)} | {_remedy(kind)} |" for kind in kinds)
    else:
        yield "| finding | what the doctor says |\n|---|---|"
        yield from (f"| `{kind.key}` | {_said(kind)} |" for kind in kinds)


def _said(kind: Description) -> str:
    return _cell(kind.sentence.in_language(_LANGUAGE))


def _remedy(kind: Description) -> str:
    return _cell(kind.remedy.in_language(_LANGUAGE)) if kind.remedy else ""


def _cell(text: str) -> str:
    """`{device}: no paper` becomes `*device*: no paper`; what stands between ticks keeps its braces away too."""
    return text.replace("|", "\\|").replace("{", "‹").replace("}", "›")


if __name__ == "__main__":
    MANUAL.write_text(updated(MANUAL.read_text("utf-8")), "utf-8")
