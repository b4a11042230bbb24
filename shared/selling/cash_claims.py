"""What a machine cannot give back: a code that any window honours, on the screen and, if the printer can, on paper."""

from __future__ import annotations

from drivers.contracts.printer import PrintJob
from shared.domain.cash import CashClaimIssued, SlipAnswered, SlipSubmitted
from shared.domain.cash_order import CashOrder, slip_is_due
from shared.selling.cash_ports import CashClaimed, Till
from shared.selling.issuing import read_answer


class Claims:
    """Issues claims at a till."""

    def __init__(self, till: Till) -> None:
        self._till = till

    def issue(self, order: CashOrder, reason: str) -> CashOrder:
        """The code is on the disk before anybody sees it."""
        doubtful = order.doubtful_notes or order.opened.amount * 0
        claim = CashClaimIssued(self._till.ids.claim_code(), order.owed, doubtful, reason)
        order = self._till.store.record(order.order_no, claim)
        self._tell(order, printed=False)
        return order

    def print_slip(self, order: CashOrder) -> CashOrder:
        """Tried a few times; a slip that comes out twice bears one code, which is honoured once."""
        job_id, process_id = self._till.ids.job_id(), self._till.ids.process_id()
        order = self._till.store.record(order.order_no, SlipSubmitted(job_id, process_id))
        outcome, _ = read_answer(self._till.printer.print(PrintJob(job_id, process_id, self._till.slip(order))))
        order = self._till.store.record(order.order_no, SlipAnswered(job_id, outcome))
        if order.slip is not None and order.slip.is_out:
            self._tell(order, printed=True)
        elif slip_is_due(order):
            self._till.pause(self._till.pace.poll)
        return order

    def _tell(self, order: CashOrder, *, printed: bool) -> None:
        if order.claim is not None:
            owed = order.claim.owed + order.claim.doubtful_notes
            self._till.claimed(CashClaimed(order.order_no, order.claim.code, owed, printed))
