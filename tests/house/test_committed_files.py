"""What no committed file may hold: package indexes, paths of one machine, a pin without a hash."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Written in two halves so that this file is no find of its own.
INDEXES = re.compile("(?i)(py" + "pi|files" + r"\.pythonhosted|--(extra-)?index" + "-url|--find" + "-links)")
MACHINE_PATHS = re.compile("(?<![\\w.<}/-])/(root|home|work|Users)" + "/")


def committed_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes().decode("utf-8", errors="replace")


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in committed_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_index() -> None:
    # uv writes its own command, with an option that keeps the index out, at the head of the lock
    found = [line for line in lines_matching(INDEXES) if "--no-emit" not in line]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATHS) == []


def test_every_pin_of_the_lock_has_a_version_and_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", lock).strip())
    assert len(pins) > 50
    assert [
        pin for pin in pins if not re.fullmatch(r"\S+==\S+( ; [^\n]*)?( \\\n +--hash=sha256:[0-9a-f]{64})+", pin)
    ] == []
    assert "://" not in lock


def test_there_is_one_lock() -> None:
    assert not (ROOT / "uv.lock").exists()
