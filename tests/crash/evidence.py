"""What is left when all is over: the journal's rows, the providers' own orders, the sheets of paper, the leases."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import zxingcpp
from PIL import ImageOps

from drivers.emulators.printer_mechanism import Sheet
from shared.domain import sale as ev
from shared.domain.journal import GENESIS, JournalEvent, is_intact
from shared.domain.refund import RefundEvent
from shared.domain.refund_codec import REFUND
from shared.domain.sale_codec import decode
from shared.storage.verify import verify
from tests.crash.assembly import TERMINAL
from tests.crash.providers import Order
from tests.selling.conftest import KEY

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_IDENTITY = re.compile(rb"\x1d\(H\x06\x00\x30\x30(.{4})", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One cut piece of paper: the codes on it and the jobs whose closing requests it bears."""

    codes: tuple[str, ...]
    process_ids: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """All that can be held against the invariants.

    `refunds`: refund id -> its sale and events; `uses`: (lease id, k) -> sale id; `accounts`: the ledger's balances in
    fen; `faults`: what an audit found.
    """

    histories: Mapping[str, Sequence[ev.SaleEvent]]
    refunds: Mapping[str, tuple[str, Sequence[RefundEvent]]]
    orders: Sequence[Order]
    pages: Sequence[Page]
    lease_units: Mapping[bytes, int]
    uses: Mapping[tuple[bytes, int], str]
    accounts: Mapping[str, int]
    faults: Sequence[str] = field(default=())

    def codes(self) -> list[str]:
        return [code for page in self.pages for code in page.codes]


def gather(database: Path, orders: Sequence[Order], sheets: Sequence[Sheet]) -> Evidence:
    """Reads the database file without the program that wrote it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        rows = [_row(*row) for row in file.execute(_JOURNAL)]
        leases = dict(file.execute("SELECT lease_id, units FROM lease"))
        uses = {(lease, k): sale for lease, k, sale in file.execute("SELECT lease_id, k, sale_id FROM lease_use")}
        accounts = dict(file.execute("SELECT account, sum(minor) FROM posting GROUP BY account"))
    broken = verify(database, KEY.public, every_signature=True).broken
    faults = [f"the audit finds {broken}"] if broken else []
    histories, refunds = _histories(rows)
    pages = [_page(sheet) for sheet in sheets]
    return Evidence(histories, refunds, orders, pages, leases, uses, accounts, faults + _breaks(rows))


def _histories(
    rows: Sequence[JournalEvent],
) -> tuple[dict[str, list[ev.SaleEvent]], dict[str, tuple[str, list[RefundEvent]]]]:
    sales: dict[str, list[ev.SaleEvent]] = {}
    refunds: dict[str, tuple[str, list[RefundEvent]]] = {}
    for row in rows:
        if row.type.startswith("sale."):
            sales.setdefault(str(row.body["sale_id"]), []).append(decode(row.type, row.body))
        elif row.type.startswith("refund."):
            _, events = refunds.setdefault(str(row.body["refund_id"]), (str(row.body["of_sale"]), []))
            events.append(REFUND.decode(row.type, row.body))
    return sales, refunds


_JOURNAL = "SELECT epoch, seq, previous_hash, at, type, schema, body, hash, signature FROM journal ORDER BY epoch, seq"


def _row(
    epoch: int, seq: int, previous: bytes, at: str, kind: str, schema: int, body: str, digest: bytes, signature: bytes
) -> JournalEvent:
    return JournalEvent(TERMINAL, epoch, seq, previous, at, kind, schema, json.loads(body), digest, signature)


def _breaks(rows: Sequence[JournalEvent]) -> list[str]:
    previous, found = GENESIS, []
    for number, row in enumerate(rows, 1):
        if row.seq != number or not is_intact(row, previous) or not KEY.public.verifies(row.signature, row.hash):
            found.append(f"the journal breaks at row {number}")
        previous = row.hash
    return found


def _page(sheet: Sheet) -> Page:
    picture = ImageOps.expand(ImageOps.invert(sheet.image.convert("L")), 40, 255)
    codes = tuple(code.text for code in zxingcpp.read_barcodes(picture, _QR))
    return Page(codes, tuple(found.decode("ascii") for found in _IDENTITY.findall(sheet.data)))
