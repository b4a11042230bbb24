"""What an emulated ESC/POS printer understands, from the published command reference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reset:
    """ESC @."""


@dataclass(frozen=True, slots=True)
class Graphics:
    """GS v 0: `bits` are `height` rows of `row_bytes` bytes, 1 = black."""

    row_bytes: int
    height: int
    bits: bytes


@dataclass(frozen=True, slots=True)
class PaperFeed:
    """ESC J: dots at 1/203 inch."""

    dots: int


@dataclass(frozen=True, slots=True)
class Characters:
    """Printable text for the built-in font, up to a line end. Chinese characters take two cells."""

    text: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """LF: prints the line."""


@dataclass(frozen=True, slots=True)
class Justification:
    """ESC a: 0 left, 1 centre, 2 right."""

    side: int


@dataclass(frozen=True, slots=True)
class Knife:
    """GS V. `feed` is None for a cut on the spot, else the dots to feed beyond the knife first."""

    partial: bool
    feed: int | None


@dataclass(frozen=True, slots=True)
class IdentityRequest:
    """GS ( H function 48: send this identity back when all before it is printed."""

    identity: bytes


@dataclass(frozen=True, slots=True)
class SensorRequest:
    """GS r: transmit a sensor's state, in order."""

    number: int


@dataclass(frozen=True, slots=True)
class AutomaticStatusSwitch:
    """GS a: which changes are to be reported unasked; 0 = none."""

    mask: int


@dataclass(frozen=True, slots=True)
class SymbolFunction:
    """GS ( k with cn = 49 (QR): function number and its data."""

    function: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ChineseMode:
    """FS & and FS . : two and four byte characters of GB 18030 are read, or not."""

    on: bool


@dataclass(frozen=True, slots=True)
class CharacterSize:
    """GS !: how many times the normal size, 1 to 8."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """ESC E."""

    on: bool


@dataclass(frozen=True, slots=True)
class LineSpacing:
    """ESC 3 in dots; None = ESC 2, the normal one."""

    dots: int | None


@dataclass(frozen=True, slots=True)
class DrawerPulse:
    """ESC p: a pulse on connector pin 2 (0) or 5 (1)."""

    pin: int


@dataclass(frozen=True, slots=True)
class EjectorFunction:
    """GS e: 2 retract, 3 present by `steps`, 5 eject."""

    function: int
    steps: int = 0


@dataclass(frozen=True, slots=True)
class MarkFeed:
    """FS ( L: 65 feeds to the peeling position, 66 to the cutting position, 67 to the start of printing."""

    function: int


@dataclass(frozen=True, slots=True)
class RealTime:
    """DLE EOT in the stream: answered on arrival, passed over here."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A command this printer has no use for, or a byte that is none."""


Command = (
    Reset
    | Graphics
    | PaperFeed
    | Characters
    | LineEnd
    | Justification
    | Knife
    | IdentityRequest
    | SensorRequest
    | AutomaticStatusSwitch
    | SymbolFunction
    | ChineseMode
    | CharacterSize
    | Emphasis
    | LineSpacing
    | DrawerPulse
    | EjectorFunction
    | MarkFeed
    | RealTime
    | Ignored
)
