"""The sync thread against a real central over a line that is cut."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from drivers.emulators.network_line import NetworkLine
from shared.security.keys import Keyring
from shared.sync import news
from shared.sync.engine import SyncEngine
from shared.sync.enrolment import Enrolment
from shared.sync.ports import Line
from tests.central.world import ELEVEN, SMALL, TEN, RunningCentral, SetClock, Terminal, serve
from tests.sync.conftest import Kiosk
from tests.sync.waiting import until

Start = Callable[..., SyncEngine]


def totals(central: RunningCentral) -> tuple[int, int]:
    summary = Terminal(central).enrol().call("GET", "/v1/summary").json()
    return summary["sales"], summary["tickets"]


def test_the_engine_is_a_line(kiosk: Kiosk, running: Start) -> None:
    line: Line = running(kiosk.enrol())
    until(line.online)


def test_the_first_round_brings_everything_a_terminal_sells_from(kiosk: Kiosk, running: Start) -> None:
    who = kiosk.enrol()
    engine = running(who)
    until(lambda: kiosk.store.left(TEN) and kiosk.store.left(SMALL))

    catalogue, keyring, places = (kiosk.store.fact(name) for name in ("catalogue", "keyring", "places"))
    assert catalogue is not None
    assert keyring is not None
    assert places is not None
    assert catalogue["version"] == "c1"
    assert str(TEN) in dict(places["slots"])  # type: ignore[call-overload]
    assert Keyring.from_json(kiosk.store.facts["keyring"]).find(kiosk.key.public.key_id) == kiosk.key.public
    assert Enrolment.from_fact(who.to_fact()) == who
    assert all(engine.may_sell(standing) for standing in kiosk.store.leases())
    assert any(isinstance(told, news.LeasesChanged) for told in kiosk.news)


def test_a_cut_is_noticed_and_the_return_too(kiosk: Kiosk, running: Start, line: NetworkLine) -> None:
    engine = running(kiosk.enrol())
    until(engine.online)
    line.cut()
    assert until(lambda: not engine.online()) < 2
    line.restore()
    assert until(engine.online) < 2
    expected = [news.WentOnline, news.WentOffline, news.WentOnline]
    until(lambda: comings_and_goings(kiosk) == expected)  # it is told a moment after it is so


def comings_and_goings(kiosk: Kiosk) -> list[type[news.News]]:
    return [type(each) for each in kiosk.news if isinstance(each, news.WentOnline | news.WentOffline)]


def test_a_line_that_swallows_everything_is_noticed(kiosk: Kiosk, running: Start, line: NetworkLine) -> None:
    engine = running(kiosk.enrol())
    until(engine.online)
    line.delay(30)
    assert until(lambda: not engine.online()) < 2
    line.delay(0)
    line.cut()
    line.restore()
    until(engine.online)


def test_sales_made_while_the_line_is_down_arrive_once(kiosk: Kiosk, running: Start, line: NetworkLine) -> None:
    engine = running(kiosk.enrol())
    until(lambda: kiosk.store.left(SMALL))
    kiosk.sell("online", SMALL)
    engine.poke()
    until(lambda: totals(kiosk.central) == (1, 1))

    line.cut()
    until(lambda: not engine.online())
    kiosk.sell("offline", SMALL)
    assert all(engine.may_sell(standing) for standing in kiosk.store.leases())
    assert totals(kiosk.central) == (1, 1)
    line.restore()

    until(lambda: totals(kiosk.central) == (2, 2))
    until(lambda: kiosk.store.acknowledged() == len(kiosk.store.journal))
    assert kiosk.store.remarks == {}


def test_a_line_that_comes_and_goes_loses_and_doubles_nothing(kiosk: Kiosk, running: Start, line: NetworkLine) -> None:
    engine = running(kiosk.enrol())
    until(lambda: kiosk.store.left(TEN) > 5)
    for number in range(12):
        if kiosk.store.left(TEN):
            kiosk.sell(f"s{number}", TEN)
        engine.poke()
        line.cut()
        line.restore()
        time.sleep(0.02 * (number % 4))
    sold = sum(1 for event in kiosk.store.journal if event.type == "sale.opened")
    until(lambda: kiosk.store.acknowledged() == len(kiosk.store.journal), 10)
    assert totals(kiosk.central) == (sold, sold)
    assert kiosk.store.remarks == {}


def test_a_top_up_brings_the_places_while_the_screen_waits(kiosk: Kiosk, running: Start) -> None:
    engine = running(kiosk.enrol())
    until(lambda: kiosk.store.left(SMALL) == 2)
    assert engine.top_up(SMALL, 6, 5)
    assert kiosk.store.left(SMALL) == 8
    assert not engine.top_up(SMALL, 11, 5), "more than there are"
    assert kiosk.store.left(SMALL) == 10


def test_a_top_up_on_a_cut_line_does_not_keep_anybody_waiting(kiosk: Kiosk, running: Start, line: NetworkLine) -> None:
    engine = running(kiosk.enrol())
    until(engine.online)
    line.delay(30)
    began = time.monotonic()
    assert not engine.top_up(SMALL, 6, 0.5)
    assert time.monotonic() - began < 0.7
    line.cut()
    until(lambda: not engine.online())
    assert not engine.top_up(SMALL, 6, 5)


def test_many_top_ups_at_once_are_all_answered(kiosk: Kiosk, running: Start) -> None:
    engine = running(kiosk.enrol(), horizon=timedelta(minutes=90))
    until(engine.online)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: engine.top_up(ELEVEN, 1, 5), range(8)))
    assert answers == [True] * 8


def test_closing_gives_unused_places_back(kiosk: Kiosk, running: Start) -> None:
    engine = running(kiosk.enrol())
    until(lambda: kiosk.store.left(SMALL) == 2)
    kiosk.sell("s1", SMALL)
    engine.stop(give_back=True)
    assert kiosk.store.leases() == []
    assert totals(kiosk.central) == (1, 1)
    until(lambda: _free(kiosk.central) == 9)


def test_two_terminals_never_hold_the_same_place(kiosk: Kiosk, running: Start) -> None:
    other = Kiosk(kiosk.central, kiosk.url)
    engine, second = running(kiosk.enrol()), other.engine(other.enrol())
    second.start()
    until(lambda: engine.online() and second.online())
    engine.top_up(SMALL, 9, 5)
    second.top_up(SMALL, 9, 5)
    assert kiosk.store.left(SMALL) + other.store.left(SMALL) == 10
    second.stop()


def test_a_terminal_in_quarantine_is_offline_and_says_why(kiosk: Kiosk, running: Start) -> None:
    engine = running(kiosk.enrol())
    until(engine.online)
    kiosk.store.append(kiosk.clock.now(), "note", {"n": 1})
    until(lambda: kiosk.store.acknowledged() == 1)
    kiosk.store.journal.clear()
    kiosk.store.acknowledge(0, {})
    kiosk.store.append(kiosk.clock.now(), "note", {"n": 2})
    until(lambda: any(isinstance(told, news.JournalRefused) for told in kiosk.news))
    until(lambda: not engine.online())
    assert "1105" in next(told.cause for told in kiosk.news if isinstance(told, news.WentOffline))


def test_a_wrong_clock_does_not_keep_a_terminal_out(kiosk: Kiosk, running: Start) -> None:
    kiosk.clock.shift = timedelta(days=-3)
    engine = running(kiosk.enrol())
    until(lambda: kiosk.store.left(TEN))
    kiosk.clock.shift = timedelta(days=3)
    time.sleep(0.5)  # some rounds
    assert engine.online()
    kiosk.clock.shift = timedelta(days=1)
    until(lambda: any(isinstance(told, news.ClockWentBack) for told in kiosk.news))
    assert all(engine.may_sell(standing) for standing in kiosk.store.leases())


def _free(central: RunningCentral) -> object:
    return central.service.published_places()[str(SMALL)]["free"]


def _left(central: RunningCentral) -> object:
    return central.service.published_places()[str(SMALL)]["left"]


def test_a_store_that_fails_for_a_while_ends_nothing(
    kiosk: Kiosk, running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = running(kiosk.enrol())
    until(engine.online)
    with monkeypatch.context() as broken:
        broken.setattr(kiosk.store, "acknowledged", lambda: 1 // 0)
        until(lambda: not engine.online())
    until(engine.online)


def test_a_restart_of_central_loses_and_doubles_nothing(tmp_path: Path) -> None:
    clock = SetClock()
    with serve(tmp_path, clock) as first:
        port = first.port
        kiosk = Kiosk(first, first.url)
        engine = kiosk.engine(kiosk.enrol())
        engine.start()
        until(lambda: kiosk.store.left(SMALL))
        kiosk.sell("before", SMALL)
        engine.poke()
        until(lambda: totals(first) == (1, 1))
    until(lambda: not engine.online())
    kiosk.sell("between", SMALL)
    with serve(tmp_path, clock, port) as second:
        until(lambda: totals(second) == (2, 2))
        until(lambda: kiosk.store.acknowledged() == len(kiosk.store.journal))
        assert kiosk.store.remarks == {}
        until(lambda: _left(second) == 8)
        engine.stop()
