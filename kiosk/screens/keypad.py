"""The whole kiosk by keys alone: what an audio-navigation keypad sends, and nothing else.

Keypads for blind visitors (EN 301 549, 5.9; such as those of the Storm AudioNav family) send the keys of a keyboard:
arrows, Enter, Escape or Home for back, F1 for help. Every other key is taken away, so that nothing typed at the
machine, by a keyboard that somebody brought or a scanner's control characters, reaches the application or the system.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from kiosk.journeys.events import BackTouched, HelpTouched
from shared.ui.touchable import Touchable, note_input

_Key = Qt.Key


class Press(Enum):
    """What a key means."""

    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    HELP = "help"


_PRESSES = {
    _Key.Key_Down: Press.NEXT,
    _Key.Key_Right: Press.NEXT,
    _Key.Key_Tab: Press.NEXT,
    _Key.Key_Up: Press.PREVIOUS,
    _Key.Key_Left: Press.PREVIOUS,
    _Key.Key_Backtab: Press.PREVIOUS,
    _Key.Key_Return: Press.SELECT,
    _Key.Key_Enter: Press.SELECT,
    _Key.Key_Space: Press.SELECT,
    _Key.Key_Select: Press.SELECT,
    _Key.Key_Escape: Press.BACK,
    _Key.Key_Back: Press.BACK,
    _Key.Key_Home: Press.BACK,
    _Key.Key_F1: Press.HELP,
    _Key.Key_Help: Press.HELP,
}
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def press_of(key: int, modifiers: Qt.KeyboardModifier, *, right_to_left: bool = False) -> Press | None:
    """What a key means here; None for one that means nothing and goes no further.

    A key held with Ctrl, Alt or Meta means nothing. Reading from right to left, left is onward.
    """
    if modifiers & ~_HARMLESS:
        return None
    press = _PRESSES.get(_Key(key)) if key in _KNOWN else None
    sideways = key in (_Key.Key_Left, _Key.Key_Right)
    if right_to_left and sideways:
        return Press.PREVIOUS if press is Press.NEXT else Press.NEXT
    return press


_KNOWN = frozenset(int(key) for key in _PRESSES)
_LONGEST_WAY = 1000  # widgets in one round


class Keypad(QObject):
    """Stands before a window: every key of it comes here first, and only what a keypad sends has a meaning."""

    happened = Signal(object)

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage

    def watch(self, window: QWindow) -> None:
        """Begins; watching twice is once."""
        window.removeEventFilter(self)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                self._pressed(event)
            return True
        return False

    def _pressed(self, event: QKeyEvent) -> None:
        note_input(self._stage, event)
        focused = self._stage.focusWidget()
        reads = (focused or self._stage).layoutDirection()
        match press_of(event.key(), event.modifiers(), right_to_left=reads is Qt.LayoutDirection.RightToLeft):
            case Press.NEXT:
                step(self._stage, forward=True)
            case Press.PREVIOUS:
                step(self._stage, forward=False)
            case Press.SELECT if not event.isAutoRepeat():  # a key that is held chooses once
                if isinstance(focused, Touchable) and focused.isEnabled():
                    focused.click()
            case Press.BACK:
                self.happened.emit(BackTouched())
            case Press.HELP:
                self.happened.emit(HelpTouched())
            case Press.SELECT | None:
                pass


def step(stage: QWidget, *, forward: bool) -> None:
    """The focus goes to the next control, round and round."""
    widget: QWidget | None = stage.focusWidget() or stage
    for _ in range(_LONGEST_WAY):
        if widget is None:
            return
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if isinstance(widget, Touchable) and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
