"""Whatever happens in a shift: the drawer's account is float + in - out, and the Z reports are a chain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.journal import GENESIS, HashProfile
from shared.domain.money import Currency, Money
from shared.domain.sale_errors import HistoryError
from shared.domain.shift import events as ev
from shared.domain.shift.codec import SHIFT
from shared.domain.shift.counting import suspicious, worth
from shared.domain.shift.history import follow_shift, replay_shift
from shared.domain.shift.postings import drawer_account, shift_entry
from shared.domain.shift.state import Shift
from shared.domain.shift.z_chain import ZLink, follow_z
from tests.shift.world import CASHIER, CNY, DRAWER, SUPERVISOR, giving, pieces, taking, yuan

OPENED = ev.ShiftOpened(1, DRAWER, "2026-11-23", CASHIER, "CNY", pieces(50000))
amounts = st.integers(1, 1_000_000).map(lambda minor: Money(minor, CNY))
denominations = st.sampled_from((1, 10, 50, 100, 500, 1000, 2000, 5000, 10000))
stacks = st.dictionaries(denominations, st.integers(1, 200), min_size=1).map(
    lambda counts: tuple(ev.Denomination(Money(value, CNY), count) for value, count in counts.items())
)
FIRST = ZLink()
reasons = st.text("abc", min_size=1, max_size=3)
moves = st.lists(
    st.one_of(
        st.builds(lambda amount: ev.DrawerTaken("", amount, amount), amounts),
        st.builds(lambda amount: ev.DrawerGiven("", "O", amount, "refund"), amounts),
        st.builds(ev.PaidIn, amounts, reasons, st.just(CASHIER), st.just(SUPERVISOR)),
        st.builds(ev.PaidOut, amounts, reasons, st.just(CASHIER), st.just(SUPERVISOR)),
        st.builds(ev.SafeDropped, stacks, st.just(""), st.just(CASHIER)),
        st.builds(ev.DrawerOpened, reasons, st.just(CASHIER), st.just(SUPERVISOR)),
        st.builds(ev.Counted, stacks, st.just(CASHIER)),
    ),
    max_size=25,
)


def numbered(events: list[ev.ShiftEvent]) -> list[ev.ShiftEvent]:
    """Each order, refund and bag with a number of its own."""
    return [_with_number(event, f"N{number}") for number, event in enumerate(events)]


def _with_number(event: ev.ShiftEvent, name: str) -> ev.ShiftEvent:
    match event:
        case ev.DrawerTaken():
            return replace(event, order_no=name)
        case ev.DrawerGiven():
            return replace(event, number=name)
        case ev.SafeDropped():
            return replace(event, bag=name)
        case _:
            return event


def in_and_out(event: ev.ShiftEvent) -> int:
    """What an event puts into the drawer or takes out, said once more and otherwise."""
    match event:
        case ev.DrawerTaken(amount=amount) | ev.PaidIn(amount=amount):
            return amount.minor
        case ev.DrawerGiven(amount=amount) | ev.PaidOut(amount=amount):
            return -amount.minor
        case ev.SafeDropped(dropped):
            return -sum(each.value.minor * each.count for each in dropped)
        case _:
            return 0


def closing(shift: Shift, last: ZLink) -> ev.ShiftClosed:
    counted = shift.counted
    assert counted is not None
    return ev.ShiftClosed(shift.expected, counted, counted - shift.expected, last.number + 1, last.hash.hex(), CASHIER)


def close(shift: Shift, counted: tuple[ev.Denomination, ...], last: ZLink = FIRST) -> Shift:
    """Counted twice, so that it is taken whatever it says."""
    for _ in range(2):
        shift = follow_shift(shift, ev.Counted(counted, CASHIER))
    return follow_shift(shift, closing(shift, last))


@given(moves, stacks)
def test_the_drawers_account_is_float_and_in_less_out_at_every_event(
    events: list[ev.ShiftEvent], counted: tuple[ev.Denomination, ...]
) -> None:
    balances: Counter[str] = Counter()
    shift, expected = follow_shift(None, OPENED), 50000
    post(balances, shift, OPENED)
    for event in numbered(events):
        shift, expected = follow_shift(shift, event), expected + in_and_out(event)
        post(balances, shift, event)
        assert balances[str(drawer_account(DRAWER))] == shift.expected.minor == expected
    closed = close(shift, counted)
    post(balances, closed, closed.zs[0])
    corrected = follow_shift(closed, correction(closed, pieces(expected) if expected > 0 else ()))
    post(balances, corrected, corrected.zs[1])
    assert balances[str(drawer_account(DRAWER))] == 0
    assert balances["cash_difference"] == (0 if expected >= 0 else expected)
    assert not sum(balances.values())


def post(balances: Counter[str], after: Shift, event: ev.ShiftEvent) -> None:
    entry = shift_entry(after, event)
    for posting in entry.postings if entry else ():
        balances[str(posting.account)] += posting.minor


def correction(closed: Shift, counted: tuple[ev.Denomination, ...]) -> ev.ShiftCorrected:
    total = worth(counted, CNY)
    z = closed.zs[-1].z_number + 1
    return ev.ShiftCorrected(
        counted, total, total - closed.expected, z, GENESIS.hex(), "counted wrong", CASHIER, SUPERVISOR
    )


@given(moves)
def test_events_come_back_from_the_journal_as_they_were(events: list[ev.ShiftEvent]) -> None:
    every = [OPENED, *numbered(events)]
    assert [SHIFT.decode(*SHIFT.encode(event)) for event in every] == every
    assert replay_shift(every).opened == OPENED


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=6), st.sampled_from(("sha256", "sm3")))
def test_a_chain_of_zs_has_no_gap_and_notices_a_changed_one(counts: list[int], profile: HashProfile) -> None:
    last, chain = ZLink(), []
    for count in counts:
        shift = close(follow_shift(None, OPENED), pieces(count), last)
        last = follow_z(last, shift, shift.zs[0], profile)
        chain.append((shift, last))
    assert [link.number for _, link in chain] == list(range(1, len(counts) + 1))
    shift, link = chain[-1]
    with pytest.raises(HistoryError, match="without a gap"):
        follow_z(link, shift, shift.zs[0], profile)
    other = close(follow_shift(None, OPENED), pieces(counts[0] + 1), ZLink())
    forged = follow_z(ZLink(), other, other.zs[0], profile)
    with pytest.raises(HistoryError, match="hash of the one before"):
        follow_z(forged, *_second(chain[0][1]), profile)


def _second(first: ZLink) -> tuple[Shift, ev.ZReport]:
    shift = close(follow_shift(None, OPENED), pieces(50000), first)
    return shift, shift.zs[0]


@pytest.mark.parametrize(
    ("expected", "counted", "asked_again"),
    [
        (123400, 12340, True),
        (123400, 1234000, True),
        (123400, 1234, True),
        (123450, 12340, True),  # a tenth, and fifty fen short
        (123400, 132400, True),
        (123400, 123040, True),
        (123400, 123400, False),
        (123400, 123300, False),
        (123400, 321400, True),
        (123400, 312400, False),  # three digits moved
        (123400, 0, False),
        (0, 100, False),
        (100, 1001, True),
    ],
)
def test_a_count_is_asked_for_again_when_it_looks_like_a_slip(expected: int, counted: int, asked_again: bool) -> None:
    assert suspicious(Money(expected, CNY), Money(counted, CNY)) is asked_again


SHIFT_OPEN = replay_shift([OPENED, taking("O1", 100)])
SHIFT_CLOSED = close(SHIFT_OPEN, pieces(50100))


@pytest.mark.parametrize(
    ("shift", "event"),
    [
        (None, taking("O1", 100)),
        (None, replace(OPENED, float=(*pieces(1), *pieces(2)))),
        (None, replace(OPENED, number=0)),
        (SHIFT_OPEN, OPENED),
        (SHIFT_OPEN, taking("O1", 100)),
        (SHIFT_OPEN, taking("O2", 0)),
        (SHIFT_OPEN, ev.DrawerTaken("O2", yuan(2), yuan(1))),
        (SHIFT_OPEN, ev.DrawerTaken("O2", Money(1, Currency("USD")), Money(1, Currency("USD")))),
        (SHIFT_OPEN, giving("R1", "O1", -1)),
        (SHIFT_OPEN, ev.PaidIn(yuan(1), "", CASHIER, SUPERVISOR)),
        (SHIFT_OPEN, ev.PaidOut(yuan(1), "taxi", CASHIER, CASHIER)),
        (SHIFT_OPEN, ev.SafeDropped(pieces(100), "", CASHIER)),
        (SHIFT_OPEN, ev.SafeDropped((), "BAG", CASHIER)),
        (SHIFT_OPEN, ev.HandedOver(SUPERVISOR, "0009")),
        (SHIFT_OPEN, ev.Counted((ev.Denomination(yuan(1), -1),), CASHIER)),
        (SHIFT_OPEN, ev.ShiftClosed(yuan(501), yuan(501), yuan(0), 1, "", CASHIER)),
        (SHIFT_OPEN, correction(SHIFT_CLOSED, pieces(1))),
        (SHIFT_CLOSED, taking("O2", 100)),
        (SHIFT_CLOSED, ev.Counted(pieces(1), CASHIER)),
        (SHIFT_CLOSED, SHIFT_CLOSED.zs[0]),
        (SHIFT_CLOSED, replace(correction(SHIFT_CLOSED, pieces(1)), counted=yuan(9))),
    ],
)
def test_what_cannot_have_happened_is_refused(shift: Shift | None, event: ev.ShiftEvent) -> None:
    with pytest.raises(HistoryError):
        follow_shift(shift, event)
