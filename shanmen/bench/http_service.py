"""The bench by HTTP, on this machine alone: for tests, scripts and `shanmen bench`.

GET /            the table of actions with what every device shows
GET /settings    the settings file of a kiosk (TOML)
GET /sheets      the sheets that came out: number, device, size in dots
GET /sheets/N    one of them as PNG
POST /           {"words": ["note", "100"]} -> {"said": "..."}; 400 {"wrong": "..."} for nonsense
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shanmen.bench.action import NonsenseError
from shanmen.bench.table import Bench

_MAX_BODY_BYTES = 64 * 1024
_JSON, _TOML, _PNG = "application/json; charset=utf-8", "application/toml; charset=utf-8", "image/png"


class BenchServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; `settings` is the text for GET /settings."""

    daemon_threads = False  # closing waits for what is under way

    def __init__(self, port: int, bench: Bench, settings: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.bench = bench
        self.settings = settings


@contextmanager
def served(bench: Bench, port: int, settings: str = "") -> Iterator[int]:
    """Serves while the block runs; yields the port. Raises NonsenseError when the port is taken."""
    try:
        server = BenchServer(port, bench, settings)
    except (OSError, OverflowError) as error:
        raise NonsenseError(f"Port {port} cannot be listened on: {error}.") from error
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="bench-http")
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: BenchServer
    timeout = 5

    def do_GET(self) -> None:
        if not self._is_local():
            return
        bench, path = self.server.bench, self.path.rstrip("/")
        if path == "":
            self._answer(200, _JSON, _encode({"devices": bench.document()}))
        elif path == "/settings":
            self._answer(200, _TOML, self.server.settings.encode())
        elif path == "/sheets":
            sizes = [
                {"number": each.number, "device": each.device, "size": each.sheet.image.size}
                for each in bench.tray.sheets
            ]
            self._answer(200, _JSON, _encode({"sheets": sizes}))
        else:
            self._sheet(path.removeprefix("/sheets/"))

    def do_POST(self) -> None:
        if not self._is_local():
            return
        try:
            words = _words(self.rfile.read(min(self._length(), _MAX_BODY_BYTES)))
            self._answer(200, _JSON, _encode({"said": self.server.bench.perform(words)}))
        except NonsenseError as error:
            self._answer(400, _JSON, _encode({"wrong": str(error)}))

    def _sheet(self, number: str) -> None:
        for each in self.server.bench.tray.sheets:
            if number == str(each.number):
                self._answer(200, _PNG, each.png())
                return
        self._answer(404, _JSON, _encode({"wrong": f"There is nothing at {self.path}."}))

    def _is_local(self) -> bool:
        """A page of the web in this machine's browser must not reach the bench by a name that points here."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host in ("127.0.0.1", "localhost") and "Origin" not in self.headers:
            return True
        self._answer(403, _JSON, _encode({"wrong": "The bench answers programs of this machine alone."}))
        return False

    def _length(self) -> int:
        text = self.headers.get("Content-Length", "")
        return int(text) if text.isascii() and text.isdigit() else 0

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what is done is said where it is asked for."""


def _words(body: bytes) -> list[str]:
    try:
        words = json.loads(body)["words"]
    except (ValueError, KeyError, TypeError, RecursionError):
        words = None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise NonsenseError('Send {"words": ["VERB", ...]}.')
    return words


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
