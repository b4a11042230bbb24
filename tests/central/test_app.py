"""Central as a process: configuration, announcement, enrolment code, graceful end."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from assets import __file__ as assets_file
from central.app import create_enrolment_code
from central.settings import ConfigurationError, load_settings

DEMO = Path(assets_file).parent / "demo"
START = """
import sys
from pathlib import Path
from central.app import run
from central.settings import load_settings
run(load_settings(Path(sys.argv[1])))
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "central.toml"
    path.write_text(
        f'site = "{DEMO}"\ndatabase = "data/central.db"\nkey_file = "central.key"\n'
        'port = 0\nready_file = "ready.json"\n'
        "clock_offset_s = 3600\n[lease]\nlifetime_hours = 2\n"
    )
    return path


@contextmanager
def process(config: Path) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    root = Path(assets_file).parents[1]
    child = subprocess.Popen([sys.executable, "-c", START, str(config)], stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdout is not None
    try:
        yield child, json.loads(child.stdout.readline())
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_central_announces_itself_works_and_ends_gracefully(config: Path) -> None:
    with process(config) as (child, ready):
        assert ready == json.loads((config.parent / "ready.json").read_text())
        assert ready["event"] == "ready"
        for path in ("/healthz", "/readyz", "/v1/version", "/v1/keys"):
            assert requests.get(ready["url"] + path, timeout=5).status_code == 200
        assert len(create_enrolment_code(load_settings(config)).replace("-", "")) == 12
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=10) == 0


def test_a_key_is_made_once_and_kept(config: Path) -> None:
    keys = []
    for _ in range(2):
        with process(config) as (_, ready):
            keys.append(requests.get(ready["url"] + "/v1/keys", timeout=5).json())
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("port = 99999", "port"),
        ("prot = 1", "prot"),
        ("places_interval_s = 5", "places_interval_s"),
        ("= nonsense", "central.toml"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(tmp_path: Path, line: str, named: str) -> None:
    path = tmp_path / "central.toml"
    path.write_text(f'site = "s"\ndatabase = "d"\nkey_file = "k"\n{line}\n')
    with pytest.raises(ConfigurationError) as caught:
        load_settings(path)
    assert named in caught.value.message
    assert "\n" not in caught.value.message


def test_a_missing_file_or_site_is_named(tmp_path: Path, config: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file"):
        load_settings(tmp_path / "absent.toml")
    settings = load_settings(config).model_copy(update={"site": tmp_path / "nowhere"})
    with pytest.raises(ConfigurationError, match="nowhere"):
        create_enrolment_code(settings)


def test_the_environment_overrides_a_value(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANMEN_CENTRAL_LEASE__DIVISOR", "9")
    settings = load_settings(config)
    assert (settings.lease.divisor, settings.lease.lifetime_hours) == (9, 2)
    assert settings.database == str(config.parent / "data/central.db")
