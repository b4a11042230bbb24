"""The recogniser of rapidocr (PP-OCRv6 small, Apache-2.0; optional extra `ocr`), held to a zone's 37 characters.

Free reading fails on OCR-B: it finds Greek, full-width and Japanese look-alikes. So every class outside A-Z, 0-9 and
`<` is masked before decoding, and the look-alikes among them count for the character that they look like.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from drivers.contracts.camera import Pixels
from drivers.identity.camera.strips import STRIP_HEIGHT
from drivers.identity.mrz.alphabet import CHARACTERS

Chances = NDArray[np.float32]
"""Rows are places along a line; columns the 37 characters in the order of `CHARACTERS`, then "nothing"."""

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_ALIKE = {
    "0": "ΟО〇○", "A": "ΑА", "B": "ΒВ", "C": "СϹ", "E": "ΕЕ", "H": "ΗН", "I": "ΙІ", "J": "Ј", "K": "ΚК", "M": "ΜМ",
    "N": "Ν", "P": "ΡР", "S": "Ѕ", "T": "ΤТ", "X": "ΧХ", "Y": "ΥУ", "Z": "Ζ", "<": "くㄑ〈＜‹«≤∠",
}  # fmt: skip


class RecogniserMissingError(Exception):
    """The optional extra `ocr` is not installed."""


class Recogniser(Protocol):
    """Reads strips of one line each."""

    def chances(self, strips: Sequence[Pixels]) -> list[Chances]: ...


class OnnxRecogniser:
    """Raises RecogniserMissingError when rapidocr or onnxruntime is not installed. Loading takes about a second."""

    def __init__(self, threads: int = 1) -> None:
        package = find_spec("rapidocr")
        if package is None or package.origin is None or find_spec("onnxruntime") is None:
            raise RecogniserMissingError("reading documents by camera needs the extra 'ocr' (rapidocr, onnxruntime)")
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - 200 MB that most machines lack

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(Path(package.origin).parent / _MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self._session.get_inputs()[0].name
        alphabet = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._classes = _classes(alphabet)

    def chances(self, strips: Sequence[Pixels]) -> list[Chances]:
        """For each strip (48 pixels high; blue, green, red) what may stand where."""
        width = max(strip.shape[1] for strip in strips)
        batch = np.zeros((len(strips), 3, STRIP_HEIGHT, width), np.float32)
        for place, strip in enumerate(strips):
            batch[place, :, :, : strip.shape[1]] = strip.transpose(2, 0, 1) / 127.5 - 1.0
        every = self._session.run(None, {self._input: batch})[0]
        masked = [every[:, :, classes].sum(axis=2) for classes in self._classes]
        return list(np.stack([*masked, every[:, :, 0]], axis=2).astype(np.float32))


def _classes(alphabet: Sequence[str]) -> list[list[int]]:
    """For each of the 37 characters the classes that count for it; class 0 is "nothing"."""
    found: dict[str, list[int]] = {character: [] for character in CHARACTERS}
    alike = {other: character for character, others in _ALIKE.items() for other in others}
    for number, written in enumerate(alphabet, start=1):
        character = alike.get(written, unicodedata.normalize("NFKC", written))
        if character in found:
            found[character].append(number)
    return list(found.values())
