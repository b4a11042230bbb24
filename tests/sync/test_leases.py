"""What the terminal takes for a lease, and when it lets go of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from central.storage import database
from central.storage.tables import SlotRow
from shared.domain.capacity import Lease, SlotKey
from shared.security.keys import SigningKey
from shared.sync.answers import Ok, Refused
from shared.sync.client import CentralClient, Patience
from shared.sync.download import Downloader, Places
from shared.sync.enrolment import Enrolment
from shared.sync.holdings import Holdings, LeaseHabits
from shared.sync.leases import LeaseKeeper
from shared.sync.ports import LeaseStanding
from shared.sync.trusted_time import TrustedTime
from shared.sync.upload import Uploader
from tests.central.world import ELEVEN, MORNING, SMALL, TEN
from tests.sync.conftest import Kiosk

HOUR = timedelta(hours=1)


@pytest.fixture
def client(kiosk: Kiosk) -> Iterator[CentralClient]:
    asking = kiosk.client()
    yield asking
    asking.close()


def keeper(kiosk: Kiosk, client: CentralClient, who: Enrolment) -> LeaseKeeper:
    trusted = TrustedTime(kiosk.clock, "boot-1", kiosk.store)
    return LeaseKeeper(client, kiosk.store, trusted, kiosk.clock, who, kiosk.key.public.key_id, LeaseHabits())


@pytest.mark.parametrize("change", ["central", "terminal", "epoch"])
def test_a_lease_that_is_not_centrals_for_us_is_not_taken(kiosk: Kiosk, client: CentralClient, change: str) -> None:
    who = kiosk.enrol()
    believed = {
        "central": replace(who, central=SigningKey.generate().public),
        "terminal": replace(who, terminal_id="t-other"),
        "epoch": replace(who, epoch=2),
    }[change]
    assert not keeper(kiosk, client, believed).top_up(SMALL, 1, MORNING)
    assert kiosk.store.leases() == []
    assert keeper(kiosk, client, who).top_up(SMALL, 1, MORNING), "the true one comes again with the next answer"
    assert kiosk.store.left(SMALL) == 1


def test_leases_run_out_are_settled_and_coming_slots_asked_for(kiosk: Kiosk, client: CentralClient) -> None:
    keeping = keeper(kiosk, client, kiosk.enrol())
    assert isinstance(Downloader(client, kiosk.store, Patience()).run(), Ok)
    assert keeping.keep(MORNING) == Ok(True)
    assert {s.lease.slot for s in kiosk.store.leases()} >= {TEN, ELEVEN, SMALL}
    assert keeping.keep(MORNING) == Ok(False), "enough is held"
    kiosk.clock.skipped += (2 * HOUR + timedelta(minutes=5)).total_seconds()
    keeping.keep(MORNING)
    assert {s.lease.slot for s in kiosk.store.leases()}.isdisjoint({TEN, SMALL})


def test_a_settlement_that_was_not_heard_is_made_again(kiosk: Kiosk, client: CentralClient) -> None:
    who = kiosk.enrol()
    keeping = keeper(kiosk, client, who)
    keeping.top_up(SMALL, 4, MORNING)
    client.close()
    deaf = CentralClient("http://127.0.0.1:1", kiosk.key, kiosk.clock, bytes)
    assert not isinstance(keeper(kiosk, deaf, who).give_back_all(), Ok)
    deaf.close()
    assert len(kiosk.store.leases()) == 1
    again = keeper(kiosk, client, who)
    assert again.keep(MORNING) == Ok(False)
    assert kiosk.store.leases() == []


def holdings(*standings: LeaseStanding, remaining: float | None = 8 * 3600, now: datetime = MORNING) -> Holdings:
    places: Places = {
        str(slot): {"end": "2026-11-23T12:00:00.000000Z", "capacity": 40, "free": 5, "left": 5}
        for slot in (TEN, ELEVEN)
    }
    return Holdings(standings, places, now, LeaseHabits(horizon=24 * HOUR), lambda _standing: remaining)


def held(slot: SlotKey, units: int, used: int, hours: int = 8) -> LeaseStanding:
    lease = Lease(slot.product_id.encode(), "t", b"", slot, units, 1, MORNING, MORNING + hours * HOUR, "p1")
    return LeaseStanding(lease, used, 0.0, "b")


def test_coming_slots_are_asked_for_nearest_first() -> None:
    assert holdings().lacking() == [TEN, ELEVEN]


@pytest.mark.parametrize(("used", "asked"), [(0, False), (5, False), (6, True), (9, True)])
def test_a_third_left_is_too_little(used: int, asked: bool) -> None:
    assert (TEN in holdings(held(TEN, 9, used)).lacking()) is asked


def test_a_lease_is_renewed_in_the_last_third_of_its_life_if_that_helps() -> None:
    assert TEN in holdings(held(TEN, 9, 0), remaining=2 * 3600).lacking()
    ends_with_the_slot = held(TEN, 9, 0, hours=11)
    assert TEN not in holdings(ends_with_the_slot, remaining=2 * 3600).lacking()


def test_a_lease_in_doubt_is_neither_sold_from_nor_given_back() -> None:
    doubtful = holdings(held(TEN, 9, 0), remaining=None)
    assert doubtful.left(TEN) == 0
    assert doubtful.over() == []
    assert TEN in doubtful.lacking()


def test_a_lease_of_a_far_slot_left_idle_goes_back() -> None:
    far = SlotKey("entry", MORNING + timedelta(days=5))
    lease = held(far, 3, 1)
    assert holdings(lease).over() == []
    assert holdings(lease, remaining=7 * 3600).over() == [lease]


def test_a_replaced_lease_goes_back() -> None:
    old, new = held(TEN, 9, 0, hours=3), held(TEN, 9, 0, hours=9)
    ages = {3: 1800.0, 9: 8 * 3600.0}
    both = replace(
        holdings(old, new),
        remaining=lambda s: ages[int((s.lease.sell_until - s.lease.granted_at) / HOUR)],
    )
    assert both.over() == [old]


def test_a_settlement_that_central_contradicts_is_let_go_and_frees_nothing(kiosk: Kiosk, client: CentralClient) -> None:
    keeping = keeper(kiosk, client, kiosk.enrol())
    keeping.top_up(SMALL, 4, MORNING)
    kiosk.sell("s1", SMALL)
    assert Uploader(client, kiosk.store).run() == Ok(len(kiosk.store.journal))
    kiosk.store.forget_use(SMALL)
    assert keeping.give_back_all() == Ok(0)
    assert kiosk.store.leases() == []
    row = kiosk.central.service.database.read(lambda s: s.get_one(SlotRow, ("hill", str(SMALL))))
    assert (row.sold, row.outstanding, row.free) == (0, 4, 6), "never free without a settlement"


def test_central_asking_to_wait_leaves_the_settlement_for_later(
    kiosk: Kiosk, client: CentralClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = keeper(kiosk, client, kiosk.enrol())
    keeping.top_up(SMALL, 4, MORNING)
    with kiosk.central.writing(), monkeypatch.context() as busy:
        busy.setattr(database, "PATIENCE_S", 0.1)
        answer = keeping.give_back_all()
    assert isinstance(answer, Refused)
    assert answer.retry_after == 2
    assert len(kiosk.store.leases()) == 1
    assert keeping.give_back_all() == Ok(1)


def test_a_slot_that_is_over_is_not_asked_for() -> None:
    assert holdings(now=MORNING + 12 * HOUR).lacking() == []
