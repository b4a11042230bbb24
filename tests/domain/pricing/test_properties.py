"""What holds for every price, whatever the rules and the party."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.pricing import PriceList, Quote, quote_from_document, quote_to_document
from shared.domain.pricing.replay import replay
from tests.domain.pricing.examples import CATEGORIES, PARTS, ask, base, party, price_list, rule

SIGHTS = ("entry", "cablecar", "show")
basis_points = st.integers(0, 10_000)
amounts = st.integers(0, 20_000)
visitors = st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=9).map(lambda chosen: party(*chosen))
wanted = st.lists(st.sampled_from(SIGHTS), min_size=1, max_size=3, unique=True)


@st.composite
def discounts(draw: st.DrawFn, rule_id: str = "d") -> dict[str, Any]:
    """One discount of any kind."""
    off = draw(basis_points)
    sight = draw(st.sampled_from(SIGHTS))
    kinds: list[tuple[str, Mapping[str, object]]] = [
        ("concession", {"categories": [draw(st.sampled_from(CATEGORIES))], "off_bp": off}),
        ("concession", {"categories": list(CATEGORIES), "price": draw(amounts)}),
        ("weather", {"weather": ["rain"], "off": draw(amounts)}),
        ("group_tiers", {"steps": [{"visitors": draw(st.integers(1, 9)), "off_bp": off}]}),
        ("free_leader", {"per": draw(st.integers(2, 9)), "free": ["adult"]}),
        ("flash_sale", {"start": "2026-01-01T00:00", "end": "2027-01-01T00:00", "tickets": 2, "off_bp": off}),
        ("second_at_discount", {"products": [sight], "off_bp": off}),
        ("buy_n_get_m", {"products": [sight], "buy": draw(st.integers(1, 3)), "free": 1}),
        ("family_pack", {"members": {"adult": 2, "child": 1}, "products": [sight], "price": draw(amounts)}),
        ("combination", {"product": draw(st.sampled_from(list(PARTS))), "off_bp": off}),
        ("coupon_amount", {"code": "C", "off": draw(amounts), "budget": 50_000}),
        ("coupon_percent", {"code": "C", "off_bp": off, "budget": draw(st.integers(1, 50_000))}),
    ]
    exclusive = draw(st.lists(st.sampled_from(["x", "y"]), unique=True, max_size=1))
    return rule(rule_id, *draw(st.sampled_from(kinds)), exclusive=exclusive)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Base prices, a surcharge, and up to five discounts."""
    prices = [base(sight, **{category: draw(amounts) for category in CATEGORIES}) for sight in SIGHTS]
    surcharge = rule("up", "weather", {"weather": ["rain"], "up_bp": draw(basis_points)}, when={"products": ["show"]})
    count = draw(st.integers(0, 5))
    return [*prices, surcharge, *(draw(discounts(f"d{index}")) for index in range(count))]


def listed(rules: list[dict[str, Any]], **more: Any) -> PriceList:
    """The price list of the rules, where exclusions go to the cheapest."""
    return price_list(
        *rules, exclusive=[{"id": "x", "resolve": "cheapest"}, {"id": "y", "resolve": "cheapest"}], **more
    )


def priced(rules: list[dict[str, Any]], members: Any, wants: list[str]) -> Quote:
    """A rainy day, with the coupon shown."""
    return ask(listed(rules), members, wants, weather="rain", coupons=("C",))


@settings(deadline=None)
@given(rule_lists(), discounts("more"), visitors, wanted)
def test_one_more_discount_never_raises_the_price(
    rules: list[dict[str, Any]], more: dict[str, Any], members: Any, wants: list[str]
) -> None:
    assert priced([*rules, more], members, wants).total <= priced(rules, members, wants).total


@settings(deadline=None)
@given(rule_lists(), visitors.flatmap(lambda who: st.tuples(st.just(who), st.permutations(who))), wanted)
def test_the_order_of_the_party_changes_nothing(rules: list[dict[str, Any]], both: Any, wants: list[str]) -> None:
    one, other = (priced(rules, members, wants) for members in both)
    assert (one.lines, one.trace, one.total, one.digest) == (other.lines, other.trace, other.total, other.digest)


@settings(deadline=None)
@given(rule_lists(), visitors, wanted)
def test_lines_and_trace_sum_to_the_total_and_survive_json(
    rules: list[dict[str, Any]], members: Any, wants: list[str]
) -> None:
    found = priced(rules, members, wants)
    assert replay(found) == found.total
    assert sum(line.amount.minor for line in found.lines) == found.total.minor
    assert quote_from_document(quote_to_document(found)) == found


@settings(deadline=None)
@given(rule_lists(), visitors, wanted)
def test_every_visitor_gets_every_sight_once(rules: list[dict[str, Any]], members: Any, wants: list[str]) -> None:
    found = priced(rules, members, wants)
    for sight in wants:
        count = sum(
            line.quantity for line in found.lines if sight in (line.product_id, *PARTS.get(line.product_id, ()))
        )
        assert count == len(members)


@settings(deadline=None)
@given(rule_lists(), visitors, wanted, st.integers(0, 8_000), st.integers(0, 8_000), st.sampled_from([1, 10, 100]))
def test_floor_and_ceiling_always_hold(
    rules: list[dict[str, Any]], members: Any, wants: list[str], floor: int, above: int, step: int
) -> None:
    guards = rule("guard", "floor_and_ceiling", {"floor": floor, "ceiling": floor + above})
    roundings = [rule(scope, "rounding", {"scope": scope, "step": step}) for scope in ("line", "sum")]
    for line in priced([*rules, guards, *roundings], members, wants).lines:
        parts = len(PARTS.get(line.product_id, ("one",)))
        parts = sum(sight in wants for sight in PARTS[line.product_id]) if line.product_id in PARTS else parts
        assert floor * parts <= line.unit.minor <= (floor + above) * parts


@settings(deadline=None)
@given(rule_lists(), visitors, wanted)
def test_no_line_is_below_zero_and_only_discounts_take_away(
    rules: list[dict[str, Any]], members: Any, wants: list[str]
) -> None:
    found = priced(rules, members, wants)
    assert all(line.unit.minor >= 0 for line in found.lines)
    assert all(step.amount.minor >= 0 for step in found.trace if step.rule_id == "up" or step.stage == "base")
    assert all(step.amount.minor <= 0 for step in found.trace if step.rule_id.startswith("d"))
