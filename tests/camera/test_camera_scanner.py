"""Codes by camera: the scanner's contract, over a real stream of pictures."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.camera.codes import codes_in
from drivers.contracts.scanner import NothingScanned, Scanned, Scanner, ScannerLost, Unreadable
from drivers.emulators.code_pictures import CodeKind, code_picture
from drivers.emulators.mjpeg_camera import CameraTrouble, MjpegCameraEmulator
from drivers.emulators.scenery import OpticalTrouble, Picture, empty_scene, laid_on
from drivers.emulators.wear import DEGREES, worn

CODE = "134567890123456789"
KINDS: tuple[CodeKind, ...] = ("QR", "PDF417", "Aztec", "Data Matrix", "Code 128")


def scene(kind: CodeKind = "QR", text: str = CODE, share: float = 0.6) -> Picture:
    return laid_on(empty_scene(1280, 720), code_picture(kind, text), share)


def scan(scanner: Scanner, seconds: float = 8.0) -> Scanned | Unreadable:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = scanner.read(0.5)
        if isinstance(answer, Scanned | Unreadable):
            return answer
        time.sleep(0.02)
    raise AssertionError(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read(lens: MjpegCameraEmulator, scanner: Scanner, kind: CodeKind) -> None:
    lens.show(scene(kind))
    assert scan(scanner) == Scanned(CODE.encode())


def test_a_code_held_before_the_camera_counts_once(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.show(scene())
    assert scan(scanner) == Scanned(CODE.encode())
    assert scanner.read(0.8) == NothingScanned()
    lens.show(scene(text="another"))
    assert scan(scanner) == Scanned(b"another")


def test_two_codes_in_view_are_two_sights(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    half = empty_scene(640, 720)
    sides = [laid_on(half, code_picture("QR", text), 0.7) for text in ("left", "right")]
    lens.show(np.concatenate(sides, axis=1))
    assert {scan(scanner), scan(scanner)} == {Scanned(b"left"), Scanned(b"right")}
    assert scanner.read(0.3) == NothingScanned()


def test_nothing_before_the_camera_is_no_error(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.clear()
    assert scanner.read(0.3) in (NothingScanned(), ScannerLost("not connected"))


def test_text_in_any_script_arrives_as_utf8(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.show(scene(text="山门 №1"))
    assert scan(scanner) == Scanned("山门 №1".encode())


def test_an_overlong_code_is_unreadable(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.show(scene(text="7" * 600, share=0.95))
    assert scan(scanner) == Unreadable(600)


@pytest.mark.parametrize("trouble", [OpticalTrouble.DARK, OpticalTrouble.GLARE, OpticalTrouble.OUT_OF_FOCUS])
def test_bad_light_gives_the_right_code_or_none(
    lens: MjpegCameraEmulator, scanner: Scanner, trouble: OpticalTrouble
) -> None:
    lens.set_fault(trouble)
    lens.show(scene(share=0.5))
    answer = scanner.read(1.0)
    assert answer in (Scanned(CODE.encode()), NothingScanned())
    lens.clear_fault(trouble)
    if answer == NothingScanned():
        assert scan(scanner) == Scanned(CODE.encode())


def test_a_frozen_picture_is_no_scanner(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.set_fault(CameraTrouble.FROZEN)
    deadline = time.monotonic() + 8
    while not isinstance(scanner.read(0.2), ScannerLost):
        assert time.monotonic() < deadline


def test_unplugged_while_scanning(lens: MjpegCameraEmulator, scanner: Scanner) -> None:
    lens.show(scene())
    scan(scanner)
    lens.unplug()
    deadline = time.monotonic() + 8
    while not isinstance(scanner.read(0.2), ScannerLost):
        assert time.monotonic() < deadline
    lens.show(scene(text="later"))
    lens.plug()
    assert scan(scanner, seconds=15) == Scanned(b"later")


@pytest.mark.parametrize("degree", sorted(DEGREES))
def test_no_wear_makes_another_code(degree: str) -> None:
    for seed, kind in enumerate(KINDS):
        found = {code.data for code in codes_in(worn(scene(kind), DEGREES[degree], seed))}
        assert found <= {CODE.encode()}


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 200))
def test_no_picture_raises(seed: int, width: int, height: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    codes_in(noise)
