"""Paying out from hoppers: each order to one is on the disk before it is on the wire, and its counts say what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from drivers.contracts.cash import CashUnreachable, DispenseRefused, Hopper, HopperStatus
from shared.domain.cash import DispenseAnswered, DispenseSubmitted, Pieces, store_of
from shared.domain.cash_inventory import LIFE
from shared.domain.cash_order import NOT_TAKEN, CashOrder, Dispense
from shared.domain.cash_upkeep import CashDiscrepancy, DeviceMet, DiscrepancyKind
from shared.domain.change import give, give_most
from shared.domain.money import Currency, Money
from shared.selling.cash_ports import Till

_log = structlog.get_logger()
_STANDING_FAULTS = frozenset({"jam", "fraud", "sensor", "fault"})
_LAP = 255
_MOST_PIECES = 255


@dataclass(frozen=True, slots=True)
class Store:
    """A hopper that can pay now, and the coins that the book has in it."""

    hopper: Hopper
    status: HopperStatus
    coins: int


class Dispensing:
    """Pays what an order owes. Every method returns the order as it is then."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self._silent: set[str] = set()

    def change(self) -> Mapping[int, int]:
        """What can be paid out now: value -> pieces."""
        return _by_value(self._stores(frozenset()))

    def meet(self) -> None:
        """Holds each hopper's life count against the book's; coins that came out of no order's are missing."""
        for hopper in self._till.devices.hoppers:
            status, standing = hopper.status(), self._till.store.standing(hopper.name)
            if not isinstance(status, HopperStatus):
                continue
            if standing is None:
                self._till.store.keep(DeviceMet(hopper.name, 0, status.total))
            elif status.total != standing.total:
                gone = (status.total - standing.total) % LIFE
                missing = (self._pieces(hopper, gone),) if gone <= self._coins(hopper) else ()
                self._report(hopper, "pieces_uncounted", (standing.total, status.total), missing)

    def pay_out(self, order: CashOrder) -> CashOrder | None:
        """The next order to a hopper; None when nothing (more) can be paid by itself."""
        if any(not dispense.certain for dispense in order.dispenses) or self._is_late(order):
            return None
        stores = self._awaited_stores(order)
        plan = _plan(order.owed.minor, _by_value(stores))
        if not plan:
            return None
        value = max(plan)
        store = max((store for store in stores if store.hopper.value == value), key=lambda store: store.coins)
        return self._dispense(order, store, min(plan[value], store.coins, _MOST_PIECES))

    def settle(self, order: CashOrder, dispense: Dispense) -> CashOrder:
        """Waits until the hopper has finished, and reads what came out from its counts."""
        hopper = self._hopper(dispense.pieces.device)
        deadline = self._till.clock.monotonic() + self._till.pace.patience
        paid = -1
        while self._till.clock.monotonic() < deadline:
            status = hopper.status()
            if isinstance(status, HopperStatus):
                gone = (status.total - dispense.total) % LIFE
                if not status.remaining:
                    return self._answered(order, dispense, status, gone)
                if gone != paid:  # it is at work
                    paid, deadline = gone, self._till.clock.monotonic() + self._till.pace.patience
            self._till.pause(self._till.pace.poll)
        hopper.stop()
        return self._doubt(order, dispense, hopper, max(0, paid))

    def _answered(self, order: CashOrder, dispense: Dispense, status: HopperStatus, gone: int) -> CashOrder:
        hopper, asked = self._hopper(dispense.pieces.device), dispense.pieces.count
        taken = status.counter == dispense.counter % _LAP + 1
        proven = gone == status.paid or (gone == 0 and not taken)
        if not proven or gone > asked:
            return self._doubt(order, dispense, hopper, min(gone, asked))
        reason = NOT_TAKEN if gone == 0 and not taken else ",".join(sorted(status.faults))
        order = self._till.store.record(order.order_no, DispenseAnswered(dispense.number, gone, reason=reason))
        left = self._coins(hopper)
        if gone < asked and "empty" in status.faults and left:
            self._report(hopper, "hopper_short", (left, 0), (self._pieces(hopper, left),), order.order_no)
        return order

    def _doubt(self, order: CashOrder, dispense: Dispense, hopper: Hopper, paid: int) -> CashOrder:
        answered = DispenseAnswered(dispense.number, paid, certain=False, reason="in_doubt")
        order = self._till.store.record(order.order_no, answered)
        self._report(hopper, "dispense_in_doubt", (dispense.pieces.count, paid), (), order.order_no)
        return order

    def _dispense(self, order: CashOrder, store: Store, count: int) -> CashOrder:
        pieces, status = self._pieces(store.hopper, count), store.status
        number = len(order.dispenses) + 1
        submitted = DispenseSubmitted(number, pieces, status.counter, status.total)
        order = self._till.store.record(order.order_no, submitted)
        answer = store.hopper.dispense(count)
        if isinstance(answer, DispenseRefused):
            _log.warning("cash.dispense_refused", hopper=store.hopper.name, cause=answer.cause)
            return self._till.store.record(order.order_no, DispenseAnswered(number, 0, reason=NOT_TAKEN))
        return order

    def _awaited_stores(self, order: CashOrder) -> list[Store]:
        """The hoppers that can pay; those that are silent are waited for, unless the others are enough."""
        began = self._till.clock.monotonic()
        while True:
            stores = self._stores(order.failed_hoppers)
            enough = give(order.owed.minor, _by_value(stores)) is not None
            if enough or not self._silent or self._till.clock.monotonic() - began > self._till.pace.patience:
                return stores
            self._till.pause(self._till.pace.poll)

    def _stores(self, without: frozenset[str]) -> list[Store]:
        found = []
        self._silent.clear()
        for hopper in self._till.devices.hoppers:
            coins = self._coins(hopper)
            if hopper.name in without or coins <= 0 or self._till.store.standing(hopper.name) is None:
                continue
            status = hopper.status()
            if isinstance(status, CashUnreachable):
                self._silent.add(hopper.name)
            elif not (status.faults & _STANDING_FAULTS or status.remaining):
                found.append(Store(hopper, status, coins))
        return found

    def _is_late(self, order: CashOrder) -> bool:
        """Whether the visitor has long gone: coins would lie in the tray for anybody."""
        begun = self._till.store.begun_at(order.order_no)
        return self._till.clock.now() - begun > timedelta(seconds=self._till.pace.gone)

    def _coins(self, hopper: Hopper) -> int:
        return self._till.store.stock().get(store_of(hopper.name), {}).get(_value(hopper), 0)

    def _pieces(self, hopper: Hopper, count: int) -> Pieces:
        return Pieces(store_of(hopper.name), _value(hopper), count)

    def _hopper(self, name: str) -> Hopper:
        return next(hopper for hopper in self._till.devices.hoppers if hopper.name == name)

    def _report(
        self,
        hopper: Hopper,
        kind: DiscrepancyKind,
        counts: tuple[int, int],
        missing: tuple[Pieces, ...],
        order_no: str = "",
    ) -> None:
        _log.error("cash.discrepancy", device=hopper.name, kind=kind, counts=counts)
        self._till.store.keep(CashDiscrepancy(hopper.name, kind, *counts, missing, order_no))


def _value(hopper: Hopper) -> Money:
    return Money(hopper.value, Currency(hopper.currency))


def _plan(owed: int, stock: Mapping[int, int]) -> Mapping[int, int]:
    """The pieces that give it, or as much of it as there is."""
    return give(owed, stock) or give_most(owed, stock)


def _by_value(stores: list[Store]) -> Mapping[int, int]:
    stock: Counter[int] = Counter()
    for store in stores:
        stock[store.hopper.value] += store.coins
    return stock
