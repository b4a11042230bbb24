from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.sync.answers import Ok, Refused
from shared.sync.client import CentralClient
from shared.sync.upload import Uploader
from shared.wire.problem import Problem
from tests.sync.conftest import Kiosk


@pytest.fixture
def client(kiosk: Kiosk) -> Iterator[CentralClient]:
    asking = kiosk.client()
    yield asking
    asking.close()


def write(kiosk: Kiosk, count: int, size: int = 1) -> None:
    for number in range(count):
        kiosk.store.append(kiosk.clock.now(), "note", {"n": number, "text": "x" * size})


def test_a_long_journal_goes_up_in_batches(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    write(kiosk, 1203)
    assert Uploader(client, kiosk.store).run() == Ok(1203)
    assert kiosk.store.acknowledged() == 1203
    assert Uploader(client, kiosk.store).run() == Ok(0)


def test_large_events_go_up_in_smaller_batches(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    write(kiosk, 7, size=400_000)
    assert Uploader(client, kiosk.store).run() == Ok(7)


def test_remarks_on_single_events_come_back(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    write(kiosk, 2)
    kiosk.store.append(kiosk.clock.now(), "sale.opened", {"sale_id": "s", "language": 1})
    write(kiosk, 2)
    assert Uploader(client, kiosk.store).run() == Ok(5)
    assert kiosk.store.remarks == {3: "unreadable"}


def test_when_central_has_less_than_it_said_the_rest_goes_up_again(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    write(kiosk, 5)
    kiosk.store.acknowledge(3, {})
    assert Uploader(client, kiosk.store).run() == Ok(5)
    assert kiosk.store.acknowledged() == 5


def test_a_final_refusal_stays_with_its_first_cause(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    kiosk.store.terminal_id = "t-other"
    write(kiosk, 1)
    uploader = Uploader(client, kiosk.store)
    assert isinstance(uploader.run(), Refused)
    assert uploader.halted is not None
    assert uploader.halted.number == Problem.WRONG_JOURNAL.number
    assert uploader.run() == Ok(0)


def test_an_event_too_large_for_any_batch_halts_instead_of_looping(kiosk: Kiosk, client: CentralClient) -> None:
    kiosk.enrol()
    write(kiosk, 1, size=1_100_000)
    uploader = Uploader(client, kiosk.store)
    assert isinstance(uploader.run(), Refused)
    assert uploader.halted is not None
    assert uploader.halted.number == Problem.TOO_LARGE.number
