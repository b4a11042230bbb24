"""The index finds the rules that a scan of all conditions would find, and no others."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from shared.domain.pricing.rules import Rule
from tests.domain.pricing.examples import CATEGORIES, base, price_list, rule

SIGHTS = ("entry", "cablecar", "show")
CHANNELS = ("kiosk", "web")
FIRST = date(2026, 1, 1)


def test_the_index_finds_what_a_scan_finds() -> None:
    random = Random(11)
    prices = price_list(*(base(sight) for sight in SIGHTS), *(random_rule(random, index) for index in range(400)))
    for _ in range(500):
        sight, who, where = random.choice(SIGHTS), random.choice(CATEGORIES), random.choice((*CHANNELS, "window"))
        day = FIRST + timedelta(random.randrange(-10, 380))
        found = [found.rule_id for found, _ in prices.index.for_ticket(sight, who, where, day)]
        assert found == [each.rule_id for each in prices.rules if meets(each, sight, who, where, day)]


def random_rule(random: Random, index: int) -> dict[str, Any]:
    """A rule with some of the conditions."""
    when: dict[str, object] = {}
    if random.random() < 0.7:
        when["products"] = random.sample(SIGHTS, random.randint(1, 2))
    if random.random() < 0.4:
        when["categories"] = random.sample(CATEGORIES, random.randint(1, 3))
    if random.random() < 0.4:
        when["channels"] = [random.choice(CHANNELS)]
    if random.random() < 0.3:
        when["weekdays"] = random.sample(range(1, 8), 3)
    start = FIRST + timedelta(random.randrange(365))
    if random.random() < 0.8:
        when["from"] = start.isoformat()
    if random.random() < 0.8:
        when["to"] = (start + timedelta(random.randrange(30))).isoformat()
    return rule(f"r{index}", "weather", {"weather": ["rain"], "off": 1}, when=when)


def meets(each: Rule, sight: str, who: str, where: str, day: date) -> bool:
    """Whether a ticket meets the rule's conditions, one by one."""
    when = each.when
    return (
        (not when.products or sight in when.products)
        and (not when.categories or who in when.categories)
        and (not when.channels or where in when.channels)
        and (when.from_day is None or when.from_day <= day)
        and (when.to_day is None or day <= when.to_day)
        and day.isoweekday() in when.weekdays
    )
