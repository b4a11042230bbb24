"""The line to central, and the clock against central's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from drivers.emulators.network_line import NetworkLine
from shanmen.doctor.checks.central import is_in_clear
from shared.security.keys import SigningKey
from tests.central.world import RunningCentral, SetClock
from tests.doctor.ward import Ward


class LoginPage(BaseHTTPRequestHandler):
    """What the network of a hotel answers to everything."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>Please log in</html>")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hotel() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), LoginPage) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("seconds", "key"), [(0, "CLOCK_RIGHT"), (40, "CLOCK_OFF"), (-40, "CLOCK_OFF"), (-900, "CLOCK_FAR_OFF")]
)
def test_the_clock_is_compared_with_central_s(ward: Ward, clock: SetClock, seconds: int, key: str) -> None:
    clock.shift += timedelta(seconds=seconds)
    assert abs(int(ward.one(key).facts["seconds"]) - abs(seconds)) <= 5
    assert "CENTRAL_ANSWERS" in ward.found()


def test_a_cut_line(ward: Ward, central: RunningCentral) -> None:
    with NetworkLine("127.0.0.1", central.port) as line:
        ward.set("central", {"url": f"http://127.0.0.1:{line.port}"})
        assert "CENTRAL_ANSWERS" in ward.found()
        line.cut()
        assert {"CENTRAL_SILENT", "CLOCK_NOT_COMPARED"} <= set(ward.found())


def test_another_service_at_central_s_address(ward: Ward, hotel: str) -> None:
    ward.set("central", {"url": hotel})
    assert ward.one("CENTRAL_IS_ANOTHER").facts["url"] == hotel


def test_a_terminal_that_central_does_not_know(ward: Ward) -> None:
    assert ward.machine.settings is not None
    key = ward.machine.settings.terminal.data / "terminal.key"
    key.unlink()
    SigningKey.generate().save(key)
    assert ward.one("CENTRAL_REFUSES").facts["number"] == "1104"


@pytest.mark.parametrize(
    ("url", "open_line"),
    [
        ("http://central.example:8080", True),
        ("http://192.0.2.1", True),
        ("https://central.example", False),
        ("http://127.0.0.1:8080", False),
        ("http://localhost:8080", False),
        ("http://[::1]:8080", False),
    ],
)
def test_a_line_to_another_machine_must_be_encrypted(url: str, open_line: bool) -> None:
    assert is_in_clear(url) is open_line
