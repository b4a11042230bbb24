"""What visitors do and what befalls the devices meanwhile: each scenario is run once for every point it passes.

A further kind of process is one more scenario: `before` and `visit` run in processes of their own, the second is the
one that is killed; `trouble` and `mend` happen beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from tests.crash.booth import Booth
from tests.crash.providers import LATE_SECONDS, PROVIDERS, Ending, FarSide

SALE, NEW = "S1", "S2"
_ROLL_FOR_ONE_TICKET_MM = 70.0
_REQUESTS_OF_A_REFUND = 4  # two tries, each asked for and asked about

Visit = Callable[[Booth], object]


@dataclass(frozen=True)
class Devices:
    """What stands beside the process and outlives it."""

    provider: FarSide
    paper: EscPosPrinterEmulator


def _nothing(devices: Devices) -> None:
    """No trouble, or none that anybody mends."""


@dataclass(frozen=True)
class Scenario:
    """`outcome`: how everything ends when nobody kills; `late`: seconds that a request may be under way."""

    name: str
    visit: Visit
    outcome: str
    trouble: Callable[[Devices], None] = _nothing
    mend: Callable[[Devices], None] = _nothing
    late: float = 0.0
    before: Visit | None = None
    method: str = "wechat"

    def __str__(self) -> str:
        return f"{self.method}-{self.name}".replace(", ", "-").replace(" ", "-")


def _buy(*payments: Ending, tickets: int = 2) -> Visit:
    def visit(booth: Booth) -> None:
        booth.choose(SALE, tickets)
        for ending in payments:
            booth.pay(SALE, ending)

    return visit


def _leave(*payments: Ending) -> Visit:
    def visit(booth: Booth) -> None:
        _buy(*payments)(booth)
        booth.leave(SALE)

    return visit


def _split(booth: Booth) -> None:
    """Half by the usual method, half by another where there is one."""
    booth.choose(SALE, 3)
    booth.pay(SALE, minor=9000)
    booth.pay(SALE, by=1)


def _split_and_left(booth: Booth) -> None:
    booth.choose(SALE, 3)
    booth.pay(SALE, minor=9000)
    booth.pay(SALE, Ending.DECLINED, by=1)
    booth.leave(SALE)


def _exchange(minor: int, *payments: Ending) -> Visit:
    """One of two tickets at 6000 fen for one at `minor`."""

    def visit(booth: Booth) -> None:
        booth.exchange(SALE, 0, NEW, minor)
        for ending in payments:
            booth.pay(NEW, ending)

    return visit


def _exchange_given_up(booth: Booth) -> None:
    booth.exchange(SALE, 0, NEW, 9000)
    booth.pay(NEW, minor=1000)
    booth.leave(NEW)


def _refund_after_exchange(booth: Booth) -> None:
    """What was paid by two sales goes back to both."""
    booth.refund(NEW, 0)


def _dearer(booth: Booth) -> None:
    _bought(booth)
    _exchange(9000, Ending.PAID)(booth)


def _lose_confirmation(devices: Devices) -> None:
    devices.paper.set_fault(PrinterTrouble.LOSE_CONFIRMATION)


def _paper_out(devices: Devices) -> None:
    devices.paper.set_fault(PrinterTrouble.PAPER_OUT)


def _paper_in(devices: Devices) -> None:
    devices.paper.clear_fault(PrinterTrouble.PAPER_OUT)


def _short_roll(devices: Devices) -> None:
    devices.paper.load_paper(_ROLL_FOR_ONE_TICKET_MM)


def _new_roll(devices: Devices) -> None:
    devices.paper.load_paper()


def _down_after_one(devices: Devices) -> None:
    """The first request gets through; what is asked afterwards is not answered for a while."""
    devices.provider.serve()
    for _ in range(7):
        devices.provider.refuse()


def _lose_answer(devices: Devices) -> None:
    devices.provider.lose_answer()


def _no_refund_now(devices: Devices) -> None:
    for _ in range(_REQUESTS_OF_A_REFUND):
        devices.provider.refuse()


_bought = _buy(Ending.PAID)
_bought_three = _buy(Ending.PAID, tickets=3)

PURCHASES = (
    Scenario("purchase", _bought, "S1 done"),
    Scenario("declined, then paid", _buy(Ending.DECLINED, Ending.PAID), "S1 done"),
    Scenario("pending, then paid", _buy(Ending.CONFIRMED_SOON), "S1 done"),
    Scenario("answer lost", _buy(Ending.ANSWER_LOST), "S1 done"),
    Scenario("unclear, reversed, then paid", _buy(Ending.NEVER_CONFIRMED, Ending.PAID), "S1 done"),
    Scenario("request lost, then left", _leave(Ending.REQUEST_LOST), "S1 released"),
    Scenario("request under way", _buy(Ending.LATE), "S1 done", late=LATE_SECONDS + 0.1),
    Scenario("gateway down", _buy(Ending.ANSWER_LOST), "S1 open", trouble=_down_after_one),
    Scenario("split payment", _split, "S1 done"),
    Scenario("split payment, then left", _split_and_left, "S1 released"),
)
PAPER = (
    Scenario("confirmation lost", _bought, "S1 done", trouble=_lose_confirmation),
    Scenario("paper out", _bought_three, "S1 claim", trouble=_short_roll, mend=_new_roll),
    Scenario("cancelled", _leave(), "S1 released"),
    Scenario("topped up", _buy(Ending.PAID, tickets=6), "S1 done"),
    Scenario("collect", lambda booth: booth.collect(SALE, "B1"), "S1 done"),
    Scenario("reissue", lambda booth: booth.reissue(SALE, 0), "S1 done", before=_bought),
    Scenario(
        "reissue, confirmation lost",
        lambda booth: booth.reissue(SALE, 0),
        "S1 done",
        before=_bought,
        trouble=_lose_confirmation,
    ),
    Scenario(
        "reissue, paper out",
        lambda booth: booth.reissue(SALE, 0),
        "S1 claim",
        before=_bought,
        trouble=_paper_out,
        mend=_paper_in,
    ),
)
RETURNS = (
    Scenario("refund", lambda booth: booth.refund(SALE, 0, 1), "S1 done, S1-R01 done", before=_bought),
    Scenario("refund of a part", lambda booth: booth.refund(SALE, 1), "S1 done, S1-R1 done", before=_bought_three),
    Scenario("refund of a split payment", lambda booth: booth.refund(SALE, 0), "S1 done, S1-R0 done", before=_split),
    Scenario(
        "refund, answer lost",
        lambda booth: booth.refund(SALE, 0),
        "S1 done, S1-R0 done",
        before=_bought,
        trouble=_lose_answer,
    ),
    Scenario(
        "refund, gateway down",
        lambda booth: booth.refund(SALE, 0),
        "S1 done, S1-R0 open",
        before=_bought,
        trouble=_no_refund_now,
    ),
    Scenario("void", lambda booth: booth.refund(SALE, 0, 1, kind="void"), "S1 done, S1-R01 done", before=_bought),
    Scenario("exchange for the same", _exchange(6000), "S1 done, S2 done, S2-exchange done", before=_bought),
    Scenario("exchange for dearer", _exchange(9000, Ending.PAID), "S1 done, S2 done, S2-exchange done", before=_bought),
    Scenario("exchange for cheaper", _exchange(4000), "S1 done, S2 done, S2-exchange done", before=_bought),
    Scenario("exchange given up", _exchange_given_up, "S1 done, S2 released", before=_bought),
    Scenario(
        "refund after an exchange",
        _refund_after_exchange,
        "S1 done, S2 done, S2-R0 done, S2-exchange done",
        before=_dearer,
    ),
)


def _by(method: str, scenario: Scenario) -> Scenario:
    return replace(scenario, method=method)


def _all() -> dict[str, Scenario]:
    """Everything by the first way to pay; by each further one what pays or pays back."""
    first, *others = PROVIDERS
    played = [_by(first, scenario) for scenario in (*PURCHASES, *PAPER, *RETURNS)]
    played += [_by(method, scenario) for method in others for scenario in (*PURCHASES, *RETURNS)]
    return {str(scenario): scenario for scenario in played}


SCENARIOS = _all()
