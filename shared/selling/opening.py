"""From a priced basket to places held, with the business day and the visitors' names; or to why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drivers.contracts.printer import PrinterNotReady, PrinterReady, PrinterUnreachable
from shared.domain import sale as ev
from shared.domain.capacity import SlotKey
from shared.domain.sale_state import Sale
from shared.domain.visitor import VisitorDocument
from shared.errors import Fault, SurroundingsError
from shared.selling import progress
from shared.selling.ports import Counter
from shared.storage.identity import NamedTicket, OverLimit


class Opening:
    """Begins sales at a counter, and says why one cannot be begun."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._named: dict[str, tuple[NamedTicket, ...]] = {}

    def begin(self, sale_id: str, opened: ev.SaleOpened, visitors: Sequence[VisitorDocument]) -> Sale | None:
        """Records the opening; None, and told, when nothing new may be sold. Raises StorageFailedError."""
        hindrance = self._hindrance(sale_id, opened, visitors)
        if hindrance is not None:
            self._counter.tell(hindrance)
            return None
        return self._counter.store.record(sale_id, self._of_today(opened))

    def hold(self, sale: Sale) -> Sale:
        """Takes the places; without them, or for a person who has enough, the sale is released."""
        slot, count = SlotKey.parse(sale.opened.slot), len(sale.opened.categories)
        named = self._named.pop(sale.sale_id, ())
        try:
            held = self._take(sale, slot, count, named)
            if held is None and self._counter.line.top_up(slot, count, self._counter.pace.top_up):
                held = self._take(sale, slot, count, named)
        except SurroundingsError as error:
            return self._refuse(sale, progress.CannotServe(sale.sale_id, error.fault))
        match held:
            case Sale():
                return held
            case OverLimit(index, last4, limit):
                return self._refuse(sale, progress.PersonHasEnough(sale.sale_id, index + 1, last4, limit))
            case None:
                offline = not self._counter.line.online()
                return self._refuse(sale, progress.NoPlaces(sale.sale_id, window_only=offline))

    def release(self, sale: Sale) -> Sale:
        """Gives an unpaid sale's places back."""
        return self._counter.store.record(sale.sale_id, ev.SaleClosed("released"))

    def _refuse(self, sale: Sale, why: progress.Progress) -> Sale:
        sale = self.release(sale)
        self._counter.tell(why)
        return sale

    def _take(self, sale: Sale, slot: SlotKey, count: int, named: tuple[NamedTicket, ...]) -> Sale | OverLimit | None:
        store, may_sell = self._counter.store, self._counter.line.may_sell
        if named:
            return store.hold_named(sale.sale_id, slot, count, may_sell, named)
        return store.hold(sale.sale_id, slot, count, may_sell)

    def _hindrance(
        self, sale_id: str, opened: ev.SaleOpened, visitors: Sequence[VisitorDocument]
    ) -> progress.Progress | None:
        cause = self._cause()
        if cause is not None:
            return progress.CannotServe(sale_id, cause)
        names = self._counter.names
        complete = len(visitors) == len(opened.categories)
        if not complete and (visitors or self._needs_names(opened)):
            return progress.NamesWanted(sale_id)
        named = names.tickets(sale_id, opened, visitors) if names is not None and visitors else ()
        if named is None or (visitors and names is None):
            return progress.CannotServe(sale_id, Fault.DATA_KEYS)
        self._named = {sale_id: named} if named else {}
        return None

    def _needs_names(self, opened: ev.SaleOpened) -> bool:
        """A booking's names are where it was booked."""
        booked = opened.prepaid is not None and opened.prepaid.kind == "booking"
        names = self._counter.names
        return not booked and names is not None and names.needed(opened.product_id)

    def _cause(self) -> PrinterNotReady | PrinterUnreachable | Fault | None:
        fault = self._counter.store.health()
        if fault is not None:
            return fault
        status = self._counter.printer.status()
        if not isinstance(status, PrinterReady):
            return status
        days = self._counter.days
        return Fault.DAY_NOT_OPEN if days is not None and days.today() is None else None

    def _of_today(self, opened: ev.SaleOpened) -> ev.SaleOpened:
        day = self._counter.days.today() if self._counter.days is not None else None
        return opened if day is None else replace(opened, business_day=day.day.isoformat())
