"""Money adds like integers within one currency and not at all between two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.money import Currency, Money, total

CNY = Currency("CNY")
JPY = Currency("JPY")

amounts = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, CNY))


def test_the_exponent_is_the_number_of_decimals() -> None:
    assert (CNY.exponent, JPY.exponent) == (2, 0)


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="XXX"):
        Currency("XXX")


@given(amounts, amounts)
def test_subtracting_undoes_adding(one: Money, other: Money) -> None:
    assert one + other - other == one


@given(amounts)
def test_an_amount_and_its_negative_are_nothing(one: Money) -> None:
    assert one + -one == Money(0, CNY)


@given(amounts, st.integers(0, 20))
def test_a_product_is_a_repeated_sum(one: Money, times: int) -> None:
    assert one * times == total([one] * times, CNY)


@given(amounts, amounts)
def test_order_is_that_of_the_minor_units(one: Money, other: Money) -> None:
    assert (one < other) == (one.minor < other.minor)
    assert (one <= other) == (one.minor <= other.minor)


@pytest.mark.parametrize(
    "combine",
    [
        lambda one, other: one + other,
        lambda one, other: one - other,
        lambda one, other: one < other,
        lambda one, other: one <= other,
    ],
)
def test_two_currencies_do_not_combine(combine: Callable[[Money, Money], object]) -> None:
    with pytest.raises(ValueError, match="CNY with JPY"):
        combine(Money(100, CNY), Money(100, JPY))


def test_the_total_of_nothing_is_zero() -> None:
    assert total([], JPY) == Money(0, JPY)


def test_a_total_of_another_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="JPY with CNY"):
        total([Money(1, CNY)], JPY)
