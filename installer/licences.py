"""The licences of the locked dependencies: the list that ships with a terminal, and the rules it is held to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.licence_rules import Distribution, Rules

ROOT = Path(__file__).parents[1]
LIST = ROOT / "docs" / "third-party-licences.md"
RULES = Path(__file__).with_name("licence_rules.toml")
PROJECT = "shanmen"
EXTRAS = ("", "ocr", "member-card")  # of our own project: optional, and all of them may stand on a terminal


def needed_to_run(project: str) -> frozenset[str]:
    """The canonical names of everything that `project` needs at run time on this platform, directly or not."""
    found: set[str] = set()
    waiting = [project]
    while waiting:
        fresh = set(_requires(waiting.pop())) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _requires(name: str) -> Iterator[str]:
    extras = EXTRAS if name == PROJECT else ("",)
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": one}) for one in extras):
            yield canonicalize_name(requirement.name)


def locked_names(lock: str) -> frozenset[str]:
    """The canonical names pinned in a requirements file."""
    lines = (line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#")))
    return frozenset(canonicalize_name(line.split("==")[0]) for line in lines)


def installed() -> tuple[Distribution, ...]:
    """Every distribution of this environment, by name, as pip-licenses reads its metadata."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--with-system", "--format=json"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    found = (Distribution(canonicalize_name(row["Name"]), row["Version"], row["License"]) for row in rows)
    return tuple(sorted(found, key=lambda distribution: distribution.name))


def document(run_time: Sequence[Distribution], development: Sequence[Distribution], rules: Rules) -> str:
    """The list as Markdown: what ships with a terminal, and what only builds and tests it."""
    return "\n".join(
        [
            "# Licences of third parties",
            "",
            "Made by `make licences` from requirements.lock. `make test` fails when this list is out of date or when",
            "a licence is not among those of installer/licence_rules.toml.",
            "",
            "## Shipped with a terminal",
            "",
            "What stands here under the LGPL is used as a library of its own that anyone can replace.",
            "",
            *_table(run_time, rules),
            "",
            "## Used to build and test, not shipped",
            "",
            *_table(development, rules),
            "",
        ]
    )


def _table(distributions: Sequence[Distribution], rules: Rules) -> Iterator[str]:
    yield "| distribution | version | licence |"
    yield "|---|---|---|"
    for one in distributions:
        yield f"| {one.name} | {one.version} | {rules.licence_of(one)} |"


def complaints(run_time: Sequence[Distribution], rules: Rules, written: str, due: str) -> list[str]:
    """What is wrong, a sentence each: licences that are not allowed, and a list that is out of date."""
    found = [
        f"{one.name} {one.version} is under {one.licence!r}, which installer/licence_rules.toml does not accept."
        for one in run_time
        if not rules.allows(one)
    ]
    if written != due:
        found.append(f"{LIST.relative_to(ROOT)} is out of date: run `make licences`.")
    return found


def main(arguments: Sequence[str]) -> int:
    """`write` renews the list; `check` returns 1 when something is wrong with it."""
    rules = Rules.parse(RULES.read_text(encoding="utf-8"))
    locked = locked_names((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    runs = needed_to_run(PROJECT)
    every = [one for one in installed() if one.name in locked]
    run_time = [one for one in every if one.name in runs]
    due = document(run_time, [one for one in every if one.name not in runs], rules)
    if list(arguments) == ["write"]:
        LIST.write_text(due, encoding="utf-8")
    written = LIST.read_text(encoding="utf-8") if LIST.exists() else ""
    found = complaints(run_time, rules, written, due)
    sys.stderr.writelines(f"{sentence}\n" for sentence in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
