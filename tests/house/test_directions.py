"""Each import direction of docs/architecture.md is a contract that fails, by its name, when it is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

# By contract: wrong imports, as (the package in which it stands, what it imports).
PLANTS: dict[str, list[tuple[str, str]]] = {
    "shanmen over kiosk, boxoffice and central, over shared, over drivers": [
        ("kiosk", "shanmen"),
        ("central", "shanmen"),
        ("shared.sync", "kiosk"),
        ("shared.selling", "central"),
        ("drivers.printer", "shared.domain"),
    ],
    "kiosk, boxoffice and central never import one another": [
        ("kiosk", "boxoffice"),
        ("kiosk", "central"),
        ("boxoffice", "kiosk"),
        ("central", "boxoffice"),
    ],
    "drivers know no Qt, no SQL and nothing else of ours": [
        ("drivers.printer", "PySide6.QtCore"),
        ("drivers.scanner", "sqlalchemy"),
        ("drivers.payment", "shared.domain"),
        ("drivers.emulators", "i18n"),
    ],
    "an emulator shares no code with the drivers it answers": [
        ("drivers.emulators", "drivers.printer"),
        ("drivers.emulators", "drivers.payment"),
    ],
    "only shanmen starts emulators": [("kiosk", "drivers.emulators"), ("drivers.printer", "drivers.emulators")],
    "shared sees of drivers only contracts and errors": [
        ("shared.printing", "drivers.printer"),
        ("shared.ui", "drivers.transport"),
    ],
    "only app.py and shanmen put hosts, registry and drivers together": [
        ("kiosk", "drivers.printer"),
        ("kiosk", "drivers.payment"),
        ("boxoffice", "drivers.scanner"),
        ("central", "drivers.payment"),
    ],
    "domain and wire import nothing of ours but themselves": [
        ("shared.domain", "shared.wire"),
        ("shared.domain", "drivers.contracts"),
        ("shared.wire", "shared.storage"),
    ],
    "domain is pure: no Qt, SQL, network, files, clock or randomness": [
        ("shared.domain", "PySide6.QtCore"),
        ("shared.domain", "sqlalchemy"),
        ("shared.domain", "requests"),
        ("shared.domain", "time"),
        ("shared.domain", "secrets"),
    ],
    "security stands on domain alone": [("shared.security", "shared.storage"), ("shared.security", "drivers")],
    "central uses of shared only domain, wire and security": [
        ("central", "shared.storage"),
        ("central", "shared.selling"),
        ("central", "drivers"),
    ],
    "in shared: ui over use cases, those over security and wire, those over domain": [
        ("shared.printing", "shared.ui.planted_window"),
        ("shared.wire", "shared.selling"),
        ("shared.domain", "shared.security"),
    ],
    "in kiosk: app over effects and screens, those over journeys": [
        ("kiosk.journeys", "kiosk.screens"),
        ("kiosk.screens", "kiosk.effects"),
    ],
    "journeys only decide: no storage, sync, devices, clock, threads or randomness": [
        ("kiosk.journeys", "shared.storage"),
        ("kiosk.journeys", "time"),
        ("kiosk.journeys", "random"),
    ],
    "Qt stands only in screens, panels, app.py, shared.ui and shanmen": [
        ("kiosk", "PySide6.QtWidgets"),
        ("shared.printing", "PySide6.QtGui"),
        ("boxoffice", "PySide6.QtWidgets"),
    ],
    "journeys, use cases and central run without Qt": [
        ("kiosk.journeys", "shared.ui.planted_window"),
        ("shared.selling", "PySide6.QtCore"),
        ("central", "PySide6.QtCore"),
    ],
    "texts and pictures are for those who show them": [
        ("shared.selling", "i18n"),
        ("shared.domain", "assets"),
        ("drivers.printer", "i18n"),
    ],
    "i18n, assets and installer are leaves": [("i18n", "shared.domain"), ("assets", "i18n"), ("installer", "shared")],
}


def copy_of_the_tree(to: Path) -> Path:
    for package in CONFIGURATION["root_packages"]:
        shutil.copytree(ROOT / package, to / package, ignore=lambda _, names: [n for n in names if _is_data(n)])
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def _is_data(name: str) -> bool:
    return name == "__pycache__" or ("." in name and not name.endswith(".py"))


def report(tree: Path) -> str:
    command = [str(LINTER), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False).stdout


def verdicts(text: str) -> dict[str, bool]:
    """Whether each contract was kept, by its name."""
    return {name: word == "KEPT" for name, word in re.findall(r"^(.+?)\s+(KEPT|BROKEN)\b", text, re.MULTILINE)}


def explanations(text: str) -> dict[str, str]:
    """What the linter says of each broken contract, by its name: a title, a line of dashes, the imports."""
    parts = re.split(r"^(.+)\n-+\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def plant(tree: Path) -> None:
    (tree / "shared/ui/planted_window.py").write_text("import PySide6.QtWidgets\n")
    for number, (package, imported) in enumerate(every_plant()):
        (tree / package.replace(".", "/") / f"planted_{number}.py").write_text(f"import {imported}\n")


def every_plant() -> list[tuple[str, str]]:
    return [one for plants in PLANTS.values() for one in plants]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    tree = copy_of_the_tree(tmp_path_factory.mktemp("planted"))
    plant(tree)
    return report(tree)


def test_every_contract_has_a_plant() -> None:
    assert sorted(PLANTS) == sorted(contract["name"] for contract in CONFIGURATION["contracts"])


def test_the_tree_keeps_every_contract(tmp_path: Path) -> None:
    text = report(copy_of_the_tree(tmp_path))
    assert verdicts(text) == dict.fromkeys(PLANTS, True), text


@pytest.mark.parametrize("contract", PLANTS)
def test_a_contract_fails_on_each_of_its_plants(contract: str, broken: str) -> None:
    assert verdicts(broken)[contract] is False
    told = explanations(broken)[contract]
    numbers = [number for number, one in enumerate(every_plant()) if one in PLANTS[contract]]
    assert [number for number in numbers if not re.search(rf"\bplanted_{number}\b", told)] == []
