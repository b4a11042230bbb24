"""`shanmen enrol` and `shanmen kiosk` as an installer types them, and the example files they start from."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from central.app import create_enrolment_code
from central.settings import load_settings
from kiosk.settings import KioskSettings
from shanmen.bench.configuration import in_toml
from shanmen.demo.world import World, central_settings, demonstration
from shared.settings import read_settings

EXAMPLES = Path(__file__).parents[2] / "installer" / "examples"
START_SECONDS = 60


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with demonstration(tmp_path / "world", datetime.now(UTC), 0.5) as opened:
        yield opened


@pytest.fixture
def settings_file(world: World) -> Path:
    path = world.folder / "kiosk.toml"
    path.write_text(in_toml(json.loads(world.settings.model_dump_json(exclude_none=True))))
    return path


def shanmen(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shanmen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS, check=False)


@pytest.mark.timeout(150)
def test_a_machine_becomes_a_terminal_with_one_code_and_opens(world: World, settings_file: Path) -> None:
    settings = ("--settings", str(settings_file))
    assert "shanmen enrol" in shanmen("kiosk", *settings).stderr
    wrong = shanmen("enrol", *settings, "AAAA-BBBB-CCCC")
    assert (wrong.returncode, "refused the code" in wrong.stderr) == (2, True)
    code = create_enrolment_code(load_settings(central_settings(world.folder)))
    assert shanmen("enrol", *settings, code).returncode == 0
    again = shanmen("enrol", *settings, code)
    assert (again.returncode, "enrolled already" in again.stderr) == (2, True)
    assert _opens_and_ends(settings_file)


def _opens_and_ends(settings_file: Path) -> bool:
    """Whether the kiosk finds its devices and ends well when it is told to."""
    command = [sys.executable, "-m", "shanmen", "kiosk", "--settings", str(settings_file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as kiosk:
        assert kiosk.stderr is not None
        seen: set[str] = set()
        deadline = time.monotonic() + START_SECONDS
        while not {"printer", "scanner"} <= seen and time.monotonic() < deadline:
            line = json.loads(kiosk.stderr.readline() or "{}")
            if line.get("event") == "device.health" and line["health"] == "Healthy()":
                seen.add(line["device"])
        kiosk.send_signal(signal.SIGTERM)
        kiosk.communicate(timeout=START_SECONDS)
    return kiosk.returncode == 0 and {"printer", "scanner"} <= seen


def test_the_example_files_are_good_settings() -> None:
    kiosk = read_settings(EXAMPLES / "kiosk.toml", KioskSettings)
    assert kiosk.printer.options["profile"] == "80mm"
    assert load_settings(EXAMPLES / "central.toml").site.joinpath("catalog.toml").is_file()


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANMEN_CENTRAL__URL", "https://central.example")
    kiosk = read_settings(EXAMPLES / "kiosk.toml", KioskSettings)
    assert kiosk.central.url == "https://central.example"
    assert kiosk.terminal.name == "kiosk-1"
