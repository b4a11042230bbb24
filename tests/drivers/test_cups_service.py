"""The same driver on the system's own print service, where it is installed: a private one on a port of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.contracts.printer import (
    Cut,
    Feed,
    PrinterFault,
    PrinterNotReady,
    PrinterReady,
    PrintJob,
    PrintUnknown,
    QrCode,
    WeaklyConfirmed,
)
from drivers.device_settings import DeviceSettings
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.registry_printer import build_queue_printer

_SOCKET_BACKEND = Path("/usr/lib/cups/backend/socket")
_CONFIGURATION = """Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FOLDERS = {
    "ServerRoot": "etc",
    "RequestRoot": "spool",
    "TempDir": "tmp",
    "StateDir": "state",
    "CacheDir": "cache",
}


@pytest.fixture
def server() -> Iterator[str]:
    """`HOST:PORT` of a print service that runs for one test."""
    if not all(shutil.which(tool) for tool in ("cupsd", "lpadmin")) or not _SOCKET_BACKEND.exists():
        pytest.skip("the print service (package cups) is not installed")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="cups-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the service's back ends run as another user
        yield from running(folder, port)


def running(folder: Path, port: int) -> Iterator[str]:
    for part in (*_FOLDERS.values(), "log"):
        (folder / part).mkdir()
    (folder / "etc/cupsd.conf").write_text(_CONFIGURATION.format(port=port))
    places = [f"{key} {folder / part}" for key, part in _FOLDERS.items()]
    places += [f"{kind}Log {folder}/log/{kind}" for kind in ("Access", "Error", "Page")]
    (folder / "etc/cups-files.conf").write_text("\n".join(places) + "\n")
    command = ["cupsd", "-f", "-c", str(folder / "etc/cupsd.conf"), "-s", str(folder / "etc/cups-files.conf")]
    with (folder / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            wait_for(port, process, folder / "out")
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], out: Path) -> None:
    deadline = time.monotonic() + 15
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.skip("the print service does not start here: " + out.read_text()[-200:])
        time.sleep(0.05)


def answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def administer(server: str, tool: str, *arguments: str) -> None:
    subprocess.run([tool, "-h", server, *arguments], check=True, capture_output=True, timeout=20)


def test_a_job_through_the_systems_own_service(server: str, emulator: EscPosPrinterEmulator) -> None:
    backend = emulator.address.replace("tcp://", "socket://")
    administer(server, "lpadmin", "-p", "tickets", "-E", "-v", backend, "-m", "raw")
    address = f"ipp://{server}/printers/tickets"
    printer = build_queue_printer(DeviceSettings("printer", "cups", address, {"margin_seconds": 30.0}))
    printer.open()
    assert printer.status() == PrinterReady()
    answer = printer.print(PrintJob("job-1", "0001", (QrCode("SHANMEN"), Feed(30), Cut())))
    if isinstance(answer, PrintUnknown):  # the service calls a printer offline until its backend has connected
        answer = printer.await_confirmation("0001", 30)
    assert answer == WeaklyConfirmed()
    (sheet,) = emulator.wait_for_sheets(1, 10)
    assert sheet.data.startswith(b"\x1b@"), "not a byte was added"
    administer(server, "cupsdisable", "tickets")
    assert printer.status() == PrinterNotReady(frozenset({PrinterFault.OFFLINE}))
    administer(server, "cupsenable", "tickets")
    assert printer.status() == PrinterReady()
    printer.close()
