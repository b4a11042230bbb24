"""Measures a screen against the bars of the accessibility reference, on the widget tree and its pixels.

Criteria by their numbers there: 1 text, 3 targets, 4 gaps, 5 contrast, 7 clipping, 8 fit, 9 names, 10 keyboard,
15 number of choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtGui import QAccessible, QFontMetricsF, QImage
from PySide6.QtWidgets import QWidget

from shared.ui.palette import contrast
from shared.ui.pixels import ground_and_ink
from shared.ui.stepper import RoundButton, Stepper
from shared.ui.text import Text
from shared.ui.tokens import GAP_FLOOR_MM, TARGET_MM, TEXT_FLOOR_MM, Tokens
from shared.ui.touchable import Touchable
from shared.ui.widget_tree import controls, distance, focus_chain, name_of, place_of, texts, works, written

TEXT_CONTRAST = 7.0
ICON_CONTRAST = 3.0
MOST_CHOICES = 6
_ROUNDING_MM = 0.05
_FADE_PX = 2


@dataclass(frozen=True)
class Finding:
    """One bar that is not met, by which widget, and what was measured."""

    criterion: int
    where: str
    what: str


def audit(root: QWidget, tokens: Tokens) -> list[Finding]:
    """Everything that is wrong on `root`, which stands for a whole screen and is shown."""
    checks = (_text, _targets, _gaps, _contrast, _clipping, _fit, _names, _keyboard)
    found = [finding for check in checks for finding in check(root, tokens)]
    return [*found, *_choices(root)]


def _text(root: QWidget, tokens: Tokens) -> Iterator[Finding]:
    floor = TEXT_FLOOR_MM * tokens.size
    for widget, text, font in written(root):
        cap = QFontMetricsF(font).capHeight() / tokens.screen.px_per_mm
        if cap < floor - _ROUNDING_MM:
            yield Finding(1, name_of(widget), f"{text!r}: cap height {cap:.2f} mm")


def _targets(root: QWidget, tokens: Tokens) -> Iterator[Finding]:
    for control in controls(root):
        side = min(control.width(), control.height()) / tokens.screen.px_per_mm
        if side < TARGET_MM - _ROUNDING_MM:
            yield Finding(3, name_of(control), f"{side:.1f} mm")


def _gaps(root: QWidget, tokens: Tokens) -> Iterator[Finding]:
    for first, second in combinations(controls(root), 2):
        gap = distance(place_of(first, root), place_of(second, root)) / tokens.screen.px_per_mm
        if gap < GAP_FLOOR_MM - _ROUNDING_MM:
            yield Finding(4, f"{name_of(first)}, {name_of(second)}", f"{gap:.1f} mm")


def _contrast(root: QWidget, _tokens: Tokens) -> Iterator[Finding]:
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for widget in (*texts(root), *controls(root)):
        ground, ink = ground_and_ink(image, place_of(widget, root).adjusted(_FADE_PX, _FADE_PX, -_FADE_PX, -_FADE_PX))
        bar = ICON_CONTRAST if isinstance(widget, RoundButton) else TEXT_CONTRAST
        ratio = contrast(ground, ink)
        if ratio < bar:
            yield Finding(5, name_of(widget), f"{ink} on {ground}: {ratio:.1f}")


def _clipping(root: QWidget, _tokens: Tokens) -> Iterator[Finding]:
    for widget in (*texts(root), *controls(root)):
        needs = widget.minimumSizeHint().width()
        if isinstance(widget, Text) and not widget.wordWrap():
            needs = widget.sizeHint().width()
        if needs > widget.width():
            yield Finding(7, name_of(widget), f"needs {needs} px of width, has {widget.width()}")
        elif widget.heightForWidth(widget.width()) > widget.height():
            height = widget.heightForWidth(widget.width())
            yield Finding(7, name_of(widget), f"needs {height} px of height, has {widget.height()}")


def _fit(root: QWidget, _tokens: Tokens) -> Iterator[Finding]:
    layout = root.layout()
    if layout is not None:
        needed = layout.minimumSize()
        height = layout.minimumHeightForWidth(root.width()) if layout.hasHeightForWidth() else needed.height()
        if needed.width() > root.width() or height > root.height():
            yield Finding(8, name_of(root), f"needs {needed.width()}x{height} px, has {root.width()}x{root.height()}")
    for widget in (*texts(root), *controls(root)):
        if not root.rect().contains(place_of(widget, root)):
            yield Finding(8, name_of(widget), "stands over the edge")


def _names(root: QWidget, _tokens: Tokens) -> Iterator[Finding]:
    for widget in (*texts(root), *controls(root)):
        seen = QAccessible.queryAccessibleInterface(widget)
        if seen is None or not seen.text(QAccessible.Text.Name).strip():
            yield Finding(9, name_of(widget), "no name")
        elif seen.role() in {QAccessible.Role.NoRole, QAccessible.Role.Client}:
            yield Finding(9, name_of(widget), "no role")


def _keyboard(root: QWidget, _tokens: Tokens) -> Iterator[Finding]:
    """By Tab every control that works is reached, part by part from top to bottom."""
    reached = [widget for widget in focus_chain(root) if isinstance(widget, Touchable) and works(widget)]
    for control in controls(root):
        if control.isEnabled() and control not in reached:
            yield Finding(10, name_of(control), "not reached by Tab")
    yield from _out_of_order(reached, root)


def _out_of_order(reached: list[Touchable], root: QWidget) -> Iterator[Finding]:
    start = min(range(len(reached)), key=lambda i: place_of(reached[i], root).top(), default=0)
    order = reached[start:] + reached[:start]
    for before, after in pairwise(order):
        above, below = place_of(before, root), place_of(after, root)
        beside = above.left() > below.right() or below.left() > above.right()
        if below.bottom() < above.top() and not beside:
            yield Finding(10, f"{name_of(before)}, {name_of(after)}", "Tab goes up the page")


def _choices(root: QWidget) -> Iterator[Finding]:
    """A stepper is one choice; Back, Help and the like are none."""
    grouped = [w for w in root.findChildren(QWidget) if isinstance(w, Stepper) and w.isVisible()]
    single = [c for c in controls(root) if not isinstance(c, RoundButton) and not c.property("navigation")]
    days = {c.parentWidget() for c in controls(root) if isinstance(c, RoundButton)} - set(grouped)
    count = len(grouped) + len(single) + len(days)
    if count > MOST_CHOICES:
        yield Finding(15, name_of(root), f"{count} choices")
