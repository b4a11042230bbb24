"""How well and how fast machine-readable zones are read from pictures of drawn documents.

Run: `python -m benchmarks.mrz [--documents N] [--frames N] [--degrees NAME ...]`. For each degree of wear, N documents
of made-up people (passports and cards in turn) are shown for a few frames each. Exit status 1 when one was taken
wrongly without a person's confirmation.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from datetime import date
from typing import Literal

from drivers.contracts.identity import ConfirmationNeeded, DocumentRead, IdentityDetails
from drivers.emulators.document_page import page
from drivers.emulators.made_up_people import traveller
from drivers.emulators.scenery import empty_scene, laid_on
from drivers.emulators.wear import DEGREES, Wear, worn
from drivers.emulators.zone_writer import ZoneSize, zone
from drivers.identity.camera.recogniser import OnnxRecogniser, Recogniser
from drivers.identity.camera.sighting import Region, sight
from drivers.identity.camera.voting import Ballot
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.zone import read_zone

TODAY = date(2026, 11, 23)
SIZES: tuple[ZoneSize, ...] = ("TD3", "TD3", "TD1", "TD2")
Outcome = Literal["taken", "to confirm", "to confirm, wrong", "refused", "TAKEN WRONGLY"]


def truth_of(lines: tuple[str, ...]) -> IdentityDetails:
    answer = judge(read_zone(lines), TODAY)
    assert isinstance(answer, DocumentRead), "a made-up document must be right"
    return answer.details


def show(recogniser: Recogniser, number: int, wear: Wear, frames: int) -> tuple[Outcome, list[float]]:
    """One document before the camera: what came of it, and the seconds of processor time of each frame."""
    size = SIZES[number % len(SIZES)]
    lines = zone(traveller(number, size, awkward=number % 5 == 4), size)
    scene = laid_on(empty_scene(1280, 720), page(lines, seed=number), 0.95)
    ballot, verdict, seconds = Ballot(TODAY), None, []
    for frame in range(frames):
        picture = worn(scene, wear, seed=number * 100 + frame)
        began = time.process_time()
        sighting = sight(picture, Region(), recogniser)
        if sighting is not None:
            ballot.add(sighting)
            verdict = ballot.verdict() or verdict
        seconds.append(time.process_time() - began)
        if isinstance(verdict, DocumentRead):
            break
    return outcome(verdict, truth_of(lines)), seconds


def outcome(verdict: DocumentRead | ConfirmationNeeded | None, truth: IdentityDetails) -> Outcome:
    if verdict is None:
        return "refused"
    if isinstance(verdict, ConfirmationNeeded):
        return "to confirm" if verdict.details == truth else "to confirm, wrong"
    return "taken" if verdict.details == truth else "TAKEN WRONGLY"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--frames", type=int, default=4)
    parser.add_argument("--degrees", nargs="*", default=list(DEGREES), choices=list(DEGREES))
    asked = parser.parse_args()
    recogniser = OnnxRecogniser()
    heads = (
        "wear",
        "taken",
        "to confirm, right",
        "to confirm, wrong",
        "refused",
        "taken wrongly",
        "frames",
        "ms a frame",
    )
    print(f"| {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|---|---|")
    wrong = 0
    for name in asked.degrees:
        results = [show(recogniser, number, DEGREES[name], asked.frames) for number in range(asked.documents)]
        counts = Counter(result for result, _ in results)
        wrong += counts["TAKEN WRONGLY"]
        times = [moment for _, seconds in results for moment in seconds]
        columns = (counts["taken"], counts["to confirm"], counts["to confirm, wrong"], counts["refused"])
        row = " | ".join(f"{count / asked.documents:.0%}" for count in columns)
        mean, median = len(times) / asked.documents, statistics.median(times) * 1000
        print(f"| {name} | {row} | {counts['TAKEN WRONGLY']} | {mean:.1f} | {median:.0f} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
