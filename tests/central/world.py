"""What the tests of central and sync stand on: a small area, a clock to set, central over real HTTP, a terminal."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import uvicorn
from requests import PreparedRequest, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.api.application import create_app
from central.fleet.codes import create_code
from central.service import Central
from central.settings import CentralSettings, LeaseSettings
from central.storage.tables import LeaseRow, SlotRow
from shared.domain.canonical import instant_text
from shared.domain.capacity import Lease, LeaseUnit, SlotKey
from shared.domain.journal import GENESIS, HashProfile, JournalEvent, event_hash
from shared.domain.money import Currency, Money
from shared.domain.sale import PaymentAnswered, SaleClosed, SaleEvent, SaleOpened, TicketSigned
from shared.domain.sale_codec import encode
from shared.security.keys import SigningKey
from shared.sync.signing import RequestSigner
from shared.wire.events import EventDocument
from shared.wire.lease import LeaseDocument
from tests.central.small_area import small_area

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 at the site
TEN = SlotKey("entry", MORNING + timedelta(hours=1))  # 40 places
ELEVEN = SlotKey("entry", MORNING + timedelta(hours=2))
SMALL = SlotKey("tower", MORNING + timedelta(hours=1))  # 10 places
CNY = Currency("CNY")


class SetClock:
    """A wall clock that runs on from MORNING and can be set; the monotonic one runs with it but for the setting."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self.shift = timedelta()
        self.skipped = 0.0

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.monotonic()) + self.shift

    def monotonic(self) -> float:
        return time.monotonic() - self._start + self.skipped


