"""The set-up script where it may not install: one sentence, the exact command, and nothing begun."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65534
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

pytestmark = [
    pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="reads Debian's package database"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as another user"),
    pytest.mark.skipif(shutil.which("python3", path=SYSTEM_PATH) is None, reason="needs the system's own python3"),
]


@pytest.fixture
def checkout() -> Iterator[Path]:
    """What the script reads of a checkout, in a folder that any user may enter."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        shutil.copytree(ROOT / "installer" / "linux", root / "installer" / "linux")
        for file in ("requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / file, root)
        yield root


def set_up_as_nobody(checkout: Path, packages: str) -> subprocess.CompletedProcess[str]:
    (checkout / "packages.txt").write_text(packages)
    return subprocess.run(
        ["bash", str(checkout / "installer/linux/setup.sh"), str(checkout / "packages.txt")],
        env={"PATH": SYSTEM_PATH, "HOME": "/nonexistent", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=NOBODY,
    )


def test_the_command_to_run_as_root_names_only_what_is_missing(checkout: Path) -> None:
    done = set_up_as_nobody(checkout, "# comment\n\nbash\nshanmen-no-such-package\n")
    assert done.returncode == 1
    sentence, command = done.stderr.splitlines()
    assert sentence.startswith("set-up: system packages are missing")
    assert command.strip() == "apt-get update && apt-get install --no-install-recommends -y shanmen-no-such-package"
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_is_named(checkout: Path) -> None:
    script = checkout / "installer/linux/setup.sh"
    script.write_text(script.read_text().replace('oldest_python="3.11"', 'oldest_python="9.9"'))
    done = set_up_as_nobody(checkout, "bash\n")
    assert done.returncode == 1
    assert done.stderr.startswith("set-up: Shanmen needs Python 9.9 or newer; python3 here is 3.")
