"""Terminals for `benchmarks.central`: journals coming in, and twenty of them coming back after a day."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import requests

from central.app import create_enrolment_code
from central.settings import load_settings
from shared.domain.canonical import instant_text
from shared.domain.capacity import LeaseUnit
from shared.domain.journal import GENESIS, JournalEvent, event_hash
from shared.domain.money import Currency, Money
from shared.domain.sale import (
    PaymentAnswered,
    PaymentCreated,
    PaymentSubmitted,
    PlacesHeld,
    PrintAnswered,
    PrintSubmitted,
    SaleClosed,
    SaleEvent,
    SaleOpened,
    TicketSigned,
)
from shared.domain.sale_codec import encode
from shared.security.keys import SigningKey
from shared.sync.signing import RequestSigner
from shared.wire.events import EventBatch, EventDocument
from shared.wire.lease import LeaseDocument

BATCH = 500
BACKLOG = 1000  # events of each terminal after its day alone: some ninety sales
TERMINALS = 20


@dataclass
class Bench:
    """A terminal: signs, asks, writes a journal."""

    url: str
    code: str
    key: SigningKey = field(default_factory=SigningKey.generate)
    terminal_id: str = ""
    seq: int = 0
    head: bytes = GENESIS

    def __post_init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        wanted = {"code": self.code, "name": "bench", "public_key": self.key.public.raw.hex()}
        self.terminal_id = self.post("/v1/enrolments", json.dumps(wanted).encode()).json()["terminal_id"]

    def post(self, path: str, body: bytes) -> requests.Response:
        request = requests.Request("POST", self.url + path, data=body, headers={"Content-Type": "application/json"})
        prepared = self.session.prepare_request(request)
        RequestSigner(self.key, secrets.token_bytes).sign(prepared, body, datetime.now(UTC))
        answer = self.session.send(prepared, timeout=60)
        if answer.status_code == 429:  # as a terminal does
            time.sleep(int(answer.headers["Retry-After"]))
            return self.post(path, body)
        answer.raise_for_status()
        return answer

    def write(self, kind: str, body: Mapping[str, object]) -> JournalEvent:
        at, seq = instant_text(datetime.now(UTC)), self.seq + 1
        digest = event_hash(self.terminal_id, 1, seq, self.head, at, kind, 1, body)
        event = JournalEvent(self.terminal_id, 1, seq, self.head, at, kind, 1, body, digest, self.key.sign(digest))
        self.seq, self.head = seq, digest
        return event

    def batches(self, events: int, slot: str) -> list[bytes]:
        """Whole sales of one ticket, signed, in requests of BATCH events."""
        lease = self._lease(slot)
        written: list[JournalEvent] = []
        while len(written) < events:
            number = len(written)
            sale = _sale(f"{self.terminal_id}-{number}", slot, LeaseUnit(lease, number // 11 + 1))
            written += [
                self.write(kind, {"sale_id": f"{self.terminal_id}-{number}", **b}) for kind, b in map(encode, sale)
            ]
        chunks = [written[at : at + BATCH] for at in range(0, len(written), BATCH)]
        return [_body(chunk) for chunk in chunks]

    def _lease(self, slot: str) -> bytes:
        body = f'{{"wants": [{{"slot": "{slot}", "units": 2000}}], "holding": []}}'.encode()
        found = self.post("/v1/leases", body).json()["leases"][0]
        return LeaseDocument.model_validate(found).to_domain().lease_id


def _sale(sale_id: str, slot: str, unit: LeaseUnit) -> list[SaleEvent]:
    price = Money(6000, Currency("CNY"))
    ticket = f"{secrets.token_hex(16)}"
    return [
        SaleOpened("en", "kiosk", slot, ("adult",), "entry", price, {"price_version": "p"}),
        PlacesHeld((unit,)),
        PaymentCreated(1, "wechat", sale_id, price),
        PaymentSubmitted(1),
        PaymentAnswered(1, "paid", "ref"),
        TicketSigned(0, ticket, unit, "entry", "adult", "QR"),
        PrintSubmitted(ticket, "j1", "P001"),
        PrintAnswered("j1", "printed"),
        PrintSubmitted("receipt", "j2", "P002"),
        PrintAnswered("j2", "printed"),
        SaleClosed("done"),
    ]


def _body(events: Sequence[JournalEvent]) -> bytes:
    documents = [EventDocument.of(event) for event in events]
    return EventBatch(events=documents).model_dump_json(by_alias=True).encode()


def _bench(url: str, config: Path) -> Bench:
    return Bench(url, create_enrolment_code(load_settings(config)))


def journals(url: str, config: Path, slot: str) -> str:
    """Events a second from four terminals that send as fast as they are answered."""
    terminals = [_bench(url, config) for _ in range(4)]
    work = [(terminal, terminal.batches(2000, slot)) for terminal in terminals]
    rate, remarks = _push(work)
    return f"ingest, 4 terminals at once: {rate:6.0f} events/s, {remarks} flagged"


def rejoin(url: str, config: Path, slot: str) -> str:
    """Twenty terminals after a day alone, all at the same moment."""
    terminals = [_bench(url, config) for _ in range(TERMINALS)]
    work = [(terminal, terminal.batches(BACKLOG, slot)) for terminal in terminals]
    began = time.perf_counter()
    rate, remarks = _push(work)
    took = time.perf_counter() - began
    size = f"{TERMINALS} terminals with {BACKLOG} events each"
    return f"rejoin, {size}: {took:5.1f} s, {rate:6.0f} events/s, {remarks} flagged"


def _push(work: Sequence[tuple[Bench, list[bytes]]]) -> tuple[float, int]:
    def push(each: tuple[Bench, list[bytes]]) -> tuple[int, int]:
        terminal, bodies = each
        results = [result for body in bodies for result in terminal.post("/v1/events", body).json()["results"]]
        return len(results), sum(result["outcome"] == "flagged" for result in results)

    began = time.perf_counter()
    with ThreadPoolExecutor(len(work)) as pool:
        counts = list(pool.map(push, work))
    for terminal, _ in work:
        terminal.session.close()
    return sum(count for count, _ in counts) / (time.perf_counter() - began), sum(flagged for _, flagged in counts)
