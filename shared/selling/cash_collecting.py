"""Taking notes and coins: only those whose change can be given, until enough is in or the visitor leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drivers.contracts.cash import Acceptor, Done
from drivers.contracts.payment_steps import CashInserted, CashStep, PaymentListener
from shared.domain.cash import CashDecided
from shared.domain.cash_order import CashOrder, Stacking
from shared.domain.change import acceptable_notes
from shared.selling.cash_dispensing import Dispensing
from shared.selling.cash_hearing import Hearing
from shared.selling.cash_notes import Notes
from shared.selling.cash_ports import Till

_NOTHING: frozenset[int] = frozenset()


class Collecting:
    """One visitor's turn at the slot."""

    def __init__(self, till: Till, hearing: Hearing, notes: Notes, dispensing: Dispensing) -> None:
        self._till = till
        self._hearing = hearing
        self._notes = notes
        self._dispensing = dispensing
        self._set: dict[str, frozenset[int]] = {}

    def acceptable(self, rest: int) -> dict[str, frozenset[int]]:
        """By acceptor: the values that may be taken while `rest` (minor units) is to be paid."""
        change = self._dispensing.change()
        return {acceptor.name: self._values(acceptor, rest, change) for acceptor in self._hearing.acceptors()}

    def collect(self, order: CashOrder, is_left: Callable[[], bool], tell: PaymentListener) -> CashOrder:
        """Until enough is in, `is_left` says that the visitor gave up, or nothing came for a while; then decides."""
        self._set.clear()
        tell(CashStep.INSERT)
        try:
            order = self._turn(order, is_left, tell)
        finally:
            self.shut()
        order = self._after_shutting(order)
        return self._till.store.record(order.order_no, CashDecided("give_back" if order.rest.minor else "keep"))

    def shut(self) -> None:
        """Takes nothing any more. An acceptor that does not answer is shut when it is heard again."""
        self._set.clear()
        for acceptor in self._hearing.acceptors():
            acceptor.accept(_NOTHING)

    def _turn(self, order: CashOrder, is_left: Callable[[], bool], tell: PaymentListener) -> CashOrder:
        told: CashInserted | None = None
        last_at = self._till.clock.monotonic()
        while order.rest.minor and not is_left():
            before = order.collected
            order = self._hear(order, tell)
            if order.collected != before:
                last_at = self._till.clock.monotonic()
            if self._till.clock.monotonic() - last_at > self._till.pace.idle:
                break
            if told is None or order.collected != before or self._hearing.restarted:
                told = self._open_for(order)
                tell(told)
            self._till.pause(self._till.pace.poll)
        return order

    def _hear(self, order: CashOrder, tell: PaymentListener) -> CashOrder:
        order = self._hearing.listen(order) or order
        if self._hearing.troubles:
            tell(CashStep.NOT_ACCEPTED)
        if order.stacking is not None:
            return self._notes.locate(order, order.stacking)
        return self._decide_on(order, order.escrow) if order.escrow is not None else order

    def _decide_on(self, order: CashOrder, note: Stacking) -> CashOrder:
        """Held between slot and box: only now is it certain what is left to pay and what the hoppers have."""
        wanted = self.acceptable(order.rest.minor).get(note.device, _NOTHING)
        if note.value.minor in wanted:
            return self._notes.stack(order, note)
        return self._notes.give_back(order, note)

    def _after_shutting(self, order: CashOrder) -> CashOrder:
        """What was on its way while the slots were closed."""
        order = self._hearing.listen(order) or order
        if order.stacking is not None:
            order = self._notes.locate(order, order.stacking)
        if order.escrow is not None:
            order = self._notes.give_back(order, order.escrow)
        return order

    def _open_for(self, order: CashOrder) -> CashInserted:
        wanted = self.acceptable(order.rest.minor)
        for acceptor in self._hearing.acceptors():
            self._set_values(acceptor, wanted[acceptor.name])
        taken = frozenset[int]().union(*self._set.values())
        over = max(0, order.collected.minor - order.opened.amount.minor)
        return CashInserted(order.collected.minor, order.rest.minor, over, tuple(sorted(taken)))

    def _set_values(self, acceptor: Acceptor, values: frozenset[int]) -> None:
        if acceptor.name in self._hearing.restarted:
            self._hearing.restarted.discard(acceptor.name)
            self._set.pop(acceptor.name, None)
        if self._set.get(acceptor.name) != values and isinstance(acceptor.accept(values), Done):
            self._set[acceptor.name] = values

    def _values(self, acceptor: Acceptor, rest: int, change: Mapping[int, int]) -> frozenset[int]:
        if acceptor.currency != self._till.currency or acceptor.name in self._hearing.out_of_order:
            return _NOTHING
        return acceptable_notes(rest, change, acceptor.values)
