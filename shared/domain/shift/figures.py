"""What was traded in a shift beside the drawer, as the journal and the ledger tell it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount under a name: a way to pay, a product, a sale or a refund."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Trading:
    """The sales and refunds that began in a shift, whenever they ended.

    `by_method`: taken less what the sales gave back themselves. `refunds`, `voids`: paid back, by method. `unknown`:
    payments that may have been taken, by sale. `open_refunds`: granted and not yet paid out, by refund. `reprints`:
    done sales that were opened again for a ticket. `late`: sales with a posting after the shift's closing.
    """

    by_method: tuple[Figure, ...] = ()
    by_product: tuple[Figure, ...] = ()
    refunds: tuple[Figure, ...] = ()
    voids: tuple[Figure, ...] = ()
    unknown: tuple[Figure, ...] = ()
    open_refunds: tuple[Figure, ...] = ()
    reprints: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
