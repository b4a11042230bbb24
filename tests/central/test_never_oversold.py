"""Whatever happens at once: no place of a slot is given to two, and none is lost."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from central.capacity import channel_places
from central.capacity.leases import settle
from central.fleet.terminals import Terminal as Signer
from central.service import Central, open_central
from central.storage.tables import ExceptionRow, LeaseRow, LeaseUnitRow, SlotRow, TerminalRow
from central.storage.tables.capacity import OUTSTANDING
from shared.domain.capacity import Lease
from shared.security.keys import SigningKey
from shared.wire.lease import LeaseWish
from tests.central.small_area import small_area
from tests.central.world import MORNING, SMALL, TEN, SetClock, Terminal, serve, settings_in

KEY = SigningKey.from_seed(bytes(32))


@contextmanager
def opened(folder: Path, place: str) -> Iterator[Central]:
    central = open_central(settings_in(folder, place, divisor=1), small_area(), SetClock(), KEY, secrets.token_bytes)
    try:
        yield central
    finally:
        central.database.close()


def signer(central: Central, name: str) -> Signer:
    row = TerminalRow(
        site_id="hill", terminal_id=name, name=name, public_key=name.encode(), key_id=name, epoch=1, state="active",
        state_reason="", enrolled_at=MORNING,
    )  # fmt: skip
    central.database.write(lambda s: s.add(row))
    return Signer(name, KEY.public, 1, quarantined=False)


class Seller:
    """One thread's history: what it believes to have, so that the sum of all beliefs can be held against the slot."""

    def __init__(self, central: Central, name: str, seed: int) -> None:
        self.central, self.terminal, self.random = central, signer(central, name), random.Random(seed)
        self.leases: list[Lease] = []
        self.held = self.booked = self.sold = 0

    def run(self) -> None:
        for _ in range(25):
            self.random.choice([self.grant, self.settle, self.hold, self.hold, self.book, self.release, self.cancel])()

    def grant(self) -> None:
        wish = LeaseWish(slot=str(TEN), units=self.random.randint(1, 6))
        got = self.central.database.write(lambda s: self.central.grantor.grant(s, self.terminal, wish, MORNING))
        if isinstance(got, Lease):
            self.leases.append(got)

    def settle(self) -> None:
        if self.leases:
            lease = self.leases.pop()
            used = self.random.randint(0, lease.units)
            self.central.database.write(lambda s: settle(s, "hill", self.terminal, lease.lease_id, used, MORNING))
            self.sold += used

    def hold(self) -> None:
        units = self.random.randint(1, 4)
        slot = str(TEN)
        if self.central.database.write(lambda s: channel_places.hold(s, "hill", slot, units, MORNING), together=slot):
            self.held += units

    def book(self) -> None:
        if self.held and self._changes(channel_places.book):
            self.held, self.booked = self.held - 1, self.booked + 1

    def release(self) -> None:
        if self.held and self._changes(channel_places.release):
            self.held -= 1

    def cancel(self) -> None:
        if self.booked and self._changes(channel_places.give_back):
            self.booked -= 1

    def _changes(self, change: object) -> bool:
        done = self.central.database.write(lambda s: change(s, "hill", str(TEN), 1), together=str(TEN))  # type: ignore[operator]
        assert done, "what one holds is always there to be given up"
        return True


def test_many_sellers_at_once_agree_with_the_slot(tmp_path: Path, database_place: str) -> None:
    """What each does is chosen by SHANMEN_SEED, which pytest prints."""
    seed = int(os.environ["SHANMEN_SEED"])
    with opened(tmp_path, database_place) as central:
        sellers = [Seller(central, f"t{number}", seed + number) for number in range(12)]
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(Seller.run, sellers))
        row = central.database.read(lambda s: s.get_one(SlotRow, ("hill", str(TEN))))
        out = central.database.read(
            lambda s: s.scalar(select(func.sum(LeaseRow.units)).where(LeaseRow.state == OUTSTANDING))
        )
    assert row.held == sum(seller.held for seller in sellers)
    assert row.booked == sum(seller.booked for seller in sellers)
    assert row.outstanding == row.held + int(out or 0)
    assert row.sold == row.booked + sum(seller.sold for seller in sellers)
    assert row.free == 40 - row.sold - row.outstanding >= 0


def test_nothing_is_held_that_is_not_free_nor_booked_that_is_not_held(tmp_path: Path, database_place: str) -> None:
    with opened(tmp_path, database_place) as central:

        def do(change: object, units: int) -> bool:
            done: bool = central.database.write(lambda s: change(s, "hill", str(SMALL), units))  # type: ignore[operator]
            return done

        def hold(units: int, at: datetime = MORNING) -> bool:
            return central.database.write(lambda s: channel_places.hold(s, "hill", str(SMALL), units, at))

        assert not hold(11)
        assert not hold(1, MORNING + timedelta(hours=3)), "the slot is over"
        assert hold(10)
        assert not hold(1)
        assert not do(channel_places.book, 11)
        assert do(channel_places.book, 7)
        assert not do(channel_places.release, 4)
        assert not do(channel_places.give_back, 8)


def test_fifty_terminals_offline_against_a_slot_of_ten(tmp_path: Path, database_place: str) -> None:
    """Each asks for what it can get, goes offline, sells all that it was given, and tells afterwards."""
    with serve(tmp_path, database=database_place) as central:
        terminals = [Terminal(central).enrol() for _ in range(50)]
        wants = {"wants": [{"slot": str(SMALL), "units": 2}], "holding": []}
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda terminal: terminal.call("POST", "/v1/leases", wants), terminals))

        def sell_offline(terminal: Terminal) -> None:
            mine = [lease for lease in granted if lease.terminal_id == terminal.terminal_id]
            for lease in mine:
                events = terminal.sell(terminal.terminal_id, lease, *range(1, lease.units + 1))
                assert terminal.push(*events).status_code == 200
                assert terminal.settle(lease, lease.units).status_code == 200

        granted = terminals_leases(central.service)
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(sell_offline, terminals))
        row = central.service.database.read(lambda s: s.get_one(SlotRow, ("hill", str(SMALL))))
        tickets = central.service.database.read(lambda s: s.scalar(select(func.count()).select_from(LeaseUnitRow)))
        flags = central.service.database.read(lambda s: s.scalar(select(func.count()).select_from(ExceptionRow)))
    assert (row.sold, row.outstanding, row.free, tickets, flags) == (10, 0, 0, 10, 0)


def terminals_leases(central: Central) -> list[Lease]:
    rows = central.database.read(lambda s: list(s.scalars(select(LeaseRow))))
    return [Lease(r.lease_id, r.terminal_id, b"", SMALL, r.units, 1, r.granted_at, r.sell_until, "") for r in rows]
