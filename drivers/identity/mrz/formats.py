"""The five formats of machine-readable zones, field by field (ICAO 9303, parts 4 to 7).

Places count from 0 in the zone's lines joined without a break.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Place = range


@dataclass(frozen=True, slots=True)
class ZoneFormat:
    """Where each field stands. A check digit stands right behind its field; `composite` covers `composite_over`.

    `number_goes_on` is the optional field that takes what is too long for `number` (parts 5 and 6, 4.2.2).
    """

    name: str
    lines: int
    width: int
    codes: str  # what the document's code may begin with
    issuer: Place
    names: Place
    number: Place
    nationality: Place
    birth: Place
    sex: int
    expiry: Place
    optional: tuple[Place, ...]
    optional_checked: bool = False
    number_goes_on: Place | None = None
    composite: int | None = None
    composite_over: tuple[Place, ...] = ()

    @property
    def length(self) -> int:
        """Characters of the whole zone."""
        return self.lines * self.width


TD1 = ZoneFormat(
    "TD1",
    lines=3,
    width=30,
    codes="ACI",
    issuer=range(2, 5),
    names=range(60, 90),
    number=range(5, 14),
    nationality=range(45, 48),
    birth=range(30, 36),
    sex=37,
    expiry=range(38, 44),
    optional=(range(15, 30), range(48, 59)),
    number_goes_on=range(15, 30),
    composite=59,
    composite_over=(range(5, 30), range(30, 37), range(38, 45), range(48, 59)),
)
TD2 = ZoneFormat(
    "TD2",
    lines=2,
    width=36,
    codes="ACIP",
    issuer=range(2, 5),
    names=range(5, 36),
    number=range(36, 45),
    nationality=range(46, 49),
    birth=range(49, 55),
    sex=56,
    expiry=range(57, 63),
    optional=(range(64, 71),),
    number_goes_on=range(64, 71),
    composite=71,
    composite_over=(range(36, 46), range(49, 56), range(57, 71)),
)
TD3 = ZoneFormat(
    "TD3",
    lines=2,
    width=44,
    codes="P",
    issuer=range(2, 5),
    names=range(5, 44),
    number=range(44, 53),
    nationality=range(54, 57),
    birth=range(57, 63),
    sex=64,
    expiry=range(65, 71),
    optional=(range(72, 86),),
    optional_checked=True,
    composite=87,
    composite_over=(range(44, 54), range(57, 64), range(65, 87)),
)
# A visa's lines are a passport's (9303-7), but nothing behind the expiry is checked.
MRV_A = replace(
    TD3, name="MRV-A", codes="V", optional=(range(72, 88),), optional_checked=False, composite=None, composite_over=()
)
MRV_B = replace(
    TD2, name="MRV-B", codes="V", optional=(range(64, 72),), number_goes_on=None, composite=None, composite_over=()
)
FORMATS = (TD1, TD2, TD3, MRV_A, MRV_B)


def formats_of(lines: tuple[str, ...]) -> tuple[ZoneFormat, ...]:
    """Those whose number and length of lines fit; the document's code decides between them."""
    return tuple(
        known for known in FORMATS if len(lines) == known.lines and all(len(line) == known.width for line in lines)
    )
