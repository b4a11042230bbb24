"""Vector pictures: whole pictures that fill or fit their place, and one-colour icons in the theme's ink."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget


@lru_cache(maxsize=64)
def _source(folder: str, name: str) -> bytes:
    return files("assets").joinpath(folder, name).read_bytes()


def _renderer(folder: str, name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(folder, name)))


def icon(name: str, side: int, colour: QColor) -> QPixmap:
    """The icon `assets/icons/<name>.svg`, `side` pixels wide and high, all in one colour."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer("icons", f"{name}.svg").render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), colour)
    painter.end()
    return pixmap


class Picture(QWidget):
    """`assets/pictures/<name>`: whole within its place, or filling it.

    Where it fills its place, `cover` says which height of it is kept: 0 the upper edge, 1 the lower.
    It says something only to the eye: what it shows also stands in words beside it.
    """

    def __init__(self, name: str, size: QSize | None = None, *, cover: float | None = None, radius: int = 0) -> None:
        super().__init__()
        self._cover, self._radius = cover, radius
        self._drawn: QPixmap | None = None
        self._renderer = _renderer("pictures", name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if size is not None:
            self.setFixedSize(size)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self._drawn is None or self._drawn.size() != self.size():
            self._drawn = self._draw()
        QPainter(self).drawPixmap(0, 0, self._drawn)

    def _draw(self) -> QPixmap:
        pixmap = QPixmap(self.size())
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._radius:
            painter.setBrush(Qt.GlobalColor.black)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect(), self._radius, self._radius)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.drawPixmap(0, 0, self._whole())
        painter.end()
        return pixmap

    def _whole(self) -> QPixmap:
        pixmap = QPixmap(self.size())
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._place())
        self._renderer.render(painter, self._place())
        painter.end()
        return pixmap

    def _place(self) -> QRectF:
        """Where the picture stands: centred, or over the edges with the wanted part kept."""
        natural = self._renderer.defaultSize()
        ratios = (self.width() / natural.width(), self.height() / natural.height())
        factor = min(ratios) if self._cover is None else max(ratios)
        width, height = natural.width() * factor, natural.height() * factor
        top = (self.height() - height) * (0.5 if self._cover is None else self._cover)
        return QRectF((self.width() - width) / 2, top, width, height)
