"""Passports and cards by camera: the identity reader's contract, over a real stream of pictures.

How well and how fast is what benchmarks/mrz.py says; here a few documents show that none is taken wrongly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    Doubt,
    IdentityReader,
    NoDocument,
    ReaderLost,
    ReaderReady,
)
from drivers.emulators.document_page import page
from drivers.emulators.made_up_people import traveller
from drivers.emulators.mjpeg_camera import MjpegCameraEmulator
from drivers.emulators.scenery import OpticalTrouble, Picture, empty_scene, laid_on
from drivers.emulators.wear import DEGREES, worn
from drivers.emulators.zone_writer import ZoneSize, zone
from drivers.errors import ConfigurationError
from drivers.identity.camera.decoding import read_line
from drivers.identity.camera.locating import locate
from drivers.identity.camera.recogniser import OnnxRecogniser
from drivers.identity.camera.sighting import Region, Sighting, sight
from drivers.identity.camera.voting import Ballot
from drivers.identity.mrz.alphabet import CHARACTERS
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.zone import read_zone
from drivers.registry import DeviceSettings
from drivers.registry_camera import build_camera
from drivers.registry_identity import build_identity_reader

TODAY = date(2026, 11, 23)
EMPTY = empty_scene(1280, 720)


def scene(number: int, size: ZoneSize = "TD3") -> Picture:
    return laid_on(EMPTY, page(zone(traveller(number, size), size), seed=number), 0.95)


@pytest.fixture(scope="module")
def recogniser() -> OnnxRecogniser:
    return OnnxRecogniser()


@pytest.fixture
def lens() -> Iterator[MjpegCameraEmulator]:
    with MjpegCameraEmulator(fps=10) as emulator:
        yield emulator


@pytest.fixture
def open_document_camera(lens: MjpegCameraEmulator) -> Iterator[Callable[..., IdentityReader]]:
    with ExitStack() as stack:

        def make(**options: object) -> IdentityReader:
            reader = build_identity_reader(DeviceSettings("identity", "mrz-camera", lens.address, options))
            reader.open()
            stack.callback(reader.close)
            return reader

        yield make


def test_a_passport_before_the_camera_is_read(
    lens: MjpegCameraEmulator, open_document_camera: Callable[..., IdentityReader], capsys: pytest.CaptureFixture[str]
) -> None:
    person = traveller(3)
    lens.show(scene(3))
    reader = open_document_camera()
    answer = reader.read(30)
    assert isinstance(answer, DocumentRead), answer
    assert (answer.details.number, answer.details.nationality) == (person.number, person.nationality)
    assert person.number not in repr(answer) + capsys.readouterr().out


def test_a_card_lying_upside_down_in_its_tray_is_read(
    lens: MjpegCameraEmulator, open_document_camera: Callable[..., IdentityReader]
) -> None:
    lens.show(np.ascontiguousarray(scene(7, "TD1")[::-1, ::-1]))
    answer = open_document_camera(bottom=0.6).read(30)
    assert isinstance(answer, DocumentRead | ConfirmationNeeded), answer
    assert answer.details.number == traveller(7, "TD1").number


def test_no_document_and_one_out_of_focus(
    lens: MjpegCameraEmulator, open_document_camera: Callable[..., IdentityReader]
) -> None:
    reader = open_document_camera(frames=1)
    assert isinstance(reader.status(), ReaderReady)
    assert reader.read(0.5) == NoDocument()
    lens.set_fault(OpticalTrouble.OUT_OF_FOCUS)
    lens.show(scene(3))
    time.sleep(0.3)
    assert isinstance(reader.read(3), DocumentUnreadable | NoDocument | ConfirmationNeeded)


def test_an_unplugged_camera_is_a_lost_reader(
    lens: MjpegCameraEmulator, open_document_camera: Callable[..., IdentityReader]
) -> None:
    reader = open_document_camera()
    assert isinstance(reader.status(), ReaderReady)
    lens.unplug()
    deadline = time.monotonic() + 10
    while not isinstance(reader.read(0.3), ReaderLost):
        assert time.monotonic() < deadline


def test_a_region_without_extent_is_a_mistake(lens: MjpegCameraEmulator) -> None:
    camera = build_camera(DeviceSettings("camera", "opencv", lens.address))
    for options in ({"left": 0.5, "right": 0.5}, {"top": 1.5}):
        with pytest.raises(ConfigurationError, match=r"^identity\."):
            build_identity_reader(DeviceSettings("identity", "mrz-camera", "", options), camera=camera)


@pytest.mark.parametrize(("degree", "number"), [("ordinary", 1), ("turned", 2), ("low light", 6), ("severe", 3)])
def test_no_wear_makes_a_wrong_document(recogniser: OnnxRecogniser, degree: str, number: int) -> None:
    lines = zone(traveller(number), "TD3")
    truth = judge(read_zone(lines), TODAY)
    ballot, verdicts = Ballot(TODAY), []
    for frame in range(2):
        sighting = sight(worn(scene(number), DEGREES[degree], seed=frame), Region(), recogniser)
        if sighting is not None:
            ballot.add(sighting)
            verdicts.append(ballot.verdict())
    assert not [one for one in verdicts if isinstance(one, DocumentRead) and one != truth]
    if degree == "ordinary":
        assert isinstance(verdicts[-1], DocumentRead | ConfirmationNeeded)
        assert isinstance(truth, DocumentRead)
        assert verdicts[-1].details == truth.details


def sure_of(text: str, *, twin_at: int | None = None, twin: str = "", share: float = 0.5) -> Sighting:
    """A sighting as sure as can be, but for one place where it might be `twin`."""
    shares = np.full((len(text), len(CHARACTERS)), 1e-6)
    shares[range(len(text)), [CHARACTERS.index(character) for character in text]] = 1.0
    if twin_at is not None:
        shares[twin_at, CHARACTERS.index(text[twin_at])] = 1.0 - share
        shares[twin_at, CHARACTERS.index(twin)] = share
    return Sighting(2, 44, shares)


TEXT = "".join(zone(traveller(3), "TD3"))


def test_one_frame_is_not_enough_and_two_that_agree_are() -> None:
    ballot = Ballot(TODAY)
    ballot.add(sure_of(TEXT))
    first = ballot.verdict()
    assert isinstance(first, ConfirmationNeeded)
    assert first.doubts == {Doubt.UNCLEAR}
    ballot.add(sure_of(TEXT))
    assert isinstance(ballot.verdict(), DocumentRead)


def test_a_character_that_check_digits_cannot_tell_apart_needs_a_person() -> None:
    place = TEXT.index("6", 44) if "6" in TEXT[44:53] else 44
    ballot = Ballot(TODAY)
    for _ in range(4):
        ballot.add(sure_of(TEXT, twin_at=place, twin="G" if TEXT[place] == "6" else "K", share=0.2))
    verdict = ballot.verdict()
    assert isinstance(verdict, ConfirmationNeeded)
    assert Doubt.LOOKALIKE in verdict.doubts


def test_a_weak_name_needs_a_person() -> None:
    ballot = Ballot(TODAY)
    for _ in range(4):
        ballot.add(sure_of(TEXT, twin_at=6, twin="K", share=0.3))
    verdict = ballot.verdict()
    assert isinstance(verdict, ConfirmationNeeded)
    assert verdict.doubts == {Doubt.UNCLEAR}


def test_zeros_that_could_be_letters_need_a_person() -> None:
    """Both read RO2UESOUU as R02UES0UU with full confidence, and the check digit agreed."""
    hiding = replace(traveller(3), number="R02UES0UU")
    assert zone(hiding, "TD3")[1][9] == zone(replace(hiding, number="RO2UESOUU"), "TD3")[1][9]
    ballot = Ballot(TODAY)
    for _ in range(4):
        ballot.add(sure_of("".join(zone(hiding, "TD3"))))
    verdict = ballot.verdict()
    assert isinstance(verdict, ConfirmationNeeded)
    assert verdict.doubts == {Doubt.LOOKALIKE}


def test_frames_that_disagree_need_a_person_or_more_frames() -> None:
    ballot = Ballot(TODAY)
    other = "".join(zone(traveller(4), "TD3"))
    for text in (TEXT, other, TEXT, other):
        ballot.add(sure_of(text))
        assert not isinstance(ballot.verdict(), DocumentRead)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.integers(1, 50))
def test_any_chances_decode_to_the_length_asked_for(seed: int, places: int, length: int) -> None:
    chances = np.random.default_rng(seed).random((places, len(CHARACTERS) + 1)).astype(np.float32)
    reading = read_line(chances, length)
    assert reading is None or len(reading.text) == length == len(reading.shares)


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(40, 400), st.integers(60, 400))
def test_no_picture_raises(seed: int, height: int, width: int) -> None:
    chance = np.random.default_rng(seed)
    locate(chance.integers(0, 256, (height, width)).astype(np.uint8))
    locate(np.full((height, width), int(chance.integers(0, 256)), np.uint8))
