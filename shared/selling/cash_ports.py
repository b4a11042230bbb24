"""What paying in cash needs of the world, put together in the modes' app modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from drivers.contracts.cash import CashDevices
from drivers.contracts.printer import Block
from shared.domain.cash import CashHeard, OrderEvent
from shared.domain.cash_inventory import DeviceStanding
from shared.domain.cash_order import CashOrder
from shared.domain.cash_upkeep import UpkeepEvent
from shared.domain.clock import Clock
from shared.domain.money import Money
from shared.selling.ports import Ids, SheetPrinter


class CashStore(Protocol):
    """The durable side of cash. What a call returns is already on the disk.

    A write that the disk does not take raises StorageFailedError, and nothing of it is kept.
    """

    def record(self, order_no: str, *events: OrderEvent) -> CashOrder: ...

    def keep(self, *events: UpkeepEvent | CashHeard) -> None: ...

    def order(self, order_no: str) -> CashOrder | None: ...

    def open_orders(self) -> Sequence[str]: ...

    def begun_at(self, order_no: str) -> datetime:
        """When an order was opened, UTC."""
        ...

    def standing(self, device: str) -> DeviceStanding | None: ...

    def stock(self) -> Mapping[str, Mapping[Money, int]]: ...


@dataclass(frozen=True, slots=True)
class CashClaimed:
    """The machine cannot give this back: the code gets it at any window. For the screen."""

    order_no: str
    code: str = field(repr=False)
    owed: Money
    printed: bool


@dataclass(frozen=True, slots=True)
class CashPace:
    """In seconds: between two polls; how long a visitor may put in nothing; how long a device may be silent or busy.

    `gone`: so long after the beginning of an order nobody stands before the machine any more.
    """

    poll: float = 0.15
    idle: float = 120.0
    patience: float = 20.0
    gone: float = 600.0


@dataclass(frozen=True, slots=True)
class Till:
    """Everything that cash is taken and paid with. `pause` raises MachineClosing to end a step."""

    store: CashStore
    devices: CashDevices
    printer: SheetPrinter
    slip: Callable[[CashOrder], tuple[Block, ...]]
    ids: Ids
    clock: Clock
    pause: Callable[[float], None]
    claimed: Callable[[CashClaimed], None]
    currency: str = "CNY"
    pace: CashPace = CashPace()
