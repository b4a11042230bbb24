"""Listening to the acceptors: what they say is in the book once, in the transaction that credits it."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from drivers.contracts.cash import (
    Acceptor,
    CashUnreachable,
    GivenBack,
    Heard,
    InEscrow,
    TakenIn,
    Total,
    Trouble,
    UnknownPiece,
)
from shared.domain.cash import CashHeard, Pieces, box_of, store_of
from shared.domain.cash_inventory import DeviceStanding
from shared.domain.cash_order import CashOrder
from shared.domain.cash_upkeep import CashDiscrepancy, DeviceMet, DiscrepancyKind
from shared.domain.money import Currency, Money
from shared.selling.cash_ports import Till

_log = structlog.get_logger()
_OUT_OF_ORDER = frozenset({"jam", "jam_stacked", "box_removed", "box_full", "fault"})
_BACK_IN_ORDER = "box_inserted"


class Hearing:
    """Polls every acceptor of a till. `restarted`: acceptors whose settings are to be made again.

    `out_of_order`: those that a person must see to; they take nothing meanwhile.
    """

    def __init__(self, till: Till) -> None:
        self._till = till
        self.restarted: set[str] = set()
        self.out_of_order: set[str] = set()
        self.silent: set[str] = set()
        self.troubles: list[str] = []

    def acceptors(self) -> Iterator[Acceptor]:
        yield from self._till.devices.notes
        yield from self._till.devices.coins

    def listen(self, order: CashOrder | None) -> CashOrder | None:
        """Asks every acceptor once; what came in is `order`'s, if it may take it. The order as it is then."""
        self.troubles.clear()
        for acceptor in self.acceptors():
            order = self._listen_to(acceptor, order)
        return order

    def compare(self, acceptor: Acceptor, order: CashOrder | None) -> CashOrder | None:
        """Holds the device's life count against the book's; a difference is journaled, never guessed at."""
        before = acceptor.total()
        order = self._listen_to(acceptor, order)
        standing, after = self._till.store.standing(acceptor.name), acceptor.total()
        stood_still = isinstance(after, Total) and before == after and acceptor.name not in self.silent
        if isinstance(after, Total) and stood_still and standing is not None and after.pieces != standing.total:
            self._discrepancy(acceptor.name, "pieces_uncounted", standing.total, after.pieces, order)
        return order

    def _listen_to(self, acceptor: Acceptor, order: CashOrder | None) -> CashOrder | None:
        standing = self._till.store.standing(acceptor.name)
        if standing is None:
            self._meet(acceptor)
            return order
        answer = acceptor.poll(standing.counter)
        if isinstance(answer, CashUnreachable):
            self.silent.add(acceptor.name)
            return order
        self.silent.discard(acceptor.name)
        if not (answer.events or answer.lost or answer.restarted):
            return order
        return self._write_down(acceptor, standing, answer, order)

    def _meet(self, acceptor: Acceptor) -> None:
        now, counted = acceptor.poll(None), acceptor.total()
        if isinstance(now, Heard) and isinstance(counted, Total):
            self._till.store.keep(DeviceMet(acceptor.name, now.counter, counted.pieces))
        else:
            self.silent.add(acceptor.name)

    def _write_down(
        self, acceptor: Acceptor, standing: DeviceStanding, answer: Heard, order: CashOrder | None
    ) -> CashOrder | None:
        heard = _heard(acceptor, standing, answer)
        taker = order if order is not None and order.takes_money else None
        if taker is None:
            self._till.store.keep(heard)
        else:
            order = self._till.store.record(taker.order_no, heard)
        self._note(acceptor, heard, restarted=answer.restarted)
        self._question(heard, taker, order)
        pending = order is not None and (order.stacking or order.escrow) is not None
        if (answer.restarted or answer.lost) and not pending:
            return self.compare(acceptor, order)
        return order

    def _question(self, heard: CashHeard, taker: CashOrder | None, order: CashOrder | None) -> None:
        """What cannot be right, or cannot be known, gets a name."""
        came_in = sum(pieces.count for pieces in heard.pieces)
        if heard.lost:
            self._discrepancy(heard.device, "events_lost", 0, heard.lost, order)
        if heard.unknown:
            self._discrepancy(heard.device, "unknown_piece", 0, heard.unknown, order)
        if came_in and taker is None:
            self._discrepancy(heard.device, "money_without_order", 0, came_in, order)

    def _note(self, acceptor: Acceptor, heard: CashHeard, *, restarted: bool) -> None:
        self.troubles.extend(heard.troubles)
        for trouble in heard.troubles:
            if trouble in _OUT_OF_ORDER:
                self.out_of_order.add(acceptor.name)
            elif trouble == _BACK_IN_ORDER:
                self.out_of_order.discard(acceptor.name)
                self.restarted.add(acceptor.name)
        if restarted:
            self.out_of_order.discard(acceptor.name)
            self.restarted.add(acceptor.name)
            _log.warning("cash.restarted", device=acceptor.name)

    def _discrepancy(
        self, device: str, kind: DiscrepancyKind, expected: int, found: int, order: CashOrder | None
    ) -> None:
        _log.error("cash.discrepancy", device=device, kind=kind, expected=expected, found=found)
        order_no = order.order_no if order else ""
        self._till.store.keep(CashDiscrepancy(device, kind, expected, found, order_no=order_no))


def _heard(acceptor: Acceptor, standing: DeviceStanding, answer: Heard) -> CashHeard:
    boot, before = (standing.boot + 1, 0) if answer.restarted else (standing.boot, standing.heard)
    currency, routes = Currency(acceptor.currency), dict(acceptor.routes)
    pieces: list[Pieces] = []
    escrow: Money | None = None
    given_back, unknown = False, 0
    troubles: list[str] = []
    for event in answer.events:
        match event:
            case InEscrow(value):
                escrow = Money(value, currency)
            case TakenIn(value, route):
                hopper = routes.get(route)
                place = store_of(hopper) if hopper else box_of(acceptor.name)
                pieces.append(Pieces(place, Money(value, currency), 1))
                escrow = None
            case GivenBack():
                escrow, given_back = None, True
            case UnknownPiece():
                unknown += 1
            case Trouble(kind):
                troubles.append(kind.value)
    heard = before + answer.lost + len(answer.events)
    return CashHeard(
        acceptor.name, boot, heard, tuple(pieces), escrow, given_back, answer.lost, unknown, tuple(troubles)
    )
