"""The kiosk of `benchmarks.memory`: a process of its own, so that nothing but the kiosk is in its memory.

Beside the kiosk it holds the visitor who plays by itself, some 4 MB.
"""

from __future__ import annotations

from shared.thrift import keep_small

keep_small()  # as `shanmen kiosk` does, before anything else is loaded

# ruff: noqa: E402
import argparse
import resource
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kiosk.app import Kiosk
from kiosk.settings import KioskSettings
from shanmen.demo.gallery import Gallery
from shanmen.demo.visitor import Visitor, first_open
from shanmen.demo.world import World
from shared.system_clock import SystemClock

LANGUAGES = ("en", "ja", "zh-Hans", "ko", "ru", "zh-Hant")


class NoGallery:
    """Takes no pictures."""

    def take(self, *_: object) -> None:
        """Looks away."""


class Elsewhere:
    """The world as the kiosk's process sees it: who stands outside is asked over standard output."""

    def show_code(self, *_: object) -> None:
        print("code", flush=True)


def memory() -> str:
    """Megabytes of this process: the most that it ever had; its own now, mapped files, and both, each page once."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = (Path("/proc/self") / name for name in ("status", "smaps_rollup"))
    said = [line.split() for file in lines for line in file.read_text().splitlines()]
    found = {line[0]: int(line[1]) // 1024 for line in said if line[-1] == "kB"}
    return f"| {peak} | {found['RssAnon:']} | {found['RssFile:']} | {found['Pss:']} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("settings")
    options.add_argument("offset", type=float, help="seconds by which the demonstration's clock is ahead")
    options.add_argument("--sales", type=int, required=True)
    chosen = options.parse_args()
    settings = KioskSettings.model_validate_json(chosen.settings)
    application = QApplication([sys.argv[0]])
    with closing(Kiosk(settings, SystemClock(timedelta(seconds=chosen.offset)), application.quit)) as kiosk:
        kiosk.stage.setFixedSize(settings.screen.width_px, settings.screen.height_px)
        kiosk.stage.show()
        kiosk.start()
        sell(kiosk, chosen.sales)


def sell(kiosk: Kiosk, sales: int) -> None:
    visitor = Visitor(kiosk, cast(World, Elsewhere()), cast(Gallery, NoGallery()))
    visitor.until(lambda state: state.house.online and state.house.can_serve)
    print(f"| 0 {memory()}", flush=True)
    for number in range(1, sales + 1):
        visitor.buy(LANGUAGES[number % len(LANGUAGES)], {"adult": 2}, lambda at: first_open(at, 2))
        # What Qt's own loop would have done between two visitors: the visitor here stands outside it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        print(f"| {number} {memory()}", flush=True)


if __name__ == "__main__":
    main()
