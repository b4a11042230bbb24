"""The device bench: a window to put codes before the scanner, empty the printer, cut the line, and see the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from drivers.emulators.printer_mechanism import Sheet
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour
from shanmen.demo.paper import photograph
from shanmen.demo.world import World
from shared.ui.bridge import Bridge
from shared.ui.fonts import family
from shared.ui.palette import NORMAL

_CODES = (
    ("A code that pays", Behaviour.APPROVE),
    ("Pays after confirming on the phone", Behaviour.CONFIRM_SOON),
    ("Not enough money", Behaviour.NOT_ENOUGH),
    ("A code that has expired", Behaviour.EXPIRED),
    ("Paid, but the answer is lost", Behaviour.ANSWER_LOST),
)
_TROUBLES = (
    ("Paper out", PrinterTrouble.PAPER_OUT),
    ("Paper nearly out", PrinterTrouble.NEAR_END),
    ("Cover open", PrinterTrouble.COVER_OPEN),
    ("Lose the next confirmation", PrinterTrouble.LOSE_CONFIRMATION),
)
_TORN_CODE = "13012345"
_PREVIEW_PX = 300
_MARGIN, _GAP = 28, 10

_LOOK = """
QWidget {{ background: {paper}; color: {ink}; font-family: "{family}"; font-size: 15px; }}
#title {{ font-size: 24px; font-weight: 700; }}
#heading {{ font-weight: 700; color: {accent}; padding-top: 14px; }}
#tray, #tray QWidget {{ background: {mist}; border: none; border-radius: 10px; }}
#empty {{ color: {soft}; padding: 40px; }}
QPushButton {{ background: {card}; border: 1px solid {line}; border-radius: 8px; padding: 11px 16px;
  text-align: left; }}
QPushButton:pressed {{ background: {mist}; }}
QPushButton:checked {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
"""


class DeviceBench(QWidget):
    """Stands beside the kiosk's window and works the emulated devices of a `World`."""

    def __init__(self, world: World, height_px: int) -> None:
        super().__init__()
        self.setWindowTitle("Shanmen: device bench")
        self.setStyleSheet(_LOOK.format(family=family("en"), **asdict(NORMAL)))
        self._world = world
        self._sheets = QVBoxLayout()
        self._empty = _label("Tickets and receipts come out here.", "empty")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addLayout(self._controls())
        row.addWidget(self._tray())
        self.setFixedHeight(height_px)
        bridge = Bridge(self)
        bridge.connect_handler(self._show_sheet)
        world.printer.listen(bridge.post)

    def _controls(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addWidget(_label("Device bench", "title"))
        _add(column, "Hold before the scanner", [_button(text, self._show_code(how)) for text, how in _CODES])
        column.addWidget(_button("A torn code", lambda: self._world.scanner.present(_TORN_CODE)))
        _add(column, "Ticket printer", [_switch(text, self._trouble(what)) for text, what in _TROUBLES])
        _add(column, "Line to central", [_switch("Cut", self._cut)])
        column.addStretch()
        return column

    def _tray(self) -> QScrollArea:
        tray, area = QWidget(), QScrollArea()
        tray.setLayout(self._sheets)
        self._sheets.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._sheets.addWidget(self._empty)
        area.setObjectName("tray")
        area.setWidget(tray)
        area.setWidgetResizable(True)
        area.setFixedWidth(_PREVIEW_PX + 60)
        return area

    def _show_code(self, how: Behaviour) -> Callable[[], None]:
        return lambda: self._world.show_code(how)

    def _trouble(self, what: PrinterTrouble) -> Callable[[bool], None]:
        printer = self._world.printer
        return lambda on: printer.set_fault(what) if on else printer.clear_fault(what)

    def _cut(self, on: bool) -> None:
        if on:
            self._world.line.cut()
        else:
            self._world.line.restore()

    def _show_sheet(self, sheet: object) -> None:
        if isinstance(sheet, Sheet):
            self._empty.hide()
            picture = QLabel()
            picture.setPixmap(_pixmap(photograph(sheet.image)))
            self._sheets.insertWidget(0, picture)


def _add(column: QVBoxLayout, heading: str, buttons: list[QPushButton]) -> None:
    column.addWidget(_label(heading, "heading"))
    for button in buttons:
        column.addWidget(button)


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label


def _button(text: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(pressed)
    return button


def _switch(text: str, turned: Callable[[bool], None]) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    button.toggled.connect(turned)
    return button


def _pixmap(picture: Image.Image) -> QPixmap:
    data = picture.convert("RGB").tobytes()
    image = QImage(data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image).scaledToWidth(_PREVIEW_PX, Qt.TransformationMode.SmoothTransformation)
