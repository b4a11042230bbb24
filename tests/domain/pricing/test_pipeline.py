"""When rules hold, in which order they work, and which of them come together. Base price: 100.00."""

from __future__ import annotations

from datetime import date

from tests.domain.pricing.examples import ask, base, cost, party, price_list, rule

ADULT = party("adult")
HALF = {"off_bp": 5_000}


def test_rules_hold_under_their_conditions_only() -> None:
    when = {"products": ["entry"], "channels": ["web"], "weekdays": [1], "from": "2026-11-01", "to": "2026-11-30"}
    prices = price_list(base(), base("show"), rule("r", "channel", {"channels": ["web"], **HALF}, when=when))
    assert cost(prices, ADULT, channel="web") == 5_000
    assert cost(prices, ADULT, ("show",), channel="web") == 10_000
    assert cost(prices, ADULT, channel="kiosk") == 10_000
    assert cost(prices, ADULT, channel="web", visit=date(2026, 11, 24)) == 10_000
    assert cost(prices, ADULT, channel="web", visit=date(2026, 12, 7)) == 10_000


def test_stages_run_in_their_order_and_a_price_list_may_turn_some_round() -> None:
    rules = (
        base(),
        rule("rain", "weather", {"weather": ["rain"], "off": "10.00"}),
        rule("child", "concession", {"categories": ["child"], **HALF}),
    )
    child = party("child")
    assert cost(price_list(*rules), child, weather="rain") == 4_500  # demand, then person
    assert cost(price_list(*rules, stages={"demand": ["person"]}), child, weather="rain") == 4_000


def test_exclusion_by_order_and_by_price() -> None:
    rules = (
        base(),
        rule("child", "concession", {"categories": ["child"], "off_bp": 1_000}, exclusive=["x"], order=1),
        rule("rain", "weather", {"weather": ["rain"], **HALF}, exclusive=["x"], order=2),
    )
    by_order = price_list(*rules, exclusive=[{"id": "x", "resolve": "order"}])
    cheapest = price_list(*rules, exclusive=[{"id": "x", "resolve": "cheapest"}])
    child = party("child")
    assert cost(by_order, child, weather="rain") == 9_000
    assert cost(cheapest, child, weather="rain") == 5_000
    assert cost(price_list(base(), *({**r, "exclusive": []} for r in rules[1:])), child, weather="rain") == 4_500


def test_not_with_keeps_two_rules_apart() -> None:
    child = rule("child", "concession", {"categories": ["child"], "off_bp": 3_000}, not_with=["rain"])
    prices = price_list(base(), child, rule("rain", "weather", {"weather": ["rain"], "off_bp": 1_000}))
    assert cost(prices, party("child"), weather="rain") == 7_000
    assert cost(prices, party("adult"), weather="rain") == 9_000


def test_of_two_base_prices_the_lower_order_wins() -> None:
    usual, better = base(), base(adult=7_000)
    prices = price_list({**usual, "order": 2}, {**better, "id": "better", "order": 1})
    assert cost(prices, ADULT) == 7_000


def test_a_half_fen_goes_up() -> None:
    prices = price_list(base(child=333), rule("r", "concession", {"categories": ["child"], **HALF}))
    assert cost(prices, party("child")) == 167


def test_the_trace_names_rule_stage_and_amount() -> None:
    prices = price_list(base(), rule("half", "concession", {"categories": ["child"], **HALF}))
    trace = ask(prices, party("adult", "child", "child")).trace
    assert [(step.rule_id, step.stage, step.amount.minor) for step in trace] == [
        ("entry-base", "base", 30_000),
        ("half", "person", -10_000),
    ]
