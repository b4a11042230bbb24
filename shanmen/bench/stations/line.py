"""The line to central on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.network_line import NetworkLine
from shanmen.bench.action import Number, Press, Switch
from shanmen.bench.reading import Lamp, Reading
from shanmen.bench.station import OpenStation, Station


def opener(host: str, port: int) -> OpenStation:
    """What lays a line to central at this address."""

    def open_line(stack: ExitStack, _folder: Path) -> Station:
        return line_station(stack.enter_context(NetworkLine(host, port)))

    return open_line


def line_station(line: NetworkLine) -> Station:
    """The place of a line that is laid already."""

    def cut(on: bool) -> None:
        if on:
            line.cut()
        else:
            line.restore()

    def slow(seconds: str) -> str:
        line.delay(float(seconds))
        return f"Everything on the line is held back for {seconds} s."

    return Station(
        "line",
        "Line to central",
        (
            Switch("cut", "Cut", cut, lambda: line.is_cut, "restore"),
            Press("slow", "Slow it down", slow, Number("seconds", 0, 30, 2, fraction=True)),
        ),
        {"central": {"url": f"http://{line.host}:{line.port}"}},
        lambda: _readings(line),
    )


def _readings(line: NetworkLine) -> tuple[Reading, ...]:
    return (Lamp("through", not line.is_cut),)
