"""Money in integer minor units of a currency that knows its exponent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# ISO 4217 minor-unit exponents of the currencies a Chinese scenic area and its neighbours meet.
_EXPONENTS = {"CNY": 2, "HKD": 2, "MOP": 2, "TWD": 2, "USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KRW": 0, "VND": 0}


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency; `exponent` is the number of decimals of its minor unit (JPY has none)."""

    code: str

    def __post_init__(self) -> None:
        if self.code not in _EXPONENTS:
            raise ValueError(f"unknown currency {self.code!r}")

    @property
    def exponent(self) -> int:
        return _EXPONENTS[self.code]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer minor units (fen, cents). Adding two currencies raises ValueError."""

    minor: int
    currency: Currency

    def __add__(self, other: Money) -> Money:
        self._check(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._check(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._check(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._check(other)
        return self.minor <= other.minor

    def _check(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency.code} with {other.currency.code}")


def total(amounts: Iterable[Money], currency: Currency) -> Money:
    """The sum of `amounts`, zero of `currency` when there are none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
