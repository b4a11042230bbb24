"""What staff do at a cash machine: fill hoppers, empty and count boxes, honour slips. Each is a row of the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shared.domain.cash import CashClaimHonoured, Pieces
from shared.domain.cash_order import CashOrder
from shared.domain.cash_upkeep import CashEmptied, CashFilled
from shared.domain.money import Currency, Money, total
from shared.selling.cash_ports import CashStore


@dataclass(frozen=True, slots=True)
class Emptied:
    """What the book had in a place, what was counted, and how much more (or less) that is."""

    expected: Money
    counted: Money

    @property
    def difference(self) -> Money:
        return self.counted - self.expected


class CashUpkeep:
    """The staff's side of the book. `by` is a staff number, never a name."""

    def __init__(self, store: CashStore, currency: str) -> None:
        self._store = store
        self._currency = Currency(currency)

    def inventory(self) -> tuple[Pieces, ...]:
        """What the book has where, by place and value."""
        return tuple(
            Pieces(place, value, count)
            for place, stock in sorted(self._store.stock().items())
            for value, count in sorted(stock.items(), key=lambda item: item[0].minor)
        )

    def fill(self, place: str, pieces: Mapping[int, int], by: str, reason: Literal["float", "refill"]) -> None:
        """`pieces`: value in minor units -> number put in. Raises ValueError when a number is not above 0."""
        self._store.keep(CashFilled(self._pieces(place, pieces), by, reason))

    def empty(self, place: str, counted: Mapping[int, int], by: str) -> Emptied:
        """Everything was taken out of a place and counted, before anybody saw what the book expects."""
        found = self._pieces(place, counted)
        expected = tuple(pieces for pieces in self.inventory() if pieces.place == place)
        self._store.keep(CashEmptied(place, self._currency.code, expected, found, by))
        return Emptied(self._worth(expected), self._worth(found))

    def honour(self, order_no: str, paid: Money, by: str) -> CashOrder:
        """Pays the bearer of a slip; what a person found not to be owed is left out of `paid`.

        Raises HistoryError when the order has no open claim, or it is more than is claimed.
        """
        return self._store.record(order_no, CashClaimHonoured(paid, by))

    def _pieces(self, place: str, numbers: Mapping[int, int]) -> tuple[Pieces, ...]:
        if any(value <= 0 or count <= 0 for value, count in numbers.items()):
            raise ValueError("values and numbers of pieces are above 0")
        return tuple(Pieces(place, Money(value, self._currency), count) for value, count in sorted(numbers.items()))

    def _worth(self, pieces: tuple[Pieces, ...]) -> Money:
        return total((each.worth for each in pieces), self._currency)
