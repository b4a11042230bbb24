"""Collecting from the terminal's side: with a line, and from what was given out ahead."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drivers.emulators.network_line import NetworkLine
from shared.security.look_up import normalised, offline_look_up
from shared.security.sm_algorithms import NotAuthenticError
from shared.sync.answers import Ok, Refused, Unreachable
from shared.sync.collecting import Collector, Found
from shared.sync.holdings import Holdings, LeaseHabits
from shared.sync.leases import LeaseKeeper
from shared.sync.trusted_time import TrustedTime
from shared.wire.problem import Problem
from tests.central.partner import join
from tests.central.world import MORNING, TEN, RunningCentral
from tests.sync.conftest import Kiosk


@contextmanager
def collector(kiosk: Kiosk) -> Iterator[Collector]:
    who, client = kiosk.enrol(), kiosk.client()
    trusted = TrustedTime(kiosk.clock, "boot-1", kiosk.store)
    keeper = LeaseKeeper(client, kiosk.store, trusted, kiosk.clock, who, kiosk.key.public.key_id, LeaseHabits())
    yield Collector(client, keeper, kiosk.store, kiosk.clock, secrets.token_bytes)
    client.close()


def test_a_booking_is_found_and_taken_with_its_places(kiosk: Kiosk, central: RunningCentral) -> None:
    booked = join(central).booked(count=2, telephone="13800138000")
    with collector(kiosk) as collecting:
        answer = collecting.find("telephone", "138-0013-8000")
        assert isinstance(answer, Ok)
        assert [(f.booking.booking_id, f.taken_by) for f in answer.value] == [(booked["booking_id"], "")]
        taken = collecting.take(booked["booking_id"])
    assert isinstance(taken, Ok)
    assert (taken.value.categories, taken.value.total.minor) == (("adult", "adult"), 10800)
    assert [(s.lease.units, s.lease.booking_id) for s in kiosk.store.leases()] == [(2, booked["booking_id"])]


def test_its_places_are_no_part_of_what_is_on_sale_and_are_kept(kiosk: Kiosk, central: RunningCentral) -> None:
    booked = join(central).booked(count=2)
    with collector(kiosk) as collecting:
        collecting.take(booked["booking_id"])
    holdings = Holdings(kiosk.store.leases(), {}, MORNING, LeaseHabits(), lambda _: 600.0)
    assert holdings.left(TEN) == 0
    assert holdings.over() == []


def test_one_that_another_has_names_it(kiosk: Kiosk, central: RunningCentral) -> None:
    booked = join(central).booked()
    other = Kiosk(central, kiosk.url)
    with collector(other) as first, collector(kiosk) as second:
        assert isinstance(first.take(booked["booking_id"]), Ok)
        refused = second.take(booked["booking_id"])
        seen = second.find("code", booked["code"])
    assert isinstance(refused, Refused)
    assert (refused.problem.number, refused.problem.detail) == (Problem.COLLECTED_ELSEWHERE.number, "kiosk")
    assert isinstance(seen, Ok)
    assert isinstance(seen.value[0], Found)
    assert seen.value[0].taken_by == "kiosk"


def test_what_was_given_out_ahead_opens_without_a_line(
    kiosk: Kiosk, central: RunningCentral, line: NetworkLine
) -> None:
    partner = join(central)
    first = partner.booked(count=1, telephone="13800138000", document="E12345678")
    second = partner.booked(count=3, telephone="13800138000")
    with collector(kiosk) as collecting:
        assert collecting.find_ahead("code", first["code"]) == ()
        assert collecting.fetch_ahead("2026-11-23") == Ok(2)
        assert collecting.fetch_ahead("2026-11-23") == Ok(0)
        line.cut()
        assert isinstance(collecting.find("code", first["code"]), Unreachable)
        assert [b.booking_id for b in collecting.find_ahead("code", first["code"].lower())] == [first["booking_id"]]
        assert [b.booking_id for b in collecting.find_ahead("document", "e1234-5678")] == [first["booking_id"]]
        both = {b.booking_id for b in collecting.find_ahead("telephone", "+86 13800138000")}
        assert both == {first["booking_id"], second["booking_id"]}
        assert collecting.find_ahead("telephone", "13800138001") == []
    assert {s.lease.booking_id for s in kiosk.store.leases()} == both


def test_what_is_kept_says_nothing_of_who_comes(kiosk: Kiosk, central: RunningCentral) -> None:
    booked = join(central).booked(count=1, telephone="13800138000", document="E12345678", name="Li")
    with collector(kiosk) as collecting:
        collecting.fetch_ahead("2026-11-23")
    kept = json.dumps(kiosk.store.fact("ahead"))
    for secret in ("13800138000", "E12345678", booked["code"], "adult"):
        assert secret not in kept


def test_another_day_begins_with_nothing(kiosk: Kiosk, central: RunningCentral) -> None:
    booked = join(central).booked(count=1)
    with collector(kiosk) as collecting:
        collecting.fetch_ahead("2026-11-23")
        assert collecting.fetch_ahead("2026-11-24") == Ok(0)
        assert collecting.find_ahead("code", booked["code"]) == []


@pytest.mark.parametrize(
    ("kind", "given", "plain"),
    [
        ("code", " k7qm-2xwd-9rtf ", "K7QM2XWD9RTF"),
        ("code", "oil0", "0110"),
        ("telephone", "0086 138 0013 8000", "13800138000"),
        ("telephone", "86123456", "86123456"),
        ("document", "11010519491231002x", "11010519491231002X"),
    ],
)
def test_what_people_type_is_read_alike(kind: str, given: str, plain: str) -> None:
    assert normalised(kind, given) == plain  # type: ignore[arg-type]


def test_a_key_opens_only_its_own_entry() -> None:
    way, other = (offline_look_up("code", code, bytes(16)) for code in ("AAAA", "BBBB"))
    sealed = way.seal(bytes(12), b"key")
    assert way.open(sealed) == b"key"
    with pytest.raises(NotAuthenticError):
        other.open(sealed)
    assert offline_look_up("code", "AAAA", b"1" * 16).name != way.name
