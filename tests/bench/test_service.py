"""The bench by HTTP and from the command line, with the real drivers at the other end of the devices."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from PIL import Image
from typer.testing import CliRunner

from drivers.contracts.printer import Cut, Printed, PrintJob, TextLine
from drivers.contracts.scanner import Scanned
from drivers.registry import DeviceSettings, build_printer, build_scanner
from kiosk.settings import KioskSettings
from shanmen.bench.action import NonsenseError
from shanmen.bench.configuration import in_toml, kiosk_tables
from shanmen.bench.http_client import BenchClient
from shanmen.bench.http_service import served
from shanmen.bench.table import Bench
from shanmen.bench.workplace import laid_out
from shanmen.cli import app
from shared.domain.payment_code import PaymentCode, classify

START_SECONDS = 30.0


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with laid_out(tmp_path, "http://127.0.0.1:1") as bench:
        yield bench


@pytest.fixture
def settings(bench: Bench, tmp_path: Path) -> KioskSettings:
    return KioskSettings.model_validate(tomllib.loads(in_toml(kiosk_tables(bench.stations, tmp_path))))


@pytest.fixture
def port(bench: Bench) -> Iterator[int]:
    with served(bench, 0, "[terminal]\n") as port:
        yield port


def test_a_code_shown_by_http_is_read_by_the_driver(port: int, settings: KioskSettings) -> None:
    scanner = build_scanner(DeviceSettings("scanner", settings.scanner.driver, settings.scanner.address))
    scanner.open()
    said = BenchClient(port).perform(["code", "pays"])
    answer = scanner.read(5.0)
    scanner.close()
    assert said == "A code was shown: pays."
    assert isinstance(answer, Scanned)
    assert isinstance(classify(answer.data), PaymentCode)


def test_what_is_printed_can_be_fetched_as_pictures(port: int, settings: KioskSettings, tmp_path: Path) -> None:
    client = BenchClient(port)
    assert client.save_sheets(tmp_path / "none") == []
    printer = build_printer(DeviceSettings("printer", settings.printer.driver, settings.printer.address))
    printer.open()
    answer = printer.print(PrintJob("job", "0001", (TextLine("Shanmen"), Cut())))
    printer.close()
    assert answer == Printed()
    (file,) = client.save_sheets(tmp_path / "sheets")
    assert file.name == "printer-1.png"
    with Image.open(file) as picture:
        assert picture.width > 576


def test_nonsense_over_http_is_a_400_with_a_sentence(port: int) -> None:
    for body in (b"", b"[]", b"{", b'{"words": 3}', b'{"words": [3]}', b"[" * 100_000):
        answer = requests.post(f"http://127.0.0.1:{port}/", data=body, timeout=5)
        assert (answer.status_code, set(answer.json())) == (400, {"wrong"})
    answer = requests.get(f"http://127.0.0.1:{port}/sheets/7", timeout=5)
    assert (answer.status_code, set(answer.json())) == (404, {"wrong"})


@pytest.mark.parametrize("headers", [{"Host": "bench.example:80"}, {"Origin": "http://a.example"}])
def test_a_web_page_in_this_machine_s_browser_does_not_reach_the_bench(port: int, headers: dict[str, str]) -> None:
    body = json.dumps({"words": ["code"]})
    answer = requests.post(f"http://127.0.0.1:{port}/", data=body, headers=headers, timeout=5)
    assert answer.status_code == 403


def test_without_a_bench_the_client_says_how_to_start_one() -> None:
    with pytest.raises(NonsenseError, match="shanmen emulators"):
        BenchClient(1).devices()


def test_a_taken_port_is_named(bench: Bench, port: int) -> None:
    with pytest.raises(NonsenseError, match=str(port)), served(bench, port):
        pass


def test_the_command_works_a_device_and_lists_what_there_is(port: int, tmp_path: Path) -> None:
    run = CliRunner().invoke
    listed = run(app, ["bench", "--port", str(port)])
    assert listed.exit_code == 0
    assert "paper-out printer" in listed.output
    done = run(app, ["bench", "--port", str(port), "paper-out", "printer"])
    assert (done.exit_code, done.output) == (0, "Ticket printer: paper out on.\n")
    document = json.loads(run(app, ["bench", "--port", str(port), "--json"]).output)
    (switch,) = [a for device in document for a in device["actions"] if a["verb"] == "paper-out"]
    assert switch["on"] is True
    none = run(app, ["bench", "--port", str(port), "--out", str(tmp_path), "paper"])
    assert none.output == "No sheet has come out yet.\n"
    wrong = run(app, ["bench", "--port", str(port), "dance"])
    assert wrong.exit_code == 2


def test_emulators_run_until_they_are_told_to_end_and_print_settings_that_a_kiosk_takes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "shanmen", "emulators", "--http", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        lines = []
        deadline = time.monotonic() + START_SECONDS
        while "Ctrl-C" not in (line := process.stdout.readline()) and line and time.monotonic() < deadline:
            lines.append(line)
        text = "".join(lines)
        port = re.search(r"http://127.0.0.1:(\d+); work it", text)
        assert port is not None, text
        assert BenchClient(int(port[1])).perform(["cut", "line"]) == "Line to central: cut on."
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    KioskSettings.model_validate(tomllib.loads(text))


def test_what_is_held_before_the_camera_is_read_by_the_driver(bench: Bench) -> None:
    (camera,) = [station for station in bench.stations if station.name == "camera"]
    device = camera.settings["devices"]
    assert isinstance(device, dict)
    scanner = build_scanner(DeviceSettings("camera", "camera", device["camera"]["address"]))
    scanner.open()
    try:
        bench.perform(["camera-code", "SHANMEN"])
        answer = scanner.read(10.0)
    finally:
        scanner.close()
    assert isinstance(answer, Scanned)
    assert answer.data == b"SHANMEN"
