"""Who belongs to a visitor category, what proves it, and who checks the proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Protocol, TypeVar, assert_never

Checker = Literal["kiosk", "cashier", "gate"]
Verdict = Literal["proven", "unproven", "refused"]
_Shown = TypeVar("_Shown")


@dataclass(frozen=True)
class Anyone:
    """No condition."""

    kind: ClassVar[str] = "anyone"


@dataclass(frozen=True)
class AgeRange:
    """Full years on the day of the visit, both bounds included; proven by a document with the date of birth."""

    kind: ClassVar[str] = "age"
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Certificate:
    """Holds one of the certificates: `student`, `teacher`, `soldier`, `disabled` or others by their own names."""

    kind: ClassVar[str] = "certificate"
    certificates: tuple[str, ...]


@dataclass(frozen=True)
class Resident:
    """Lives in one of the `regions`: prefixes of the six-digit division code (GB/T 2260) of an identity card."""

    kind: ClassVar[str] = "resident"
    regions: tuple[str, ...]


@dataclass(frozen=True)
class HeightBelow:
    """Shorter than `cm`, measured at the gate."""

    kind: ClassVar[str] = "height"
    cm: int


Eligibility = Anyone | AgeRange | Certificate | Resident | HeightBelow


class Presented(Protocol):
    """What is known of a visitor; None or empty where nothing was shown."""

    @property
    def birth(self) -> date | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def certificates(self) -> tuple[str, ...]: ...
    @property
    def height_cm(self) -> int | None: ...


def age_on(birth: date, day: date) -> int:
    """Full years on `day`. Someone born on 29 February comes of age on 1 March in a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def judge(eligibility: Eligibility, visitor: Presented, visit: date) -> Verdict:
    """`proven` by what was shown, `refused` because it shows the contrary, `unproven` when nothing was shown."""
    match eligibility:
        case Anyone():
            return "proven"
        case AgeRange(least, most):
            return _by(visitor.birth, lambda birth: _within(age_on(birth, visit), least, most))
        case Certificate(certificates):
            return "proven" if set(certificates) & set(visitor.certificates) else "unproven"
        case Resident(regions):
            return _by(visitor.region, lambda region: region.startswith(regions))
        case HeightBelow(cm):
            return _by(visitor.height_cm, lambda height: height < cm)
        case _:
            assert_never(eligibility)


def _by(shown: _Shown | None, holds: Callable[[_Shown], bool]) -> Verdict:
    if shown is None:
        return "unproven"
    return "proven" if holds(shown) else "refused"


def _within(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)
