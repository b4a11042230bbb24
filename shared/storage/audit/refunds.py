"""The refunds as the journal tells them: possible histories, the ledger's entries, and their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.domain.ledger import Entry
from shared.domain.refund import RefundOpened
from shared.domain.refund_codec import REFUND
from shared.domain.refund_history import apply_refund, replay_refund
from shared.domain.refund_postings import refund_entry
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale
from shared.storage.audit.verdict import Place, require, rows, same

_REFUNDS = "SELECT refund_id, sale_id, outcome FROM refund ORDER BY refund_id"
_ROWS = "SELECT epoch, seq, refund_id FROM refund_row ORDER BY epoch, seq"
_PAYOUTS = "SELECT refund_no, refund_id, order_no, minor FROM payout ORDER BY refund_no"


class Refunds:
    """Follows every refund; they are few beside the sales."""

    def __init__(self) -> None:
        self._refunds: dict[str, Refund] = {}
        self._rows: dict[Place, str] = {}
        self._payouts: dict[str, tuple[str, str, int]] = {}

    def read(self, at: Place, sale: Sale, kind: str, body: Mapping[str, Any]) -> Entry | None:
        """One row; the entry that it causes. `sale`: the one it is of. Raises ValueError for what cannot have been."""
        refund_id, event = body["refund_id"], REFUND.decode(kind, body)
        before = self._refunds.get(refund_id)
        after = apply_refund(before, event) if before else replay_refund(refund_id, sale.sale_id, [event])
        require(after.sale_id == body["of_sale"], "journal", at, "is of another sale than the refund's")
        self._refunds[refund_id], self._rows[at] = after, refund_id
        if isinstance(event, RefundOpened):
            for payout in (*event.payouts, *event.credits):
                self._payouts[payout.refund_no] = refund_id, payout.order_no, payout.amount.minor
        return refund_entry(sale, before, event)

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the tables that is not what the journal says."""
        told = {key: (refund.sale_id, refund.outcome) for key, refund in self._refunds.items()}
        stored = {row[0]: row[1:] for row in rows(connection, "refund", _REFUNDS)}
        same("refund", stored, told)
        same("refund_row", {row[:2]: row[2] for row in rows(connection, "refund_row", _ROWS)}, self._rows)
        same("payout", {row[0]: row[1:] for row in rows(connection, "payout", _PAYOUTS)}, self._payouts)
