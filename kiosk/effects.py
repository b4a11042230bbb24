"""Performs what a journey asks for, off the main thread, and posts the answers back as events."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

import structlog

from kiosk.journeys.effects import AskQuote, AskSlots, CancelSale, Effect, OpenSale, Pay, StopPaying
from kiosk.journeys.events import Event, PlacesChanged, QuoteReady, SaleAnswered
from shared.domain.money import Money
from shared.domain.pricing import quote_to_document
from shared.domain.sale import SaleOpened
from shared.selling.pausing import MachineClosing
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.selling.progress import Progress
from shared.selling.shop import Shop

_log = structlog.get_logger()

CHANNEL = "kiosk"


class Effects:
    """Two workers: one answers questions, one runs the sale, so that a slow printer holds up no question.

    `post` takes events from any thread; `failed` is told when a worker meets a bug of ours.
    """

    def __init__(
        self,
        shop: Shop,
        product_id: str,
        new_sale_id: Callable[[], str],
        post: Callable[[Event], None],
        failed: Callable[[], None],
    ) -> None:
        self._shop = shop
        self._product_id = product_id
        self._new_sale_id = new_sale_id
        self._post = post
        self._failed = failed
        self._numbers: dict[str, int] = {}
        self._process: SaleProcess | None = None
        self._look: Callable[[Money], None] = lambda _: None
        self._questions = ThreadPoolExecutor(max_workers=1, thread_name_prefix="questions")
        self._sales = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sale")

    def attach(
        self, process: SaleProcess, resume: Callable[[], None], look: Callable[[Money], None] = lambda _: None
    ) -> None:
        """The process tells its progress to `tell`; the two are made for each other. `resume` ends what was left.

        `look` sees before a payment which ways to pay an amount will do, on the worker of the sale.
        """
        self._process = process
        self._look = look
        self._in(self._sales, resume)

    def perform(self, effect: Effect) -> None:
        """Starts an effect and returns at once."""
        match effect:
            case AskSlots(day):
                self._in(self._questions, lambda: PlacesChanged(day, self._shop.slots(self._product_id, day)))
            case AskQuote(number, party, slot):
                self._in(self._questions, lambda: QuoteReady(number, self._shop.quote(self._product_id, party, slot)))
            case OpenSale():
                self._in(self._sales, lambda: self._open(effect))
            case Pay(sale_id, method, code):
                payer = Payer(method, code.digits if code else "")
                self._in(self._sales, lambda: self._running().pay(sale_id, payer))
            case StopPaying(sale_id):
                self._running().stop_paying(sale_id)
            case CancelSale(sale_id):
                self._in(self._sales, lambda: self._running().cancel(sale_id))
            case _:
                assert_never(effect)

    def ask(self, question: Callable[[], Event]) -> None:
        """Puts a question of the machine's own to the worker for questions; the answer is posted."""
        self._in(self._questions, question)

    def tell(self, progress: Progress) -> None:
        """Passes a sale's progress on; a sale finished after a restart has no visitor to tell."""
        number = self._numbers.get(progress.sale_id)
        if number is not None:
            self._post(SaleAnswered(number, progress))

    def close(self) -> None:
        """Waits for the step under way and drops the rest. A payer at a terminal is no longer waited for."""
        for sale_id in self._numbers:
            self._running().stop_paying(sale_id)
        for worker in (self._questions, self._sales):
            worker.shutdown(wait=True, cancel_futures=True)

    def _running(self) -> SaleProcess:
        if self._process is None:
            raise RuntimeError("no sale process is attached")
        return self._process

    def _open(self, effect: OpenSale) -> None:
        sale_id = self._new_sale_id()
        self._numbers = {sale_id: effect.number}
        self._look(effect.quote.total)
        opened = SaleOpened(
            effect.language,
            CHANNEL,
            str(effect.slot),
            effect.categories,
            self._product_id,
            effect.quote.total,
            quote_to_document(effect.quote),
            offline=not self._shop.online(),
        )
        self._running().open(sale_id, opened)

    def _in(self, worker: ThreadPoolExecutor, work: Callable[[], Event | None]) -> None:
        worker.submit(self._guarded, work)

    def _guarded(self, work: Callable[[], Event | None]) -> None:
        try:
            answer = work()
        except MachineClosing:
            return
        except Exception:  # noqa: BLE001 - the outermost edge of a worker
            # What came this far is our bug: the screen goes to a safe state, the journal goes on at the next start.
            _log.exception("worker_failed")
            self._failed()
            return
        if answer is not None:
            self._post(answer)
