"""A note between the visitor and the box: stacked, given back, or, when nothing proves which, a named doubt."""

from __future__ import annotations

from drivers.contracts.cash import Done, EscrowEmpty, NoteAcceptor, NotMoved, Total, TotalAnswer
from shared.domain.cash import StackEnd, StackEnded, StackSubmitted
from shared.domain.cash_inventory import LIFE
from shared.domain.cash_order import CashOrder, Stacking
from shared.domain.cash_upkeep import CashDiscrepancy, DiscrepancyKind
from shared.selling.cash_hearing import Hearing
from shared.selling.cash_ports import Till


class Notes:
    """Decides over notes in escrow at a till. Every method returns the order as it is then."""

    def __init__(self, till: Till, hearing: Hearing) -> None:
        self._till = till
        self._hearing = hearing

    def stack(self, order: CashOrder, note: Stacking) -> CashOrder:
        """Sends a note to the box. The intent is on the disk before the command is on the wire."""
        order = self._till.store.record(order.order_no, StackSubmitted(note.device, note.value))
        acceptor = self._acceptor(note)
        if isinstance(acceptor.stack(), NotMoved):
            acceptor.give_back()  # the box is full: better back than stuck
        return self.locate(order, note)

    def give_back(self, order: CashOrder, note: Stacking) -> CashOrder:
        """Sends a note back to the visitor."""
        self._acceptor(note).give_back()
        return self.locate(order, note)

    def locate(self, order: CashOrder, note: Stacking) -> CashOrder:
        """Waits until the device has said what became of the note; else its counts may prove it.

        A note that stays where it is was never told to move: it goes back.
        """
        began, patience = self._till.clock.monotonic(), self._till.pace.patience
        nudged, was_sent = False, order.stacking is not None
        while (waited := self._till.clock.monotonic() - began) < patience:
            order = self._hearing.listen(order) or order
            if _is_gone(order, note, was_sent=was_sent):
                return order
            if order.jammed or self._is_elsewhere(note):
                break
            if waited > patience / 2 and not nudged:
                nudged = isinstance(self._acceptor(note).give_back(), Done)
            self._till.pause(self._till.pace.poll)
        return self._end(order, note, was_sent=was_sent)

    def _is_elsewhere(self, note: Stacking) -> bool:
        """Whether the device holds no note and has nothing more to say of it (it was switched off meanwhile)."""
        if note.device in self._hearing.silent or note.device not in self._hearing.restarted:
            return False
        return isinstance(self._acceptor(note).hold(), EscrowEmpty)

    def _end(self, order: CashOrder, note: Stacking, *, was_sent: bool) -> CashOrder:
        """The count is read before the last listening: an event that belongs to it is heard, and not credited twice."""
        counted = self._acceptor(note).total()
        order = self._hearing.listen(order) or order
        if _is_gone(order, note, was_sent=was_sent):
            return order
        outcome = self._outcome(order, note, counted)
        order = self._till.store.record(order.order_no, StackEnded(note.device, outcome))
        if outcome != "returned":
            kind: DiscrepancyKind = "stack_in_doubt" if outcome == "in_doubt" else "events_lost"
            found = 0 if outcome == "in_doubt" else 1
            self._till.store.keep(CashDiscrepancy(note.device, kind, 1, found, order_no=order.order_no))
        return order

    def _outcome(self, order: CashOrder, note: Stacking, counted: TotalAnswer) -> StackEnd:
        standing = self._till.store.standing(note.device)
        if not isinstance(counted, Total) or standing is None or note.device in self._hearing.silent:
            return "in_doubt"
        if counted.pieces == (standing.total + 1) % LIFE:
            return "stacked"
        empty = isinstance(self._acceptor(note).hold(), EscrowEmpty)
        return "returned" if counted.pieces == standing.total and empty and not order.jammed else "in_doubt"

    def _acceptor(self, note: Stacking) -> NoteAcceptor:
        return next(acceptor for acceptor in self._till.devices.notes if acceptor.name == note.device)


def _is_gone(order: CashOrder, note: Stacking, *, was_sent: bool) -> bool:
    """Whether it is known where the note is. After one that was sent to the box the next may be in escrow already."""
    return order.stacking is None if was_sent else order.escrow != note
