"""A real pcscd in the foreground with one virtual reader of its own, for one test at a time."""

from __future__ import annotations

import fcntl
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_SOCKET = Path("/run/pcscd/pcscd.comm")
_LOCK = Path(tempfile.gettempdir()) / "shanmen-pcscd.lock"  # the service's socket is one for the machine


class CardServiceProcess:
    """Started and stopped by the test."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._folder = folder
        (folder / "reader").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{self.port:#x}\n'
            f"LIBPATH {_DRIVER}\nCHANNELID {self.port:#x}\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = (self._folder / "log").open("ab")
        with log:
            command = ["pcscd", "--foreground", "--config", str(self._folder)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 10
        while not (_SOCKET.exists() and self._listens()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                pytest.skip("pcscd does not start here: " + (self._folder / "log").read_text()[-200:])
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _listens(self) -> bool:
        """Looked up in the kernel's table: a connection would be a card."""
        tables = (Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()).splitlines()
        return any(f":{self.port:04X} " in line and " 0A " in line for line in tables)


@contextmanager
def card_service(folder: Path) -> Iterator[CardServiceProcess]:
    """A running service; skips with the reason where there can be none."""
    pytest.importorskip("smartcard.scard", reason="the optional part member-card is not installed")
    if shutil.which("pcscd") is None or not _DRIVER.exists():
        pytest.skip("pcscd or vsmartcard-vpcd is not installed")
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _SOCKET.exists():
            pytest.skip("another pcscd runs on this machine")
        service = CardServiceProcess(folder)
        service.start()
        try:
            yield service
        finally:
            service.stop()
