from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from drivers.emulators.network_line import NetworkLine
from shared.domain.capacity import SlotKey
from shared.domain.sale import PaymentAnswered, SaleClosed
from shared.security.keys import SigningKey
from shared.sync.answers import Ok
from shared.sync.assembly import SyncSettings, build_engine
from shared.sync.client import CentralClient
from shared.sync.engine import SyncEngine
from shared.sync.enrolment import Enrolment, enrol
from shared.sync.holdings import LeaseHabits
from shared.sync.news import News
from shared.sync.pace import Beat
from tests.central.world import RunningCentral, SetClock, opened, serve, ticket
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    with serve(tmp_path) as running:
        yield running


@pytest.fixture
def line(central: RunningCentral) -> Iterator[NetworkLine]:
    with NetworkLine("127.0.0.1", central.port) as relay:
        yield relay


@dataclass
class Kiosk:
    """A terminal with a store in memory behind a line that can be cut."""

    central: RunningCentral
    url: str
    key: SigningKey = field(default_factory=SigningKey.generate)
    clock: SetClock = field(default_factory=SetClock)
    news: list[News] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.key)

    def client(self) -> CentralClient:
        return CentralClient(self.url, self.key, self.clock, secrets.token_bytes)

    def enrol(self) -> Enrolment:
        client = self.client()
        answer = enrol(client, self.key, self.central.code(), "kiosk")
        client.close()
        assert isinstance(answer, Ok), answer
        self.store.terminal_id = answer.value.terminal_id
        return answer.value

    def engine(self, who: Enrolment, boot: str = "boot-1", horizon: timedelta = timedelta(hours=24)) -> SyncEngine:
        settings = SyncSettings(self.url, Beat(interval=0.2, longest_pause=0.3, answer=1.0), LeaseHabits(horizon))
        return build_engine(settings, who, self.key, self.store, self.clock, boot, self.news.append)

    def sell(self, sale_id: str, slot: SlotKey, count: int = 1) -> None:
        """A whole sale from the leases in the store."""
        places = self.store.take(slot, count)
        assert len(places) == count
        tickets = [ticket(sale_id, n, lease, k) for n, (lease, k) in enumerate(places)]
        paid = PaymentAnswered(1, "paid")
        self.store.record(self.clock.now(), sale_id, opened(slot, count), paid, *tickets, SaleClosed("done"))


@pytest.fixture
def kiosk(central: RunningCentral, line: NetworkLine) -> Kiosk:
    return Kiosk(central, f"http://{line.host}:{line.port}")


@pytest.fixture
def running(kiosk: Kiosk) -> Iterator[Callable[..., SyncEngine]]:
    """Starts engines and stops them at the end."""
    with ExitStack() as stack:

        def start(who: Enrolment, **options: object) -> SyncEngine:
            engine = kiosk.engine(who, **options)  # type: ignore[arg-type]
            engine.start()
            stack.callback(engine.stop)
            return engine

        yield start
