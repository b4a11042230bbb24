"""From device threads to Qt's main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Bridge(QObject):
    """Values posted from any thread reach the handlers on the thread the bridge was made on, in order."""

    _posted = Signal(object)

    def post(self, value: object) -> None:
        """Returns at once; may be called from any thread."""
        self._posted.emit(value)

    def connect_handler(self, handler: Callable[[object], None]) -> None:
        """`handler` is called by the event loop of the bridge's thread, never from within `post`."""
        _Receiver(self, handler)


class _Receiver(QObject):
    """Lives on the bridge's thread, so that the queued signal is delivered there."""

    def __init__(self, bridge: Bridge, handler: Callable[[object], None]) -> None:
        super().__init__(bridge)
        self._handler = handler
        bridge._posted.connect(self.receive, Qt.ConnectionType.QueuedConnection)  # noqa: SLF001

    def receive(self, value: object) -> None:
        """Hands the value on."""
        self._handler(value)
