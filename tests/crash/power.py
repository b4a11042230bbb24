"""The power of a disk that forgets: starts it, cuts it, says why it cannot be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


class NoForgetfulDiskError(Exception):
    """This machine has no FUSE, or this user may not mount. The message says which."""


class Power:
    """Of a mounted forgetful disk. `keep` makes all there is durable; `cut` loses what was not synced."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self.folder = folder

    def keep(self) -> None:
        self._say("keep")

    def cut(self, seed: int) -> None:
        self._say(f"cut {seed}")

    def _say(self, order: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer == "done\n", f"the disk answered {answer!r} to {order!r}"


@contextmanager
def forgetful_disk(folder: Path) -> Iterator[Power]:
    """Mounted on `folder` until the end. Raises NoForgetfulDiskError."""
    if not Path("/dev/fuse").exists():
        raise NoForgetfulDiskError("no /dev/fuse on this machine")
    command = [sys.executable, "-m", "tests.crash.forgetful_disk", str(folder)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    try:
        if process.stdout.readline() != "done\n":
            assert process.stderr is not None
            cause = (process.stderr.read().splitlines() or ["no cause given"])[-1]
            raise NoForgetfulDiskError(f"this user may not mount: {cause}")
        yield Power(process, folder)
    finally:
        process.communicate()
