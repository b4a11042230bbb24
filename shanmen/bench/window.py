"""The bench as a window: a section for each device, and the paper as it comes out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from shanmen.bench.action import NonsenseError
from shanmen.bench.panel import StationPanel
from shanmen.bench.table import Bench
from shanmen.bench.tray import TrayedSheet
from shanmen.bench.tray_view import TrayView
from shared.ui.bridge import Bridge
from shared.ui.fonts import family
from shared.ui.palette import NORMAL

WIDTH_PX = 868  # beside a kiosk's window on a screen of 1366 x 768
_REFRESH_MS = 400
_MARGIN, _GAP = 12, 10
_INDEX_PX = 116

_LOOK = """
QWidget {{ background: transparent; color: {ink}; font-family: "{family}"; font-size: 12px; }}
#bench, QToolTip {{ background: {paper}; }}
#title {{ font-size: 17px; font-weight: 700; }}
#said {{ color: {soft}; padding: 6px 2px; font-size: 13px; }}
#said[wrong="true"] {{ color: {accent}; font-weight: 700; }}
QScrollArea {{ border: none; }}
#section {{ background: {card}; border: 1px solid {faint}; border-radius: 10px; }}
#heading {{ font-size: 14px; font-weight: 700; color: {accent}; }}
#shows, #group {{ color: {soft}; }}
#display {{ background: {ink}; color: {mist}; font-family: "Noto Sans Mono CJK SC", monospace; border-radius: 6px;
  padding: 8px 12px; font-size: 15px; }}
#lamp {{ border: 1px solid {line}; border-radius: 9px; padding: 1px 9px; color: {soft}; }}
#lamp[on="true"] {{ background: {focus}; border-color: {focus}; color: {on_accent}; }}
#tray {{ background: {mist}; border-radius: 10px; }}
#empty {{ color: {soft}; padding: 24px; }}
QPushButton {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; padding: 5px 9px; text-align: left; }}
QPushButton:hover {{ border-color: {focus}; }}
QPushButton:pressed {{ background: {mist}; }}
QPushButton:checked {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton[switch="true"] {{ border-radius: 13px; padding: 5px 12px; }}
#index {{ border: none; background: transparent; padding: 5px 8px; }}
#index:hover {{ background: {mist}; }}
QLineEdit {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; padding: 5px 9px; }}
QScrollBar:vertical {{ width: 10px; background: transparent; }}
QScrollBar::handle:vertical {{ background: {faint}; border-radius: 5px; min-height: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
"""


@dataclass(frozen=True, slots=True)
class _Said:
    """What came of an action."""

    sentence: str
    is_wrong: bool


class DeviceBench(QWidget):
    """Works a bench. Actions run on a thread of their own, so that a slow device does not stop the window."""

    def __init__(self, bench: Bench, height_px: int) -> None:
        super().__init__()
        self.setObjectName("bench")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Shanmen: device bench")
        self.setStyleSheet(_LOOK.format(family=family("en"), **asdict(NORMAL)))
        self._bench = bench
        self._worker = ThreadPoolExecutor(1, "bench-action")
        self._bridge = Bridge(self)
        self._bridge.connect_handler(self._receive)
        self._panels = [StationPanel(station, self._do) for station in bench.stations]
        self._said = _label("Everything here speaks to the real drivers, over real lines.", "said")
        self._tray = TrayView()
        self._lay_out()
        self.resize(WIDTH_PX, height_px)
        for sheet in bench.tray.sheets:
            self._tray.add(sheet)
        bench.tray.hear(self._bridge.post)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start(_REFRESH_MS)

    def refresh(self) -> None:
        """Shows every device as it is now."""
        for panel in self._panels:
            panel.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Waits for the action that is under way."""
        self._timer.stop()
        self._worker.shutdown()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        sections = QVBoxLayout()
        sections.setSpacing(_GAP)
        for panel in self._panels:
            sections.addWidget(panel)
        sections.addStretch()
        middle = QVBoxLayout()
        middle.addWidget(self._scrolling(sections))
        middle.addWidget(self._said)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_GAP)
        row.addLayout(self._index())
        row.addLayout(middle, 1)
        row.addWidget(self._tray)

    def _scrolling(self, sections: QVBoxLayout) -> QScrollArea:
        self._area = QScrollArea()
        inside = QWidget()
        sections.setContentsMargins(0, 0, _GAP, 0)
        inside.setLayout(sections)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._area

    def _index(self) -> QVBoxLayout:
        """The devices' names: a press brings the section into sight."""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(_label("Device bench", "title"))
        for panel in self._panels:
            button = QPushButton(panel.title)
            button.setObjectName("index")
            button.setFixedWidth(_INDEX_PX)
            button.clicked.connect(lambda _=False, panel=panel: self._show(panel))
            column.addWidget(button)
        column.addStretch()
        return column

    def _show(self, panel: StationPanel) -> None:
        self._area.verticalScrollBar().setValue(panel.pos().y())

    def _do(self, words: Sequence[str]) -> None:
        self._worker.submit(self._perform, words)

    def _perform(self, words: Sequence[str]) -> None:
        """On the worker's thread."""
        try:
            said = _Said(self._bench.perform(words), is_wrong=False)
        except NonsenseError as error:
            said = _Said(str(error), is_wrong=True)
        self._bridge.post(said)

    def _receive(self, news: object) -> None:
        match news:
            case TrayedSheet():
                self._tray.add(news)
            case _Said(sentence, is_wrong):
                self._said.setText(sentence)
                self._said.setProperty("wrong", is_wrong)
                self._said.style().polish(self._said)
                self.refresh()
            case _:
                raise TypeError(f"nothing posts a {type(news).__name__}")


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
