"""What a device shows of itself, drawn: lamps, a line of facts, a small display."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shanmen.bench.reading import Display, Fact, Lamp, Reading


class ReadingsView(QWidget):
    """Built anew only when other readings come; else their texts change in place."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[Reading, ...] = ()

    def show_all(self, readings: Sequence[Reading]) -> None:
        """Draws them; nothing happens when nothing has changed."""
        if tuple(readings) == self._shown:
            return
        self._shown = tuple(readings)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for reading in readings:
            if isinstance(reading, Display):
                self._column.addWidget(_label("\n".join(reading.rows), "display", reading.name))
        facts = "  ·  ".join(f"{each.name}: {each.text}" for each in readings if isinstance(each, Fact))
        if facts:
            self._column.addWidget(_label(facts, "shows"))
        lamps = [each for each in readings if isinstance(each, Lamp)]
        if lamps:
            self._column.addWidget(_lamps(lamps))


def _lamps(lamps: Sequence[Lamp]) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    for lamp in lamps:
        label = _label(lamp.name, "lamp")
        label.setWordWrap(False)
        label.setProperty("on", lamp.is_on)
        row.addWidget(label)
    row.addStretch()
    return box


def _label(text: str, name: str, tip: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setToolTip(tip)
    return label
