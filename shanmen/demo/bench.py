"""The device bench: a window to put codes before the scanner, empty the printer, cut the line, and see the paper."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from drivers.emulators.printer_mechanism import Sheet
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour
from shanmen.demo.paper import photograph
from shanmen.demo.world import World
from shared.ui.bridge import Bridge

_CODES = (
    ("A code that pays", Behaviour.APPROVE),
    ("Pays after confirming on the telephone", Behaviour.CONFIRM_SOON),
    ("Not enough money", Behaviour.NOT_ENOUGH),
    ("Expired code", Behaviour.EXPIRED),
    ("Paid, but the answer is lost", Behaviour.ANSWER_LOST),
)
_TROUBLES = (
    ("Paper is out", PrinterTrouble.PAPER_OUT),
    ("Cover is open", PrinterTrouble.COVER_OPEN),
    ("Next confirmation is lost", PrinterTrouble.LOSE_CONFIRMATION),
)
_PREVIEW_PX = 300


class DeviceBench(QWidget):
    """Stands beside the kiosk's window and works the emulated devices of a `World`."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.setWindowTitle("Shanmen - device bench")
        self._world = world
        self._paper = QVBoxLayout()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop)
        columns = QHBoxLayout(self)
        columns.addLayout(self._controls())
        columns.addWidget(self._tray(), 1)
        bridge = Bridge(self)
        bridge.connect_handler(self._show_sheet)
        world.printer.listen(bridge.post)

    def _controls(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(_box("Before the scanner", [_button(text, self._show_code(b)) for text, b in _CODES]))
        garbled = _button("A torn code", lambda: self._world.scanner.present("1012"))
        column.addWidget(_box("Something else", [garbled]))
        column.addWidget(_box("Ticket printer", [_switch(text, self._trouble(t)) for text, t in _TROUBLES]))
        column.addWidget(_box("Line to central", [_switch("Cut", self._cut)]))
        column.addStretch()
        return column

    def _tray(self) -> QScrollArea:
        tray, area = QWidget(), QScrollArea()
        tray.setLayout(self._paper)
        area.setWidget(tray)
        area.setWidgetResizable(True)
        area.setMinimumWidth(_PREVIEW_PX + 60)
        return area

    def _show_code(self, behaviour: Behaviour) -> Callable[[], None]:
        return lambda: self._world.show_code(behaviour)

    def _trouble(self, trouble: PrinterTrouble) -> Callable[[bool], None]:
        printer = self._world.printer
        return lambda on: printer.set_fault(trouble) if on else printer.clear_fault(trouble)

    def _cut(self, on: bool) -> None:
        if on:
            self._world.line.cut()
        else:
            self._world.line.restore()

    def _show_sheet(self, sheet: object) -> None:
        if isinstance(sheet, Sheet):
            picture = QLabel()
            picture.setPixmap(_pixmap(photograph(sheet.image)))
            self._paper.insertWidget(0, picture)


def _button(text: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(pressed)
    return button


def _switch(text: str, turned: Callable[[bool], None]) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    button.toggled.connect(turned)
    return button


def _box(title: str, buttons: list[QPushButton]) -> QGroupBox:
    box = QGroupBox(title)
    column = QVBoxLayout(box)
    for button in buttons:
        column.addWidget(button)
    return box


def _pixmap(picture: Image.Image) -> QPixmap:
    data = picture.convert("RGB").tobytes()
    image = QImage(data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image).scaledToWidth(_PREVIEW_PX, Qt.TransformationMode.SmoothTransformation)
