"""What is true of every source file: one concept of a size to read at once, and a domain that reads no clock."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES_AT_MOST = 250
PACKAGES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["packages"]
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}


def sources(folders: list[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    sizes = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in sources(PACKAGES)}
    assert {path: lines for path, lines in sizes.items() if lines > LINES_AT_MOST} == {}


def clock_readings(text: str) -> list[int]:
    """The lines on which a program reads the clock."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]


def test_domain_and_journeys_read_no_clock() -> None:
    paths = sources(["shared/domain", "kiosk/journeys"])
    read = {str(path.relative_to(ROOT)): clock_readings(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: lines for path, lines in read.items() if lines} == {}


def test_a_clock_reading_is_found() -> None:
    assert clock_readings("import x\nat = datetime.now(UTC)\nday = date.today()\nfine = datetime.max\n") == [2, 3]
