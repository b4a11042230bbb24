"""Walking the widget tree: what is seen, what can be touched, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from shared.ui.text import Text
from shared.ui.touchable import Touchable


def texts(root: QWidget) -> list[Text]:
    """The texts that are seen."""
    return [text for text in root.findChildren(Text) if text.isVisible() and text.text()]


def controls(root: QWidget) -> list[Touchable]:
    """What can be touched and is seen."""
    return [control for control in root.findChildren(Touchable) if control.isVisible()]


def written(root: QWidget) -> Iterator[tuple[QWidget, str, QFont]]:
    """Every piece of text that is seen, on a label or a control, with its font."""
    for label in texts(root):
        yield label, label.text(), label.font()
    for control in controls(root):
        for text, font in control.texts():
            yield control, text, font


def focus_chain(root: QWidget) -> Iterator[QWidget]:
    """The widgets in the order of the Tab key, from the root once round."""
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        yield widget
        widget = widget.nextInFocusChain()


def works(control: Touchable) -> bool:
    """Whether the keyboard can use it now."""
    return control.isVisible() and control.isEnabled() and bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)


def place_of(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget stands on the root."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def distance(first: QRect, second: QRect) -> float:
    """Pixels between two rectangles; 0 where they touch or overlap."""
    across = max(first.left() - second.right() - 1, second.left() - first.right() - 1, 0)
    down = max(first.top() - second.bottom() - 1, second.top() - first.bottom() - 1, 0)
    return float((across**2 + down**2) ** 0.5)


def name_of(widget: QWidget) -> str:
    """What a finding calls a widget: its object name, else its text."""
    return widget.objectName() or (widget.text() if isinstance(widget, Text) else type(widget).__name__)
