"""The paper that came out, drawn: the newest sheet on top."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from shanmen.bench.paper import photograph
from shanmen.bench.tray import TrayedSheet

_PREVIEW_PX = 220
_FRAME_PX = 36
_SHOWN = 24  # older ones are in the tray, not in the view


class TrayView(QScrollArea):
    """A column of sheets."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty = QLabel("Tickets and receipts\ncome out here.")
        self._empty.setObjectName("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._empty)
        self._pictures: list[QLabel] = []
        self.setObjectName("tray")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFixedWidth(_PREVIEW_PX + _FRAME_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, sheet: TrayedSheet) -> None:
        """Draws a sheet on top of the others."""
        self._empty.hide()
        picture = QLabel()
        picture.setPixmap(_pixmap(photograph(sheet.sheet.image)))
        picture.setToolTip(f"{sheet.number}: {sheet.device}")
        self._column.insertWidget(0, picture)
        self._pictures.insert(0, picture)
        for old in self._pictures[_SHOWN:]:
            old.deleteLater()
        del self._pictures[_SHOWN:]


def _pixmap(picture: Image.Image) -> QPixmap:
    data = picture.convert("RGB").tobytes()
    image = QImage(data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image).scaledToWidth(_PREVIEW_PX, Qt.TransformationMode.SmoothTransformation)
