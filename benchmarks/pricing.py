"""How fast a quote is: parties of 1, 4, 12 and 40 against price lists of 50 and of 500 rules, on one core.

Run: `python -m benchmarks.pricing [--quotes N] [--rounds N]`. Prints the tables of docs/performance.md. Times are
processor time, so that what else the machine does is not counted.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog, catalog_from_document
from shared.domain.pricing import (
    Circumstances,
    PartyMember,
    PriceList,
    QuoteRequest,
    price_list_from_document,
    quote,
)

CATEGORIES = ("adult", "child", "senior", "student")
SIGHTS = ("entry", "cablecar", "show", "shuttle")
PARTS = {"duo": ("entry", "cablecar"), "trio": ("entry", "cablecar", "show")}
YEAR = 2026


def catalog() -> Catalog:
    def product(code: int, name: str, **more: object) -> dict[str, object]:
        text = {"en": name}
        every = {"categories": list(CATEGORIES), "valid_minutes": 60}
        return {"id": name, "code": code, "name": text, "description": text, **every, **more}

    combined = {
        name: {"kind": "combination", "parts": [{"product": part} for part in parts]} for name, parts in PARTS.items()
    }
    return catalog_from_document(
        {
            "version": "benchmark",
            "site": {"id": "s", "name": {"en": "s"}, "timezone": "Asia/Shanghai", "currency": "CNY"},
            "categories": [{"id": name, "name": {"en": name}, "hint": {"en": name}} for name in CATEGORIES],
            "products": [
                *(product(1 + index, name) for index, name in enumerate(SIGHTS)),
                *(product(10 + index, name, kind=kind) for index, (name, kind) in enumerate(combined.items())),
            ],
        }
    )


def rule(rule_id: str, strategy: str, terms: dict[str, object], **more: object) -> dict[str, Any]:
    return {"id": rule_id, "strategy": strategy, "with": terms, "reason": {"en": rule_id}, **more}


def everyday_rules() -> list[dict[str, Any]]:
    """What a scenic area has all the year round: of each strategy at least one."""
    prices = {"entry": 12_000, "cablecar": 8_000, "show": 18_000, "shuttle": 3_000}
    exclusive = {"exclusive": ["concession"]}
    return [
        *(
            rule(f"base-{p}", "fixed", {"prices": dict.fromkeys(CATEGORIES, price)}, when={"products": [p]})
            for p, price in prices.items()
        ),
        rule("weekend", "weekday_weekend", {"on": "weekend", "up_bp": 1_000}, when={"products": ["show"]}),
        rule("holiday", "public_holiday", {"up_bp": 1_500}, when={"products": ["entry"]}),
        rule("peak", "season", {"first": "04-01", "last": "10-31", "up_bp": 2_000}),
        rule("evening", "time_of_day", {"first": "16:00", "until": "20:00", "off_bp": 1_000}),
        rule("early", "days_ahead", {"steps": [{"days": 3, "off_bp": 500}, {"days": 14, "off_bp": 1_000}]}),
        rule("late", "last_minute", {"minutes": 30, "off_bp": 2_000}, when={"products": ["show"]}),
        rule("full", "occupancy", {"steps": [{"full_bp": 8_000, "up_bp": 1_000}]}),
        rule("crowd", "forecast", {"steps": [{"visitors": 20_000, "up_bp": 500}]}),
        rule("rain", "weather", {"weather": ["rain"], "off_bp": 1_500}, when={"products": ["cablecar"]}),
        rule("child", "concession", {"categories": ["child"], "off_bp": 5_000}, **exclusive),
        rule("student", "concession", {"categories": ["student"], "off_bp": 5_000}, **exclusive),
        rule("senior", "age", {"least": 60, "off_bp": 5_000}, **exclusive),
        rule("oldest", "age", {"least": 70, "price": 0}, when={"products": ["entry"]}, **exclusive),
        rule("resident", "resident", {"regions": ["3305"], "off_bp": 3_000}, **exclusive),
        rule("soldier", "certificate", {"certificates": ["soldier"], "price": 0}, **exclusive),
        rule("again", "repeat_visitor", {"steps": [{"visits": 3, "off_bp": 500}]}),
        rule("group", "group_tiers", {"steps": [{"visitors": 10, "off_bp": 1_500}]}, **exclusive),
        rule("leader", "free_leader", {"per": 10, "free": ["adult"]}, when={"products": ["entry"]}),
        rule("family", "family_pack", {"members": {"adult": 2, "child": 1}, "products": ["entry"], "price": 25_000}),
        rule("second", "second_at_discount", {"products": ["show"], "off_bp": 3_000}, exclusive=["concession"]),
        rule("three", "buy_n_get_m", {"products": ["shuttle"], "buy": 2, "free": 1}),
        *(rule(f"combi-{name}", "combination", {"product": name, "off_bp": 2_000}) for name in PARTS),
        rule("coupon", "coupon_amount", {"code": "MOON", "off": 2_000, "budget": 10**9, "least_spend": 20_000}),
        rule("floor", "floor_and_ceiling", {"floor": 0, "ceiling": 50_000}),
        rule("tenths", "rounding", {"scope": "line", "step": 10}),
    ]


def seasonal_rules(count: int) -> list[dict[str, Any]]:
    """Campaigns, contracts and channels: each for a product, some days, a channel or a category, as they pile up."""
    random = Random(7)
    rules: list[dict[str, Any]] = []
    for index in range(count):
        start = date(YEAR, 1, 1) + timedelta(random.randrange(340))
        when: dict[str, object] = {
            "products": [random.choice(SIGHTS)],
            "from": start.isoformat(),
            "to": (start + timedelta(random.randrange(2, 20))).isoformat(),
        }
        if index % 3:
            when["channels"] = [random.choice(("kiosk", "boxoffice", "web", "agency-a", "agency-b"))]
        if index % 2:
            when["categories"] = [random.choice(CATEGORIES)]
        rules.append(rule(f"campaign-{index}", *_campaign(random, index), when=when))
    return rules


def _campaign(random: Random, index: int) -> tuple[str, dict[str, object]]:
    match index % 4:
        case 0:
            return "agency_contract", {"agency": f"agency-{index % 7}", "off_bp": random.randrange(500, 3_000)}
        case 1:
            return "channel", {"channels": ["web", "kiosk"], "off_bp": random.randrange(100, 1_000)}
        case 2:
            return "days_ahead", {"steps": [{"days": 1, "off_bp": random.randrange(100, 800)}]}
        case _:
            return "concession", {"categories": ["adult", "senior"], "off_bp": random.randrange(100, 1_500)}


def price_list(rules: int) -> PriceList:
    everyday = everyday_rules()
    groups = [{"id": "concession", "resolve": "cheapest"}]
    listed = [*everyday, *seasonal_rules(rules - len(everyday))]
    document = {"version": "benchmark", "currency": "CNY", "rules": listed, "exclusive": groups}
    return price_list_from_document(document, catalog())


def requests(size: int, count: int) -> list[QuoteRequest]:
    """Parties as they come: mixed categories, some dates of birth, two or three sights, all days of the year."""
    random = Random(size)
    found: list[QuoteRequest] = []
    for _ in range(count):
        visit = date(YEAR, 1, 1) + timedelta(random.randrange(364))
        slot = SlotKey("entry", datetime(YEAR, visit.month, visit.day, 2, 0, tzinfo=UTC))
        members = tuple(_member(random) for _ in range(size))
        wants = tuple(random.sample(SIGHTS, random.choice((1, 2, 3))))
        wants = ("entry", *(wanted for wanted in wants if wanted != "entry"))
        coupons = ("MOON",) if random.random() < 0.2 else ()
        asked = datetime(YEAR, visit.month, visit.day, tzinfo=UTC) - timedelta(days=random.choice((0, 0, 2, 20)))
        more = Circumstances(
            coupons=coupons, weather=random.choice((None, "rain")), occupancy_bp=random.randrange(10_000)
        )
        found.append(QuoteRequest(members, wants, visit, slot, asked, "kiosk", more))
    return found


def _member(random: Random) -> PartyMember:
    category = random.choice(("adult", "adult", "adult", "child", "senior", "student"))
    if category == "senior":
        return PartyMember(category, date(random.randrange(1935, 1966), random.randrange(1, 13), 9))
    resident = "330502" if random.random() < 0.1 else None
    return PartyMember(category, region=resident)


def timed(prices: PriceList, asked: list[QuoteRequest]) -> tuple[list[int], int]:
    """Nanoseconds of each quote, and how many were not proven to be the best."""
    known = catalog()
    for each in asked[:20]:
        quote(prices, known, each)
    times: list[int] = []
    unproven = 0
    gc.collect()
    for each in asked:
        start = time.process_time_ns()
        result = quote(prices, known, each)
        times.append(time.process_time_ns() - start)
        unproven += result.bound is not None
    return times, unproven


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=400, help="different requests for each size of party")
    parser.add_argument("--rounds", type=int, default=5, help="the figures are medians over the rounds")
    options = parser.parse_args()
    print("| people | rules | quotes/s | median ms | p95 ms | p99 ms | best price not proven |")
    print("|---|---|---|---|---|---|---|")
    for size in (1, 4, 12, 40):
        for rules in (50, 500):
            print(_measured(size, rules, options.quotes, options.rounds))
    print("\nA party of 12 against more and more rules:\n")
    print("| people | rules | quotes/s | median ms | p95 ms | p99 ms | best price not proven |")
    print("|---|---|---|---|---|---|---|")
    for rules in (50, 100, 200, 500, 1_000, 2_000, 5_000):
        print(_measured(12, rules, options.quotes // 2, options.rounds))


def _measured(size: int, rules: int, quotes: int, rounds: int) -> str:
    prices, asked = price_list(rules), requests(size, quotes)
    found = [timed(prices, asked) for _ in range(rounds)]
    return _row(size, rules, [sorted(times) for times, _ in found], found[0][1], len(asked))


def _row(size: int, rules: int, rounds: list[list[int]], unproven: int, count: int) -> str:
    per_second = statistics.median(count / (sum(times) / 1e9) for times in rounds)
    median, p95, p99 = (statistics.median(times[int(count * q)] / 1e6 for times in rounds) for q in (0.5, 0.95, 0.99))
    return f"| {size} | {rules} | {per_second:.0f} | {median:.2f} | {p95:.2f} | {p99:.2f} | {unproven} of {count} |"


if __name__ == "__main__":
    main()
