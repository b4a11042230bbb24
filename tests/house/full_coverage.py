"""The files that must stay at full branch coverage, held against a coverage report. Silent when all is well."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def gaps(report: Mapping[str, Any], files: Sequence[str]) -> list[str]:
    """What is missing, a sentence for each of `files` (paths from the root) that is not fully covered.

    `report` is coverage's JSON report, with branches.
    """
    return [sentence for file in files if (sentence := _gap(file, report["files"].get(file)))]


def _gap(file: str, measured: Mapping[str, Any] | None) -> str | None:
    if measured is None:
        return f"{file} must be fully covered and was not run at all."
    lines, branches = measured["missing_lines"], measured["missing_branches"]
    if not lines and not branches:
        return None
    jumps = ", ".join(f"{start} to {'the end' if end < 0 else end}" for start, end in branches)
    return f"{file} must be fully covered; not run: lines {lines}, branches [{jumps}]."


def required_files() -> list[str]:
    """The files of pyproject.toml, [tool.shanmen] full-coverage. Raises FileNotFoundError when a pattern names none."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["shanmen"]["full-coverage"]
    return [file for pattern in patterns for file in _matching(pattern)]


def _matching(pattern: str) -> list[str]:
    found = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))
    if not found:
        raise FileNotFoundError(f"[tool.shanmen] full-coverage: no file is named {pattern}")
    return found


def main(arguments: Sequence[str]) -> int:
    """Reads the report named by the one argument; returns 1 and says what is missing, or 0."""
    found = gaps(json.loads(Path(arguments[0]).read_text()), required_files())
    sys.stderr.writelines(f"{sentence}\n" for sentence in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
