"""A shift as its events tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.money import Currency, Money, total
from shared.domain.shift import events as ev
from shared.domain.shift.counting import suspicious, worth


@dataclass(frozen=True, slots=True)
class Shift:
    """`counted_since`: whether nothing moved since the last count. `zs`: the closing, then its corrections."""

    opened: ev.ShiftOpened
    cashier: str
    takings: tuple[ev.DrawerTaken, ...] = ()
    givings: tuple[ev.DrawerGiven, ...] = ()
    paid_in: tuple[ev.PaidIn, ...] = ()
    paid_out: tuple[ev.PaidOut, ...] = ()
    drops: tuple[ev.SafeDropped, ...] = ()
    openings: tuple[ev.DrawerOpened, ...] = ()
    counts: tuple[ev.Counted, ...] = ()
    counted_since: bool = False
    zs: tuple[ev.ZReport, ...] = ()

    @property
    def number(self) -> int:
        return self.opened.number

    @property
    def currency(self) -> Currency:
        return Currency(self.opened.currency)

    @property
    def is_open(self) -> bool:
        return not self.zs

    @property
    def float(self) -> Money:
        return worth(self.opened.float, self.currency)

    @property
    def taken(self) -> Money:
        return self._sum(each.amount for each in self.takings)

    @property
    def given(self) -> Money:
        return self._sum(each.amount for each in self.givings)

    @property
    def came_in(self) -> Money:
        return self._sum(each.amount for each in self.paid_in)

    @property
    def went_out(self) -> Money:
        return self._sum(each.amount for each in self.paid_out)

    @property
    def dropped(self) -> Money:
        return self._sum(worth(each.pieces, self.currency) for each in self.drops)

    @property
    def expected(self) -> Money:
        """What must be in the drawer: the float, once, and what came and went since."""
        return self.float + self.taken - self.given + self.came_in - self.went_out - self.dropped

    @property
    def counted(self) -> Money | None:
        """The last count, or what a correction put in its place; None before the first."""
        if self.zs:
            return self.zs[-1].counted
        return worth(self.counts[-1].pieces, self.currency) if self.counts else None

    @property
    def asks_again(self) -> bool:
        """Whether the last count looks like a slip. The same count twice is taken as it is."""
        totals = [worth(count.pieces, self.currency) for count in self.counts[-2:]]
        return bool(totals) and len(set(totals)) == len(totals) and suspicious(self.expected, totals[-1])

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return total(amounts, self.currency)
