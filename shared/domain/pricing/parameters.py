"""A rule's parameters as they are read: a table that knows the catalogue and the price list's currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.domain.catalog import Catalog
from shared.domain.document import Table
from shared.domain.money import Currency
from shared.domain.pricing.adjustment import WHOLE_BP, Add, Adjustment, AtMost, Percent

_AMOUNT = re.compile(r"(?P<whole>\d+)(?:\.(?P<part>\d+))?(?: (?P<code>[A-Z]{3}))?")
_EFFECTS = ("price", "off", "off_bp", "up", "up_bp")


@dataclass(frozen=True)
class Parameters:
    """The `with` table of a rule. Every method notes its mistakes in the table and returns a stand-in."""

    table: Table
    catalog: Catalog
    currency: Currency

    def money(self, key: str) -> int:
        """An amount in minor units: `6000`, or a text in whole units, `"60.00"` or `"60.00 CNY"`."""
        if isinstance(self.table.raw(key), str):
            return self._amount(key, self.table.text(key))
        return self.table.integer(key, least=0)

    def optional_money(self, key: str) -> int | None:
        """An amount, or None when the key is not there."""
        return self.money(key) if self.table.has(key) else None

    def effect(self) -> Adjustment:
        """Exactly one of `price` (at most so much), `off`, `up` (amounts), `off_bp`, `up_bp` (basis points)."""
        given = [key for key in _EFFECTS if self.table.has(key)]
        if len(given) != 1:
            self.table.wrong(None, f"needs exactly one of {', '.join(_EFFECTS)}, has {', '.join(given) or 'none'}")
            self.table.pass_over(*given)
            return Add(0)
        match given:
            case ["price"]:
                return AtMost(self.money("price"))
            case ["off"]:
                return Add(-self.money("off"))
            case ["up"]:
                return Add(self.money("up"))
            case ["off_bp"]:
                return Percent(-self.basis_points("off_bp"))
            case ["up_bp"]:
                return Percent(self.table.integer("up_bp", least=0))
            case _:
                return Add(0)

    def basis_points(self, key: str) -> int:
        """Basis points between 0 and 10000 (100 %)."""
        return self.table.integer(key, least=0, most=WHOLE_BP)

    def prices(self, key: str) -> Mapping[str, int]:
        """Amounts by visitor category."""
        prices = self.inside(self.table.table(key))
        found = {category: prices.money(category) for category in prices.table.all_keys()}
        prices.known_categories(found)
        return found

    def known_categories(self, ids: Iterable[str]) -> None:
        """Note the ids that are no category of the catalogue, each under its own key."""
        for category in ids:
            if category not in self._categories:
                self.table.wrong(category, f"there is no category {category!r}")

    def products(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Product ids that the catalogue knows."""
        ids = self.table.texts(key) if default is None else self.table.texts(key, default)
        return self._known(key, ids, self._products, "product")

    def categories(self, key: str) -> tuple[str, ...]:
        """Category ids that the catalogue knows; empty (all) when the key is not there."""
        return self._known(key, self.table.texts(key, ()), self._categories, "category")

    def steps(self, key: str, at: str) -> tuple[tuple[int, Adjustment], ...]:
        """Tables with a threshold under `at` and an effect each, by rising threshold."""
        found: list[tuple[int, Adjustment]] = []
        for table in self.table.tables(key, at_least_one=True):
            found.append((table.integer(at, least=0), self.inside(table).effect()))
            table.finish()
        if len({threshold for threshold, _ in found}) < len(found):
            self.table.wrong(key, f"has two steps with the same `{at}`")
        return tuple(sorted(found, key=lambda step: step[0]))

    def inside(self, table: Table) -> Parameters:
        """The same for a table within this one."""
        return Parameters(table, self.catalog, self.currency)

    @property
    def _products(self) -> set[str]:
        return {product.product_id for product in self.catalog.products}

    @property
    def _categories(self) -> set[str]:
        return {category.category_id for category in self.catalog.categories}

    def _known(self, key: str, ids: tuple[str, ...], known: set[str], what: str) -> tuple[str, ...]:
        for index, identity in enumerate(ids):
            if identity not in known:
                self.table.wrong_item(key, index, f"there is no {what} {identity!r}")
        return ids

    def _amount(self, key: str, text: str) -> int:
        amount = _AMOUNT.fullmatch(text)
        decimals = self.currency.exponent
        if amount is None:
            self.table.wrong(key, f'must be an amount as "60.00 {self.currency.code}", is {text!r}')
            return 0
        if amount["code"] not in (None, self.currency.code):
            self.table.wrong(key, f"is in {amount['code']}, the price list in {self.currency.code}")
        if len(amount["part"] or "") not in (0, decimals):
            self.table.wrong(key, f"{self.currency.code} has {decimals} decimals: {text!r}")
            return 0
        return int(amount["whole"] + (amount["part"] or "").ljust(decimals, "0"))
