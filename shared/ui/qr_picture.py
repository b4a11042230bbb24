"""A QR code on the screen: dark on light in every palette, with its quiet zone, as large as its place."""

from __future__ import annotations

import qrcode
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shared.ui.theme import Theme

SIDE_MM = 150.0
SIDE_WIDE_MM = 110.0  # a wide screen is not as high
_QUIET_MODULES = 4  # ISO/IEC 18004


class QrPicture(QWidget):
    """Shows a text as a QR code; an empty text shows nothing."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._side = theme.px(SIDE_WIDE_MM if theme.tokens.screen.landscape else SIDE_MM)
        self._matrix: list[list[bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Draws another code. The text itself is kept nowhere."""
        self._matrix = []
        if text:
            code = qrcode.QRCode(border=_QUIET_MODULES, error_correction=qrcode.constants.ERROR_CORRECT_M)
            code.add_data(text)
            self._matrix = code.get_matrix()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if not self._matrix:
            return
        module = min(self.width(), self.height()) // len(self._matrix)
        side = module * len(self._matrix)
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter = QPainter(self)
        painter.fillRect(QRect(left, top, side, side), QColor(Qt.GlobalColor.white))
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, QColor(Qt.GlobalColor.black))
        painter.end()
