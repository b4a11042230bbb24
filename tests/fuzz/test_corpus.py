"""Every decoder against its corpus and a random sample of what lies around it; the fuzzer itself is `make fuzz`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from tests.fuzz.targets import Target, load, names

_SAMPLES = 400
_LONGEST = 300


@pytest.mark.parametrize("name", names())
def test_a_decoder_holds(name: str) -> None:
    target = load(name)
    assert target.corpus, "a target names whole examples to start from"
    for data in target.corpus:
        _run(target, data, "its corpus")
    seed = os.environ["SHANMEN_SEED"]
    for data in _around(target.corpus, random.Random(f"{seed} {name}")):
        _run(target, data, f"SHANMEN_SEED={seed}")


def _run(target: Target, data: bytes, source: str) -> None:
    try:
        target.run(data)
    except Exception as error:
        error.add_note(f"{target.name}, {source}: {data.hex()}")
        raise


def _around(corpus: tuple[bytes, ...], chance: random.Random) -> Iterator[bytes]:
    """Noise, and examples with bytes changed, cut out, doubled or put together with others."""
    for number in range(_SAMPLES):
        if number % 4 == 0:
            yield chance.randbytes(chance.randrange(_LONGEST))
            continue
        data = bytearray(chance.choice(corpus))
        for _ in range(chance.randint(1, 4)):
            _mutate(data, chance.choice(corpus), chance)
        yield bytes(data)


def _mutate(data: bytearray, other: bytes, chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    end = min(len(data), place + chance.randint(1, 8))
    match chance.randrange(4):
        case 0:
            data[place:end] = chance.randbytes(end - place)
        case 1:
            del data[place:end]
        case 2:
            data[place:place] = data[place:end]
        case _:
            data[place:place] = other[chance.randrange(len(other) + 1) :]
