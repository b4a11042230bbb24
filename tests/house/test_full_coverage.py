"""The watch over the files that must be fully covered sees a missed line, a missed branch and a missing file."""

from __future__ import annotations

from tests.house.full_coverage import gaps, required_files

WHOLE: dict[str, object] = {"missing_lines": [], "missing_branches": []}


def test_nothing_is_said_of_whole_files() -> None:
    assert gaps({"files": {"a.py": WHOLE}}, ["a.py"]) == []


def test_a_missed_line_and_a_missed_branch_are_named() -> None:
    report = {"files": {"a.py": {"missing_lines": [7], "missing_branches": [[3, 7], [9, -1]]}, "b.py": WHOLE}}
    assert gaps(report, ["a.py", "b.py"]) == [
        "a.py must be fully covered; not run: lines [7], branches [3 to 7, 9 to the end]."
    ]


def test_a_file_that_was_not_measured_is_named() -> None:
    assert gaps({"files": {}}, ["a.py"]) == ["a.py must be fully covered and was not run at all."]


def test_every_pattern_of_the_list_names_files() -> None:
    assert "shared/domain/money.py" in required_files()