@dataclass
class RunningCentral:
    """Central behind a real socket. `service` reaches under the HTTP."""

    url: str
    port: int
    service: Central
    clock: SetClock
    key: SigningKey

    def code(self, mode: str = "kiosk") -> str:
        service = self.service

        def work(session: Session) -> str:
            return create_code(session, service.site_id, service.clock.now(), secrets.token_bytes, mode=mode)

        return service.database.write(work)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Somebody else has locked every slot for as long as this lasts."""
        begun, done = threading.Event(), threading.Event()

        def work(session: Session) -> None:
            session.scalars(select(SlotRow).with_for_update()).all()
            begun.set()
            done.wait(10)

        writer = threading.Thread(target=self.service.database.write, args=(work,))
        writer.start()
        begun.wait(5)
        try:
            yield
        finally:
            done.set()
            writer.join()


def settings_in(folder: Path, database: str = "", **lease: object) -> CentralSettings:
    return CentralSettings(
        site=folder,
        database=database or str(folder / "central.db"),
        durable=False,  # the server of the tests does not wait for the disk
        key_file=folder / "central.key",
        days_ahead=0,
        places_interval_s=0.05,
        lease=LeaseSettings.model_validate(lease),
    )


@contextmanager
def serve(
    folder: Path, clock: SetClock | None = None, port: int = 0, database: str = "", **lease: object
) -> Iterator[RunningCentral]:
    clock = clock or SetClock()
    key = SigningKey.from_seed(bytes(31) + b"C")
    app = create_app(settings_in(folder, database, **lease), clock, key, secrets.token_bytes, small_area())
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="central-under-test")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        number = listener.getsockname()[1]
        yield RunningCentral(f"http://127.0.0.1:{number}", number, app.state.central, clock, key)
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Terminal:
    """A terminal by hand: signs requests and writes a journal, honestly or not."""

    central: RunningCentral
    key: SigningKey = field(default_factory=SigningKey.generate)
    terminal_id: str = ""
    seq: int = 0
    head: bytes = GENESIS
    epoch: int = 1
    profile: HashProfile = "sha256"

    def request(self, method: str, path: str, json: object = None) -> PreparedRequest:
        """A signed request that was not sent yet."""
        prepared = requests.Request(method, self.central.url + path, json=json).prepare()
        body = prepared.body if isinstance(prepared.body, bytes) else b""
        RequestSigner(self.key, secrets.token_bytes).sign(prepared, body, self.central.clock.now())
        return prepared

    def call(self, method: str, path: str, json: object = None) -> Response:
        return send(self.request(method, path, json))

    def enrol(self, code: str | None = None, mode: str = "kiosk") -> Terminal:
        answer = self.call("POST", "/v1/enrolments", self.enrolment(code or self.central.code(mode)))
        assert answer.status_code == 201, answer.text
        self.terminal_id, self.epoch = answer.json()["terminal_id"], answer.json()["epoch"]
        return self

    def enrolment(self, code: str) -> dict[str, object]:
        return {"code": code, "name": "test", "public_key": self.key.public.raw.hex(), "after_epoch": self.epoch - 1}

    def lease(self, slot: SlotKey, units: int | None = None) -> Lease:
        wants = [{"slot": str(slot), "units": units}]
        holding = [row.lease_id.hex() for row in leases_of(self.central)]
        answer = self.call("POST", "/v1/leases", {"wants": wants, "holding": holding})
        assert answer.status_code == 200, answer.text
        return LeaseDocument.model_validate(answer.json()["leases"][0]).to_domain()

    def settle(self, lease: Lease, used: int) -> Response:
        return self.call("POST", f"/v1/leases/{lease.lease_id.hex()}/settlement", {"used": used})

    def write(self, type: str, body: Mapping[str, object]) -> JournalEvent:
        """The next event of the journal."""
        event = self.event(self.seq + 1, self.head, type, body)
        self.seq, self.head = event.seq, event.hash
        return event

    def event(self, seq: int, previous: bytes, type: str, body: Mapping[str, object]) -> JournalEvent:
        at = instant_text(self.central.clock.now())
        digest = event_hash(self.terminal_id, self.epoch, seq, previous, at, type, 1, body, self.profile)
        return JournalEvent(
            self.terminal_id, self.epoch, seq, previous, at, type, 1, body, digest, self.key.sign(digest)
        )

    def sale(self, sale_id: str, *events: SaleEvent) -> list[JournalEvent]:
        return [self.write(type, {"sale_id": sale_id, **body}) for type, body in map(encode, events)]

    def sell(self, sale_id: str, lease: Lease, *ks: int) -> list[JournalEvent]:
        """A whole sale of one ticket on each of these units."""
        tickets = [ticket(sale_id, n, lease, k) for n, k in enumerate(ks)]
        paid = PaymentAnswered(1, "paid", "ref")
        return self.sale(sale_id, opened(lease.slot, len(ks)), paid, *tickets, SaleClosed("done"))

    def push(self, *events: JournalEvent) -> Response:
        documents = [EventDocument.of(event).model_dump(by_alias=True) for event in events]
        return self.call("POST", "/v1/events", {"events": documents})


def send(request: PreparedRequest) -> Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.send(request, timeout=20)


def opened(slot: SlotKey, tickets: int) -> SaleOpened:
    return SaleOpened("en", "kiosk", str(slot), ("adult",) * tickets, slot.product_id, Money(6000 * tickets, CNY), {})


def ticket(sale_id: str, index: int, lease: Lease, k: int, replaces: str = "") -> TicketSigned:
    ticket_id = f"{sale_id}-{index}-{k}{'-r' if replaces else ''}"
    return TicketSigned(index, ticket_id, LeaseUnit(lease.lease_id, k), "entry", "adult", "QR", replaces)


def leases_of(central: RunningCentral) -> list[Lease]:
    def work(session: Session) -> list[Lease]:
        rows = session.scalars(select(LeaseRow)).all()
        return [
            Lease(r.lease_id, r.terminal_id, b"", SlotKey.parse(r.slot), r.units, 1, r.granted_at, r.sell_until, "")
            for r in rows
        ]

    return central.service.database.read(work)


def problem(answer: Response) -> int:
    """The number of the problem document in an answer."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    return int(document["number"])
