"""Each strategy that changes the price of one ticket: when it holds, when not, and by how much. Base price: 100.00."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.domain.pricing import PartyMember, PriceError
from tests.domain.pricing.examples import SLOT, base, cost, party, price_list, rule

ADULT = party("adult")
HALF = {"off_bp": 5_000}


def one(strategy: str, with_: Mapping[str, object], **asked: Any) -> int:
    """What one adult pays under this rule, in fen."""
    member = asked.pop("member", ADULT[0])
    return cost(price_list(base(), rule("r", strategy, with_)), (member,), **asked)


def test_fixed_sets_a_price_for_each_category() -> None:
    prices = price_list(base(adult=6_000, child=2_550))
    assert cost(prices, party("adult", "child", "child")) == 11_100


def test_concession_is_for_its_categories() -> None:
    prices = price_list(base(), rule("r", "concession", {"categories": ["child"], **HALF}))
    assert [cost(prices, party(who)) for who in ("child", "adult")] == [5_000, 10_000]


@pytest.mark.parametrize(
    ("visit", "on", "adjusted", "expected"),
    [
        (date(2026, 11, 22), "weekend", False, 11_000),  # a Sunday
        (date(2026, 11, 23), "weekend", False, 10_000),
        (date(2026, 11, 23), "weekday", False, 11_000),
        (date(2026, 10, 10), "weekend", False, 11_000),  # a Saturday on which the country works
        (date(2026, 10, 10), "weekend", True, 10_000),
        (date(2026, 10, 10), "weekday", True, 11_000),
        (date(2026, 10, 2), "weekend", True, 11_000),  # a Friday in the National Day holiday
    ],
)
def test_weekend_with_and_without_adjusted_days(visit: date, on: str, adjusted: bool, expected: int) -> None:
    assert one("weekday_weekend", {"on": on, "adjusted": adjusted, "up_bp": 1_000}, visit=visit) == expected


def test_adjusted_days_of_an_unknown_year_are_no_guess() -> None:
    with pytest.raises(PriceError, match="2031 are not known"):
        one("weekday_weekend", {"on": "weekend", "adjusted": True, "up_bp": 1_000}, visit=date(2031, 5, 2))


@pytest.mark.parametrize(
    ("visit", "expected"),
    [(date(2026, 10, 1), 12_000), (date(2026, 10, 10), 10_000), (date(2026, 10, 17), 10_000)],
)
def test_public_holidays_follow_the_notices(visit: date, expected: int) -> None:
    assert one("public_holiday", {"up_bp": 2_000}, visit=visit) == expected


def test_public_holidays_of_an_unknown_year_have_no_price() -> None:
    with pytest.raises(PriceError, match="holidays: the public holidays of 2031 are not known"):
        one("public_holiday", {"up_bp": 2_000}, visit=date(2031, 1, 1))


def test_a_price_list_may_declare_the_holidays_of_a_year_or_do_without() -> None:
    declared = {"up_bp": 2_000, "holidays": ["2031-01-23"], "workdays": ["2031-01-25"]}
    days = (date(2031, 1, 23), date(2031, 1, 24), date(2031, 1, 25))
    assert [one("public_holiday", declared, visit=day) for day in days] == [12_000, 10_000, 10_000]
    ordinary = {"up_bp": 2_000, "unknown_year": "ordinary"}
    assert one("public_holiday", ordinary, visit=date(2031, 1, 1)) == 10_000


@pytest.mark.parametrize(
    ("first", "last", "visit", "expected"),
    [
        ("04-01", "10-31", date(2026, 4, 1), 12_000),
        ("04-01", "10-31", date(2026, 10, 31), 12_000),
        ("04-01", "10-31", date(2026, 11, 1), 10_000),
        ("12-15", "02-28", date(2027, 1, 3), 12_000),
        ("12-15", "02-28", date(2026, 12, 14), 10_000),
    ],
)
def test_season_comes_back_every_year(first: str, last: str, visit: date, expected: int) -> None:
    assert one("season", {"first": first, "last": last, "up_bp": 2_000}, visit=visit) == expected


def test_time_of_day_is_the_slots_in_the_sites_own_time() -> None:
    terms: dict[str, object] = {"first": "09:00", "until": "10:00", **HALF}
    assert one("time_of_day", terms, slot=SLOT) == 10_000  # 10:00
    assert one("time_of_day", {**terms, "until": "10:30"}, slot=SLOT) == 5_000
    assert one("time_of_day", {**terms, "until": "10:30"}) == 10_000  # no slot, nothing known


@pytest.mark.parametrize(("asked", "expected"), [(1, 10_000), (8, 9_500), (9, 9_500), (15, 9_000), (40, 9_000)])
def test_days_ahead_takes_the_highest_step_reached(asked: int, expected: int) -> None:
    terms = {"steps": [{"days": 14, "off_bp": 1_000}, {"days": 7, "off_bp": 500}]}
    asked_at = datetime(2026, 10, 31 - asked + 1, 2, 0, tzinfo=UTC) if asked < 31 else datetime(2026, 9, 1, tzinfo=UTC)
    assert one("days_ahead", terms, visit=date(2026, 11, 1), asked_at=asked_at) == expected


def test_last_minute_counts_to_the_start_of_the_slot() -> None:
    terms: dict[str, object] = {"minutes": 60, **HALF}
    assert one("last_minute", terms, slot=SLOT) == 5_000  # asked at 09:00 for 10:00
    assert one("last_minute", {**terms, "minutes": 59}, slot=SLOT) == 10_000
    assert one("last_minute", terms) == 10_000


def test_occupancy_raises_by_steps_and_guesses_nothing() -> None:
    terms = {"steps": [{"full_bp": 5_000, "up_bp": 1_000}, {"full_bp": 9_000, "up_bp": 3_000}]}
    found = [one("occupancy", terms, occupancy_bp=full) for full in (None, 4_999, 5_000, 9_500)]
    assert found == [10_000, 10_000, 11_000, 13_000]


def test_forecast_goes_by_the_visitors_expected() -> None:
    terms = {"steps": [{"visitors": 20_000, "up": "5.00"}]}
    assert [one("forecast", terms, forecast=n) for n in (None, 19_999, 20_000)] == [10_000, 10_000, 10_500]


def test_weather_is_by_name() -> None:
    assert [one("weather", {"weather": ["rain"], **HALF}, weather=w) for w in (None, "sun", "rain")] == [
        10_000,
        10_000,
        5_000,
    ]


def test_resident_is_proven_by_the_division_code() -> None:
    people = [PartyMember("adult", region=region) for region in (None, "330502", "330102")]
    assert [one("resident", {"regions": ["3305"], **HALF}, member=who) for who in people] == [10_000, 5_000, 10_000]


def test_age_counts_full_years_on_the_day_of_the_visit() -> None:
    births = (None, date(1966, 11, 23), date(1966, 11, 24))  # 60 on the day, the day after
    people = [PartyMember("adult", birth) for birth in births]
    assert [one("age", {"least": 60, **HALF}, member=who) for who in people] == [10_000, 5_000, 10_000]


def test_certificate_needs_one_of_its_kinds() -> None:
    people = [PartyMember("adult", certificates=held) for held in ((), ("teacher",), ("soldier", "student"))]
    terms: dict[str, object] = {"certificates": ["soldier", "disabled"], "price": 0}
    assert [one("certificate", terms, member=who) for who in people] == [10_000, 10_000, 0]


def test_repeat_visitor_goes_by_earlier_visits() -> None:
    terms = {"steps": [{"visits": 1, "off_bp": 500}, {"visits": 5, "off_bp": 2_000}]}
    people = [PartyMember("adult", earlier_visits=visits) for visits in (0, 1, 7)]
    assert [one("repeat_visitor", terms, member=who) for who in people] == [10_000, 9_500, 8_000]


def test_channel_is_where_it_is_sold() -> None:
    terms: dict[str, object] = {"channels": ["web"], "off": "3.00"}
    assert [one("channel", terms, channel=where) for where in ("kiosk", "web")] == [10_000, 9_700]


def test_agency_contract_needs_the_agency_and_its_number() -> None:
    prices = price_list(base(), rule("r", "agency_contract", {"agency": "wuyi", "least": 2, "price": "72.00"}))
    assert cost(prices, party("adult", "adult"), agency="wuyi") == 14_400
    assert cost(prices, ADULT, agency="wuyi") == 10_000
    assert cost(prices, party("adult", "adult"), agency="other") == 20_000


def test_group_tiers_count_the_whole_party() -> None:
    terms = {"steps": [{"visitors": 10, "off_bp": 1_000}, {"visitors": 20, "off_bp": 2_000}]}
    prices = price_list(base(), rule("r", "group_tiers", terms))
    assert [cost(prices, party(*["adult"] * n)) // n for n in (9, 10, 19, 20)] == [10_000, 9_000, 9_000, 8_000]


def test_a_free_leader_for_every_ten_is_the_dearest_who_may_lead() -> None:
    prices = price_list(base(child=4_000), rule("r", "free_leader", {"per": 10, "free": ["adult"]}))
    assert cost(prices, party(*["child"] * 9)) == 36_000
    assert cost(prices, party("adult", *["child"] * 9)) == 36_000
    assert cost(prices, party(*["adult"] * 2, *["child"] * 17)) == 10_000 + 17 * 4_000


def test_flash_sale_lasts_until_its_end_or_its_quota() -> None:
    terms: dict[str, object] = {
        "start": "2026-11-23T09:00",
        "end": "2026-11-23T10:00",
        "tickets": 100,
        "price": "50.00",
    }
    three = party("adult", "adult", "adult")
    prices = price_list(base(), rule("flash", "flash_sale", terms))
    assert cost(prices, three) == 15_000
    assert cost(prices, three, used=(("flash", 98),)) == 20_000
    assert cost(prices, three, used=(("flash", 100),)) == 30_000
    assert cost(prices, three, asked_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC)) == 30_000  # 10:00: over


def test_companions_are_as_many_as_the_passes_shown_allow() -> None:
    prices = price_list(base(), rule("r", "pass_companion", {"of": ["annual"], "per_holder": 2, **HALF}))
    three = party("adult", "adult", "adult")
    assert [cost(prices, three, passes=shown) for shown in ((), ("annual",), ("annual", "annual"))] == [
        30_000,
        20_000,
        15_000,
    ]
