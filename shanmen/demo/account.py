"""What came of a demonstration: papers as pictures and bytes, and the books of both ends side by side."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from drivers.emulators.printer_mechanism import Sheet
from shanmen.bench.paper import photograph
from shanmen.demo.world import World
from shared.domain.sale_state import Sale
from shared.security.keys import Keyring
from shared.storage.store import TerminalStore
from shared.sync.answers import Ok
from shared.sync.client import CentralClient, Patience
from shared.wire.about import Summary

_SETTLED_SECONDS = 30.0


def write_papers(folder: Path, sheets: Sequence[Sheet], sales: Sequence[Sale]) -> None:
    """`ticket-N.png`, `ticket-N.escpos` and `receipt-N.png`: each sale's sheets are its tickets, then its receipt."""
    left, ticket_numbers = list(sheets), itertools.count(1)
    for number, sale in enumerate(sales, 1):
        for _ in sale.live_tickets:
            _write_sheet(folder / f"ticket-{next(ticket_numbers)}", left.pop(0))
        _write_sheet(folder / f"receipt-{number}", left.pop(0))


def _write_sheet(path: Path, sheet: Sheet) -> None:
    photograph(sheet.image).save(path.with_suffix(".png"))
    path.with_suffix(".escpos").write_bytes(sheet.data)


def finished_sales(store: TerminalStore) -> list[Sale]:
    """The kiosk's own sales in the order in which they were opened."""
    opened = [e.body["sale_id"] for e in store.journal_after(0, 10_000) if e.type == "sale.opened"]
    return [store.sale(str(sale_id)) for sale_id in opened]


def central_says(client: CentralClient, sales: int) -> dict[str, int]:
    """Central's own count, once it has heard of so many sales. Raises TimeoutError."""
    deadline = time.monotonic() + _SETTLED_SECONDS
    while time.monotonic() < deadline:
        answer = client.get("/v1/summary", Summary, Patience())
        if isinstance(answer, Ok) and answer.value.sales >= sales:
            return answer.value.model_dump(include={"sales", "tickets", "total_minor"})
        time.sleep(0.2)
    raise TimeoutError(f"central does not have {sales} sales")


def public_keys(world: World) -> Keyring:
    """The key ring that central publishes."""
    return Keyring.from_json(requests.get(f"http://{world.line.host}:{world.line.port}/v1/keys", timeout=5).text)


def summary(sales: Sequence[Sale], central: dict[str, int]) -> dict[str, object]:
    """The content of `summary.json`."""
    return {"sales": [_sale(sale) for sale in sales], "central": central}


def write_summary(path: Path, content: dict[str, object]) -> None:
    """Writes it for people as well as for programs."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _sale(sale: Sale) -> dict[str, object]:
    paid = next(attempt for attempt in sale.attempts if attempt.state == "paid")
    return {
        "sale_id": sale.sale_id,
        "language": sale.opened.language,
        "offline": sale.opened.offline,
        "total_minor": sale.opened.total.minor,
        "currency": sale.opened.total.currency.code,
        "payment": paid.method,
        "tickets": [
            {"ticket_id": t.ticket_id, "qr": t.qr, "print": t.sheet.state if t.sheet else "not_sent"}
            for t in sale.live_tickets
        ],
    }
