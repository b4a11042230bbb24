"""The command line: help, and a mistake in a settings file as one sentence that names the key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GOOD = """
[terminal]
name = "kiosk-1"
data = "data"
[central]
url = "http://127.0.0.1:9"
[printer]
driver = "escpos"
address = "tcp://127.0.0.1:9100"
[scanner]
driver = "serial"
address = "serial:///dev/null"
[payment.wechat]
mchid = "1"
"""


def shanmen(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shanmen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("words", [["--help"], ["kiosk", "--help"], ["central", "--help"], ["verify-ticket", "--help"]])
def test_help_is_given(words: list[str]) -> None:
    answer = shanmen(*words)
    assert answer.returncode == 0
    assert "Usage" in answer.stdout


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("[central]", "[centre]"), "central"),
        (('url = "http://127.0.0.1:9"', 'url = "127.0.0.1"'), "central.url"),
        (('name = "kiosk-1"', 'name = ""'), "terminal.name"),
        (('driver = "escpos"\n', ""), "printer.driver"),
        (('data = "data"', 'data = "data"\ncolour = 3'), "terminal.colour"),
        (("[terminal]", "[terminal"), "not a TOML file"),
        (("", ""), "[2000] This machine is not enrolled"),
    ],
)
def test_a_mistake_in_the_kiosk_s_settings_is_one_sentence_naming_the_key(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD.replace(*change, 1).replace('data = "data"', f'data = "{tmp_path}"'))
    answer = shanmen("kiosk", "--settings", str(path))
    assert answer.returncode == 2
    assert named in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_missing_settings_file_is_named(tmp_path: Path) -> None:
    answer = shanmen("central", "--settings", str(tmp_path / "none.toml"))
    assert answer.returncode == 2
    assert "none.toml" in answer.stderr
