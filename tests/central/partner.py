"""A partner channel by hand: asks over HTTP with its key, and a place where it is told notices."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import requests
from requests import Response
from sqlalchemy.orm import Session

from central.channels.registry import NewChannel, create_channel, create_key
from shared.domain.capacity import SlotKey
from tests.central.world import TEN, RunningCentral

TRIP = NewChannel("trip", "Trip", "CNY", per_second=1000, burst=1000)


@dataclass
class Partner:
    """One key of one channel."""

    central: RunningCentral
    key: str
    secret: bytes = b""

    def get(self, path: str, **query: str) -> Response:
        return self._send("GET", path, params=query)

    def post(self, path: str, body: object = None, key: str | None = None) -> Response:
        headers = {"Idempotency-Key": secrets.token_hex(8) if key is None else key}
        return self._send("POST", path, json=body, headers=headers)

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
        sent = {"Authorization": f"Bearer {self.key}", **(headers or {})}
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, f"{self.central.url}/channel/v1{path}", headers=sent, timeout=20, **more)

    def hold(self, slot: SlotKey = TEN, count: int = 2, reference: str = "", key: str | None = None) -> Response:
        wanted = {
            "slot": str(slot),
            "party": [{"category": "adult", "count": count}],
            "reference": reference or secrets.token_hex(6),
        }
        return self.post("/holds", wanted, key)

    def confirm(self, booking_id: str, key: str | None = None, **contact: str) -> Response:
        return self.post(f"/bookings/{booking_id}/confirmation", {"contact": contact}, key)

    def booked(self, slot: SlotKey = TEN, count: int = 2, **contact: str) -> dict[str, Any]:
        """A confirmed booking."""
        answer = self.confirm(self.hold(slot, count).json()["booking_id"], **contact)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        return document


def join(central: RunningCentral, new: NewChannel = TRIP, **changes: Any) -> Partner:
    """A new channel with one key."""
    service = central.service

    def work(session: Session) -> tuple[bytes, str]:
        now, site = service.clock.now(), service.site_id
        wanted = replace(new, **changes)
        secret = create_channel(session, site, wanted, "ann", now, secrets.token_bytes)
        return secret, create_key(session, site, wanted.channel_id, "ann", now, secrets.token_bytes)

    secret, key = service.database.write(work)
    return Partner(central, key, secret)


@dataclass
class Letterbox:
    """What a channel was told; `refuse` answers 500 so many times first."""

    url: str
    refuse: int = 0
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def events(self) -> list[str]:
        return [json.loads(body)["event"] for _, body in self.letters]


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """A server that takes notices."""
    box = Letterbox("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if box.refuse:
                box.refuse -= 1
                self.send_response(500)
            else:
                box.letters.append((self.headers["Shanmen-Signature"], body))
                self.send_response(204)
                box.arrived.set()
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    box.url = f"http://127.0.0.1:{server.server_port}/notices"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
