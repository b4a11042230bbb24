"""How much memory a kiosk takes: a process of its own with every screen shown, while visitors buy.

Run: `python -m benchmarks.memory [--sales N]`. Central and the emulated devices stand in other processes. Prints the
kiosk's memory in MB after each sale: the peak in RAM (own memory and mapped files together), what it has now of either,
and both with each page counted once: a font file that is open in several sizes is mapped as often, and in RAM once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from central.app import create_enrolment_code
from central.settings import load_settings
from shanmen.demo.world import central_settings, demonstration
from shanmen.enrolment import enrol_terminal
from shared.system_clock import SystemClock


def play(sales: int) -> None:
    """Everything but the kiosk, and what the kiosk's process says."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder), datetime.now(UTC)) as world,
    ):
        code = create_enrolment_code(load_settings(central_settings(world.folder)))
        enrol_terminal(world.settings, code, SystemClock(world.offset))
        arguments = [world.settings.model_dump_json(), str(world.offset.total_seconds()), "--sales", str(sales)]
        command = [sys.executable, "-m", "benchmarks.memory_kiosk", *arguments]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        print("| sales | peak | own | mapped | each page once |\n|---|---|---|---|---|", flush=True)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as kiosk:
            assert kiosk.stdout is not None
            for line in kiosk.stdout:
                if line == "code\n":
                    world.show_code()
                elif line.startswith("|"):
                    print(line, end="", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sales", type=int, default=4)
    play(options.parse_args().sales)


if __name__ == "__main__":
    main()
