"""A document -> a price list, checked as a whole: every mistake is named at once with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.domain.catalog import Catalog
from shared.domain.document import DocumentError, Mistake, Table, json_values, without_echoes
from shared.domain.pricing.checking import check_rules
from shared.domain.pricing.exclusions import Exclusions
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.rules import Conditions, PriceList, Rule
from shared.domain.pricing.stages import STAGES, stage_order
from shared.domain.pricing.strategies import STRATEGIES
from shared.domain.pricing.strategy import LimitedStrategy, PartyStrategy, RoundingStrategy, SaleStrategy, Strategy
from shared.domain.text import LocalText


class PriceListErrors(DocumentError):  # noqa: N818 - it stands for several
    """A price list with mistakes, all of them."""


@dataclass(frozen=True)
class _Draft:
    """A rule as read, before its place in the pipeline and its exclusions are known."""

    table: Table
    rule_id: str
    stage: str
    strategy: Strategy
    reason: LocalText
    when: Conditions
    order: int | None
    exclusive: tuple[str, ...]
    not_with: tuple[str, ...]


def price_list_from_document(document: Mapping[str, object], catalog: Catalog) -> PriceList:
    """The price list of a document as `assets/demo/prices.toml` shows it, for a catalogue. Raises PriceListErrors."""
    mistakes: list[Mistake] = []
    document = json_values(document)
    root = Table(document, mistakes)
    version = root.text("version")
    _check_currency(root, catalog)
    stages = _stages(root)
    exclusions = Exclusions.read(root.tables("exclusive"))
    tables = root.tables("rules", at_least_one=True)
    drafts = [_draft(table, catalog) for table in tables if _has_strategy(table)]
    root.finish()
    rules = _ranked(drafts, stages, exclusions)
    places = {draft.rule_id: draft.table.place for draft in drafts}
    mistakes.extend(without_echoes(check_rules(rules, places), mistakes))
    if mistakes:
        raise PriceListErrors(mistakes)
    return PriceList(version, catalog.site.currency, rules, document, exclusions.size)


def price_list_to_document(price_list: PriceList) -> Mapping[str, object]:
    """The same price list as JSON values, for the wire and for hashing."""
    return price_list.document


def _check_currency(root: Table, catalog: Catalog) -> None:
    code, expected = root.text("currency"), catalog.site.currency.code
    if code and code != expected:
        root.wrong("currency", f"is {code}, the catalogue's is {expected}")


def _stages(root: Table) -> tuple[str, ...]:
    table = root.optional_table("stages")
    if table is None:
        return STAGES
    after = {stage: table.texts(stage) for stage in table.all_keys()}
    for stage in {*after, *(earlier for stages in after.values() for earlier in stages)}:
        if stage not in STAGES:
            table.wrong(stage, f"is not a stage; the stages are {', '.join(STAGES)}")
    try:
        return stage_order(after)
    except ValueError as error:
        table.wrong(None, str(error))
        return STAGES


def _has_strategy(table: Table) -> bool:
    """Whether the rule's strategy exists; if not, that is noted, and the rest of the rule cannot be judged."""
    return table.choice("strategy", tuple(STRATEGIES)) == table.raw("strategy")


def _draft(table: Table, catalog: Catalog) -> _Draft:
    registration = STRATEGIES[str(table.raw("strategy"))]
    parameters = Parameters(table.table("with"), catalog, catalog.site.currency)
    strategy = registration.read(parameters)
    parameters.table.finish()
    draft = _Draft(
        table=table,
        rule_id=table.text("id"),
        stage=table.choice("stage", registration.stages, registration.stages[0]),
        strategy=strategy,
        reason=table.local_text("reason"),
        when=_narrowed(_conditions(table, catalog), strategy),
        order=table.optional_integer("order"),
        exclusive=table.texts("exclusive", ()),
        not_with=table.texts("not_with", ()),
    )
    table.finish()
    _check_conditions(table, draft)
    return draft


def _check_conditions(table: Table, draft: _Draft) -> None:
    """A condition that would not be looked at is a mistake, not a wish."""
    match draft.strategy:
        case PartyStrategy():
            useless = {"products": draft.when.products}
        case SaleStrategy():
            useless = {"categories": draft.when.categories}
        case RoundingStrategy():
            useless = {"products": draft.when.products, "categories": draft.when.categories}
        case _:
            useless = {}
    for key, given in useless.items():
        if given:
            table.wrong("when", f"`{key}` is no condition of this strategy")


def _conditions(rule: Table, catalog: Catalog) -> Conditions:
    table = rule.optional_table("when")
    if table is None:
        return Conditions()
    names = Parameters(table, catalog, catalog.site.currency)
    from_day, to_day = table.span("from", "to")
    conditions = Conditions(
        products=names.products("products", ()),
        categories=names.categories("categories"),
        channels=table.texts("channels", ()),
        weekdays=table.weekdays("weekdays"),
        from_day=from_day,
        to_day=to_day,
    )
    for index, product_id in enumerate(conditions.products):
        if catalog.is_combination(product_id):
            table.wrong_item("products", index, f"{product_id!r} is a combination: its parts have the prices")
    table.finish()
    return conditions


def _narrowed(when: Conditions, strategy: Strategy) -> Conditions:
    """A strategy that names its categories (prices by category) is looked for under these only."""
    own = getattr(strategy, "categories", ())
    return replace(when, categories=own) if own and not when.categories else when


def _ranked(drafts: Sequence[_Draft], stages: Sequence[str], exclusions: Exclusions) -> tuple[Rule, ...]:
    seen: set[str] = set()
    for draft in drafts:
        if draft.rule_id in seen:
            draft.table.wrong("id", f"{draft.rule_id!r} is taken by another rule")
        seen.add(draft.rule_id)
        exclusions.join(draft.table, draft.rule_id, draft.exclusive, draft.not_with)
    tokens = exclusions.tokens(seen)
    ranked = sorted(drafts, key=lambda draft: (stages.index(draft.stage), draft.order is None, draft.order or 0))
    return tuple(
        Rule(
            rule_id=draft.rule_id,
            stage=draft.stage,
            strategy=draft.strategy,
            reason=draft.reason,
            when=draft.when,
            order=draft.order,
            rank=rank,
            tokens=tokens.get(draft.rule_id, 0) & ~exclusions.ordered,
            ordered=tokens.get(draft.rule_id, 0) & exclusions.ordered,
            quota=1 << (exclusions.size + rank) if isinstance(draft.strategy, LimitedStrategy) else 0,
        )
        for rank, draft in enumerate(ranked)
    )
