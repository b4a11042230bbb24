"""How well and how fast codes are read from camera frames of 1280x720.

Run: `python -m benchmarks.codes [--frames N]`. For each degree of wear, N frames of each kind of code; a frame counts
when its code was read. Exit status 1 when a code was read that was not there.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator

import numpy as np

from drivers.camera.codes import codes_in
from drivers.emulators.code_pictures import CodeKind, code_picture
from drivers.emulators.scenery import Picture, empty_scene, laid_on
from drivers.emulators.wear import DEGREES, worn

# What is shown at a gate or a till: a ticket's signed code, a payment code, the codes of other systems.
CONTENTS: dict[CodeKind, int] = {"QR": 168, "PDF417": 60, "Aztec": 60, "Data Matrix": 60, "Code 128": 18}
SHARE = 0.55  # of the frame's height (or width) that the code takes


def text_of(kind: CodeKind, seed: int) -> str:
    chance = np.random.default_rng(seed)
    alphabet = list("0123456789" if kind == "Code 128" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    return "".join(chance.choice(alphabet, CONTENTS[kind]))


def frames(kind: CodeKind, degree: str, count: int) -> Iterator[tuple[str, Picture]]:
    for seed in range(count):
        text = text_of(kind, seed)
        scene = laid_on(empty_scene(1280, 720), code_picture(kind, text), SHARE)
        yield text, worn(scene, DEGREES[degree], seed)


def measure(kind: CodeKind, degree: str, count: int) -> tuple[int, int, list[float]]:
    """Frames read, codes that were not there, seconds of each frame."""
    read = wrong = 0
    seconds = []
    for text, picture in frames(kind, degree, count):
        began = time.process_time()
        found = codes_in(picture)
        seconds.append(time.process_time() - began)
        read += text.encode() in {code.data for code in found}
        wrong += sum(code.data != text.encode() for code in found)
    return read, wrong, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--frames", type=int, default=20)
    count: int = parser.parse_args().frames
    print(f"| wear | {' | '.join(CONTENTS)} | read wrongly | ms a frame, QR | ms a frame, all |")
    print("|---|" + "---|" * (len(CONTENTS) + 3))
    wrong_ones = 0
    for degree in DEGREES:
        results = {kind: measure(kind, degree, count) for kind in CONTENTS}
        wrong = sum(found for _, found, _ in results.values())
        wrong_ones += wrong
        rates = " | ".join(f"{read / count:.2f}" for read, _, _ in results.values())
        every = [moment for _, _, seconds in results.values() for moment in seconds]
        qr = statistics.median(results["QR"][2]) * 1000
        print(f"| {degree} | {rates} | {wrong} | {qr:.1f} | {statistics.median(every) * 1000:.1f} |", flush=True)
    return 1 if wrong_ones else 0


if __name__ == "__main__":
    sys.exit(main())
