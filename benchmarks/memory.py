"""How much memory a kiosk takes: a process of its own with every screen shown, while visitors buy.

Run: `python -m benchmarks.memory [--sales N]`. Central and the emulated devices stand in other processes. Prints the
kiosk's memory after each sale.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from central.app import create_enrolment_code
from central.settings import load_settings
from kiosk.app import Kiosk
from kiosk.settings import KioskSettings
from shanmen.demo.gallery import Gallery
from shanmen.demo.visitor import Visitor, first_open
from shanmen.demo.world import World, central_settings, demonstration
from shanmen.enrolment import enrol_terminal
from shared.system_clock import SystemClock


class NoGallery:
    """Takes no pictures."""

    def take(self, *_: object) -> None:
        """Looks away."""


class Elsewhere:
    """The world as the kiosk's process sees it: who stands outside is asked over standard output."""

    def show_code(self, *_: object) -> None:
        print("code", flush=True)


def memory() -> str:
    """Of this process: the peak, and what it holds for itself now; the rest is mapped files, such as fonts."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return f"peak {peak} MB, now {int(fields['RssAnon'].split()[0]) // 1024} MB of its own"


def child(settings: KioskSettings, offset: timedelta, sales: int) -> None:
    """The kiosk alone."""
    application = QApplication([sys.argv[0]])
    with closing(Kiosk(settings, SystemClock(offset), application.quit)) as kiosk:
        kiosk.stage.setFixedSize(settings.screen.width_px, settings.screen.height_px)
        kiosk.stage.show()
        kiosk.start()
        visitor = Visitor(kiosk, cast(World, Elsewhere()), cast(Gallery, NoGallery()))
        visitor.until(lambda state: state.house.online and state.house.can_serve)
        print(f"before the first sale: {memory()}", flush=True)
        for number in range(1, sales + 1):
            visitor.buy(("en", "ja", "zh-Hans")[number % 3], {"adult": 2}, lambda at: first_open(at, 2))
            # What Qt's own loop would have done between two visitors: the visitor here stands outside it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            print(f"after sale {number}: {memory()}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sales", type=int, default=4)
    options.add_argument("--child", nargs=2, metavar=("SETTINGS", "OFFSET"))
    chosen = options.parse_args()
    if chosen.child:
        settings, offset = chosen.child
        child(KioskSettings.model_validate_json(settings), timedelta(seconds=float(offset)), chosen.sales)
        return
    play(chosen.sales)


def play(sales: int) -> None:
    """Everything but the kiosk, and what the kiosk's process says."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder), datetime.now(UTC)) as world,
    ):
        code = create_enrolment_code(load_settings(central_settings(world.folder)))
        enrol_terminal(world.settings, code, SystemClock(world.offset))
        arguments = [world.settings.model_dump_json(), str(world.offset.total_seconds())]
        command = [sys.executable, "-m", "benchmarks.memory", "--sales", str(sales), "--child", *arguments]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as kiosk:
            assert kiosk.stdout is not None
            for line in kiosk.stdout:
                if line == "code\n":
                    world.show_code()
                elif line.startswith(("before", "after")):
                    print(line, end="", flush=True)


if __name__ == "__main__":
    main()
