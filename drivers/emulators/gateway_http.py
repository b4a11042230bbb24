"""HTTPS for the emulated gateway: one request a connection, answered with whatever bytes it is given."""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import structlog

_MAX_BODY_BYTES = 64 * 1024

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in."""

    method: str
    target: str
    authorization: str
    body: bytes

    @property
    def fields(self) -> Mapping[str, Any]:
        """The body's JSON object; an empty one when it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def encode(body: Mapping[str, object]) -> bytes:
    """A JSON body as the gateway writes it: UTF-8, not escaped."""
    return json.dumps(body, ensure_ascii=False).encode()


def http_answer(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    """A whole HTTP/1.1 answer that ends the connection."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Content-Type: application/json; charset=utf-8"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class GatewayServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1. `answer` is called in a thread of the request's own; no bytes drop the line."""

    daemon_threads = False  # closing waits for them, so that none outlives the emulator

    def __init__(self, port: int, tls: ssl.SSLContext, answer: Callable[[Request], Iterable[bytes]]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.requests = 0
        self._counting = threading.Lock()
        # The handshake waits for the request's own thread: a silent client must not keep others out.
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def count(self) -> None:
        with self._counting:
            self.requests += 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up or distrusts our certificate is no news; anything else is a mistake of ours."""
        error = sys.exception()
        if not isinstance(error, OSError):
            log.error("emulated gateway failed", exc_info=error)


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, writes the answer's bytes."""

    server: GatewayServer
    timeout = 5

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        self.server.count()
        length = min(int(self.headers.get("Content-Length", "0")), _MAX_BODY_BYTES)
        request = Request(
            self.command, self.path, self.headers.get("Authorization", ""), self.rfile.read(length) if length else b""
        )
        self.close_connection = True
        for piece in self.server.answer(request):
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the request line alone tells less than the ledger."""
