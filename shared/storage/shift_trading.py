"""What was traded in a shift, read from the journal and the ledger: nothing is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, func, select, tuple_

from shared.domain.ledger import Account, AccountKind
from shared.domain.money import Currency, Money
from shared.domain.shift.figures import Figure, Trading
from shared.storage.shift_tables import shift, shift_z
from shared.storage.tables import entry, journal, posting

Place = tuple[int, int]
_END: Place = (1 << 62, 0)
_CLOSED = select(shift_z.c.shift, func.min(shift_z.c.z_number).label("first")).group_by(shift_z.c.shift).subquery()
_SPANS = (
    select(shift.c.number, shift.c.epoch, shift.c.seq, shift_z.c.epoch.label("end_epoch"), shift_z.c.seq.label("end"))
    .outerjoin(_CLOSED, _CLOSED.c.shift == shift.c.number)
    .outerjoin(shift_z, shift_z.c.z_number == _CLOSED.c.first)
    .order_by(shift.c.number)
)
_TYPES = ("sale.opened", "sale.reopened", "refund.opened")
_WITHIN = (
    select(
        journal.c.epoch,
        journal.c.seq,
        journal.c.type,
        journal.c.sale_id,
        func.json_extract(journal.c.body, "$.refund_id").label("refund_id"),
        func.json_extract(journal.c.body, "$.kind").label("kind"),
    )
    .where(
        journal.c.type.in_(_TYPES),
        tuple_(journal.c.epoch, journal.c.seq) > tuple_(bindparam("epoch"), bindparam("seq")),
        tuple_(journal.c.epoch, journal.c.seq) < tuple_(bindparam("end_epoch"), bindparam("end")),
    )
    .order_by(journal.c.epoch, journal.c.seq)
)
_POSTINGS = (
    select(posting.c.epoch, posting.c.seq, posting.c.account, posting.c.minor)
    .join(entry, (entry.c.epoch == posting.c.epoch) & (entry.c.seq == posting.c.seq))
    .where(entry.c.subject == bindparam("subject"), posting.c.currency == bindparam("currency"))
)


@dataclass(frozen=True, slots=True)
class _Span:
    """From a shift's opening to its closing, as rows of the journal."""

    number: int
    begin: Place
    end: Place


@dataclass(frozen=True, slots=True)
class _Document:
    """A row of the journal that counts towards a shift."""

    at: Place
    type: str
    sale_id: str
    refund_id: str
    kind: str  # of a refund: refund, void, exchange


@dataclass(slots=True)
class _Sums:
    """What the postings of a shift's documents add up to, in minor units."""

    methods: Counter[str] = field(default_factory=Counter)
    products: Counter[str] = field(default_factory=Counter)
    refunds: Counter[str] = field(default_factory=Counter)
    voids: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    open_refunds: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)

    def add_sale(self, sale_id: str, account: Account, minor: int) -> None:
        match account.kind:
            case AccountKind.RECEIVABLE:
                self.methods[account.of] += minor
            case AccountKind.SALES:
                self.products[account.of] -= minor
            case AccountKind.CLEARING:
                self.unknown[sale_id] += minor
            case _:  # the other side of these
                pass

    def add_refund(self, document: _Document, account: Account, minor: int) -> None:
        match account.kind:
            case AccountKind.RECEIVABLE if document.kind == "void":
                self.voids[account.of] -= minor
            case AccountKind.RECEIVABLE:
                self.refunds[account.of] -= minor
            case AccountKind.REFUNDS_PAYABLE:
                self.open_refunds[document.refund_id] -= minor
            case _:  # the other side of these
                pass


def trading_of(connection: Connection, number: int, currency: Currency) -> Trading:
    """What began in the shift. Where several drawers are open it is of the one that was opened last."""
    spans = _spans(connection)
    own = next(span for span in spans if span.number == number)
    rows = [row for row in _within(connection, own) if _owner(spans, row.at) == number]
    sums = _Sums()
    for row in rows:
        _add(connection, sums, row, own, currency)
    reprints = tuple(row.sale_id for row in rows if row.type == "sale.reopened")
    return Trading(
        by_method=_figures(sums.methods, currency),
        by_product=_figures(sums.products, currency),
        refunds=_figures(sums.refunds, currency),
        unknown=_figures(sums.unknown, currency),
        open_refunds=_figures(sums.open_refunds, currency),
        voids=_figures(sums.voids, currency),
        reprints=reprints,
        late=tuple(sums.late),
    )


def _add(connection: Connection, sums: _Sums, document: _Document, own: _Span, currency: Currency) -> None:
    if document.type == "sale.opened":
        for at, account, minor in _postings(connection, document.sale_id, currency):
            sums.add_sale(document.sale_id, account, minor)
            if at > own.end and document.sale_id not in sums.late:
                sums.late.append(document.sale_id)
    elif document.type == "refund.opened":
        for _, account, minor in _postings(connection, document.refund_id, currency):
            sums.add_refund(document, account, minor)


def _within(connection: Connection, own: _Span) -> list[_Document]:
    (epoch, seq), (end_epoch, end) = own.begin, own.end
    rows = connection.execute(_WITHIN, {"epoch": epoch, "seq": seq, "end_epoch": end_epoch, "end": end})
    return [
        _Document((row.epoch, row.seq), row.type, row.sale_id or "", row.refund_id or "", row.kind or "")
        for row in rows
    ]


def _postings(connection: Connection, subject: str, currency: Currency) -> Iterator[tuple[Place, Account, int]]:
    for row in connection.execute(_POSTINGS, {"subject": subject, "currency": currency.code}):
        yield (row.epoch, row.seq), Account.parse(row.account), row.minor


def _spans(connection: Connection) -> list[_Span]:
    return [
        _Span(row.number, (row.epoch, row.seq), _END if row.end_epoch is None else (row.end_epoch, row.end))
        for row in connection.execute(_SPANS)
    ]


def _owner(spans: Iterable[_Span], at: Place) -> int:
    """The shift that was opened last of those open then."""
    return max(span.number for span in spans if span.begin < at < span.end)


def _figures(sums: Counter[str], currency: Currency) -> tuple[Figure, ...]:
    return tuple(Figure(name, Money(minor, currency)) for name, minor in sorted(sums.items()) if minor)
