"""How a visitor wants to see and reach the screen. A new visitor always gets the usual."""

from __future__ import annotations

from dataclasses import dataclass, replace

SIZES = (1.0, 1.25, 1.5, 2.0)
USUAL_ROWS = 5  # times of entry that stand on one page
_ROWS = {1.0: USUAL_ROWS, 1.25: USUAL_ROWS, 1.5: 4, 2.0: 3}


@dataclass(frozen=True)
class Comfort:
    """`size` multiplies everything that is read and touched. `low_reach` keeps all of it where a seated person reaches.

    `elder`: one decision a screen, in the largest type, spoken.
    """

    size: float = SIZES[0]
    contrast: bool = False
    voice: bool = False
    low_reach: bool = False
    elder: bool = False

    @property
    def rows(self) -> int:
        """How many times of entry stand on one page."""
        return _ROWS[self.size]

    def larger(self) -> Comfort:
        """The next size; after the largest the usual again. It ends the elder mode, which has a size of its own."""
        at = SIZES.index(self.size)
        return replace(self, size=SIZES[(at + 1) % len(SIZES)], elder=False)

    def turned_elder(self) -> Comfort:
        """Into the elder mode, or out of it to the usual."""
        if self.elder:
            return replace(self, elder=False, size=SIZES[0], voice=False)
        return replace(self, elder=True, size=SIZES[-1], voice=True)


@dataclass(frozen=True)
class LargerTouched:
    """The next size of the whole screen; after the largest the usual again."""


@dataclass(frozen=True)
class ContrastTouched:
    """High contrast on or off."""


@dataclass(frozen=True)
class VoiceTouched:
    """Reading aloud on or off."""


@dataclass(frozen=True)
class LowReachTouched:
    """Everything lower down, for a person who sits, or back up."""


@dataclass(frozen=True)
class ElderTouched:
    """The elder mode on or off."""


ComfortChange = LargerTouched | ContrastTouched | VoiceTouched | LowReachTouched | ElderTouched
