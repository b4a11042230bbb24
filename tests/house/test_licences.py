"""The licence rules refuse what a terminal must not ship, and the list is what is installed."""

from __future__ import annotations

import pytest

from installer.licence_rules import Distribution, Rules
from installer.licences import RULES, complaints, installed, locked_names, needed_to_run

RULES_NOW = Rules.parse(RULES.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("plain", "MIT"),
        ("spelled", "Apache Software License; BSD License"),
        ("choice", "GPL-3.0-only OR Apache-2.0"),
        ("several", "BSD-3-Clause AND Zlib"),
        ("shiboken6", "LGPL-3.0-only OR GPL-3.0-only"),
    ],
)
def test_free_licences_are_allowed(name: str, licence: str) -> None:
    assert RULES_NOW.allows(Distribution(name, "1", licence))


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("copyleft", "GPL-3.0-only"),
        ("network", "AGPL-3.0-or-later"),
        ("library", "LGPL-3.0-only"),
        ("both", "MIT AND GPL-2.0-only"),
        ("silent", "UNKNOWN"),
        ("vague", "Other/Proprietary License"),
    ],
)
def test_other_licences_are_refused_by_name(name: str, licence: str) -> None:
    one = Distribution(name, "1", licence)
    assert not RULES_NOW.allows(one)
    assert name in complaints([one], RULES_NOW, "", "")[0]


def test_an_old_list_is_a_complaint() -> None:
    assert "make licences" in complaints([], RULES_NOW, "old", "new")[0]


def test_dependencies_of_dependencies_run_and_development_tools_do_not() -> None:
    needed = needed_to_run("shanmen")
    assert {"fastapi", "starlette", "cffi"} <= needed
    assert not {"pytest", "mypy", "uv"} & needed


def test_the_names_of_a_lock_are_its_pins() -> None:
    assert locked_names("# via x==1\nPy_Side6==1 \\\n    --hash=sha256:0\nb==2\n") == {"py-side6", "b"}


def test_installed_distributions_have_names_versions_and_licences() -> None:
    found = {one.name: one for one in installed()}
    assert found["sqlalchemy"].licence == "MIT"
    assert found["sqlalchemy"].version
