"""How much central does: channels on one hot slot and on many, journals coming in, terminals coming back, idle lines.

`python -m benchmarks.central [--seconds 4] [--database sqlite|postgresql]`. Central is a process of its own with the
durable settings it has in service; the clients are threads of this one, so both share the machine's cores.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assets import __file__ as assets_file
from benchmarks.central_terminals import journals, rejoin
from central.channels.registry import NewChannel, create_channel, create_key
from central.storage.database import Database, database_url
from central.storage.tables import BookingRow, SlotRow
from tests.central import postgres

DEMO = Path(assets_file).parent / "demo"
START = "import sys; from pathlib import Path; from central.app import run; from central.settings import load_settings"
PARTY = 2
MANY = 1_000_000
IDLE = 500


@dataclass(frozen=True)
class Served:
    """Central at `url`, its tables within reach, and a channel's key."""

    url: str
    database: Database
    process: subprocess.Popen[str]
    config: Path

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@contextmanager
def places(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield str(folder / "central.db")
        return
    with postgres.server(durable=True) as server, server.database() as url:
        yield url


@contextmanager
def served(place: str, folder: Path) -> Iterator[Served]:
    config = folder / "central.toml"
    config.write_text(
        f'site = "{DEMO}"\ndatabase = "{place}"\nkey_file = "{folder}/central.key"\nport = 0\ndays_ahead = 20\n'
    )
    command = [sys.executable, "-c", f"{START}; run(load_settings(Path(sys.argv[1])))", str(config)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        url = json.loads(process.stdout.readline())["url"]
        threading.Thread(target=process.stdout.read, daemon=True).start()
        with closing(Database(database_url(place))) as database:
            yield Served(url, database, process, config)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def channel_key(central: Served, site: str) -> str:
    new = NewChannel("bench", "bench", "CNY", per_second=100_000, burst=100_000)
    now = datetime.now(UTC)

    def work(session: Session) -> str:
        create_channel(session, site, new, "bench", now, secrets.token_bytes)
        return create_key(session, site, "bench", "bench", now, secrets.token_bytes)

    return central.database.write(work)


def wide_slots(central: Served, most: int) -> list[str]:
    """Coming slots, with room for whatever is sold of them here."""

    def work(session: Session) -> list[str]:
        entry = SlotRow.slot.startswith("entry@") & (SlotRow.starts_at > datetime.now(UTC))
        names = session.scalars(select(SlotRow.slot).where(entry).order_by(SlotRow.starts_at).limit(most)).all()
        session.execute(
            update(SlotRow).where(SlotRow.slot.in_(names)).values(capacity=MANY, free=MANY - SlotRow.buffer)
        )
        return list(names)

    return central.database.write(work)


class Buyer:
    """One client on one connection: holds and confirms until the time is up."""

    def __init__(self, central: Served, key: str, slots: Sequence[str], number: int) -> None:
        self.connection = http.client.HTTPConnection(central.host, timeout=60)
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.slots, self.number = slots, number
        self.times: list[float] = []

    def run(self, until: float) -> int:
        tickets = 0
        while time.perf_counter() < until:
            slot = self.slots[(self.number * 7 + tickets) % len(self.slots)]
            party = [{"category": "adult", "count": PARTY}]
            held = self.ask("/holds", {"slot": slot, "party": party, "reference": secrets.token_hex(8)})
            self.ask(f"/bookings/{held['booking_id']}/confirmation", {})
            tickets += PARTY
        self.connection.close()
        return tickets

    def ask(self, path: str, body: object) -> dict[str, str]:
        began = time.perf_counter()
        headers = {**self.headers, "Idempotency-Key": secrets.token_hex(8)}
        self.connection.request("POST", f"/channel/v1{path}", json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(text.decode())
        self.times.append(time.perf_counter() - began)
        document: dict[str, str] = json.loads(text)
        return document


def sell(central: Served, key: str, slots: Sequence[str], clients: int, seconds: float) -> str:
    buyers = [Buyer(central, key, slots, number) for number in range(clients)]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        tickets = sum(pool.map(lambda buyer: buyer.run(began + seconds), buyers))
    took = time.perf_counter() - began
    times = sorted(each for buyer in buyers for each in buyer.times)
    p50, p95, p99 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.95, 0.99))
    rate = f"{tickets / took:6.0f} tickets/s {len(times) / took:6.0f} requests/s"
    return f"{clients:3d} clients, {len(slots):3d} slots: {rate}   p50 {p50:5.0f}  p95 {p95:5.0f}  p99 {p99:5.0f} ms"


def check_places(central: Served) -> str:
    """What was confirmed is what the slots say."""

    def work(session: Session) -> tuple[int, int]:
        booked = session.scalar(select(func.sum(SlotRow.booked)))
        units = session.scalar(select(func.sum(BookingRow.units)).where(BookingRow.state == "confirmed"))
        return int(booked or 0), int(units or 0)

    booked, units = central.database.read(work)
    if booked != units:
        raise RuntimeError(f"{booked} places booked, {units} confirmed")
    return f"{units} tickets confirmed, as many places booked, none twice"


def idle_connections(central: Served) -> str:
    """What idle connections cost: memory of central, and the answer of one more client."""
    before = _memory_kib(central.process.pid)
    lines = [http.client.HTTPConnection(central.host, timeout=60) for _ in range(IDLE)]
    for line in lines:
        line.request("GET", "/healthz")
        line.getresponse().read()
    began = time.perf_counter()
    lines[0].request("GET", "/healthz")
    lines[0].getresponse().read()
    took = (time.perf_counter() - began) * 1000
    grown = (_memory_kib(central.process.pid) - before) / IDLE
    for line in lines:
        line.close()
    return f"{IDLE} idle connections: {grown:.0f} KiB each, one more answer in {took:.1f} ms"


def _memory_kib(pid: int) -> int:
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmRSS"))


def measure(kind: str, seconds: float, say: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory() as name, places(kind, Path(name)) as place, served(place, Path(name)) as central:
        say(f"== {kind}")
        slots = wide_slots(central, 200)
        site = central.database.read(lambda s: s.scalars(select(SlotRow.site_id).limit(1)).one())
        key = channel_key(central, site)
        for chosen in (slots[:1], slots):
            for clients in (1, 16, 64):
                say(sell(central, key, chosen, clients, seconds))
        say(check_places(central))
        say(journals(central.url, central.config, slots[0]))
        say(rejoin(central.url, central.config, slots[0]))
        say(idle_connections(central))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores; hold and confirmation are a request each; {PARTY} tickets a booking")
    for kind in [given.database] if given.database else ["sqlite", "postgresql"]:
        measure(kind, given.seconds, print)


if __name__ == "__main__":
    main()
