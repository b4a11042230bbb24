"""The fuzzing targets, found by their modules' names, and what they start from."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import tests.fuzz

_FOLDER = Path(__file__).parent
_PREFIX = "fuzz_"


@dataclass(frozen=True, slots=True)
class Target:
    """A decoder under test. `corpus`: the seeds of its module and the inputs that were findings once."""

    name: str
    run: Callable[[bytes], None]
    corpus: tuple[bytes, ...]


def names() -> list[str]:
    """All targets by name, sorted."""
    modules = (module.name for module in pkgutil.iter_modules(tests.fuzz.__path__))
    return sorted(name.removeprefix(_PREFIX) for name in modules if name.startswith(_PREFIX))


def load(name: str) -> Target:
    """Imports a target. Raises ImportError, and AttributeError for a module that is none."""
    module = import_module(f"tests.fuzz.{_PREFIX}{name}")
    kept = sorted((_FOLDER / "corpus" / name).glob("*"))
    return Target(name, module.TestOneInput, (*module.SEEDS, *(path.read_bytes() for path in kept)))
