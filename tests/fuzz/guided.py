"""One target under the coverage-guided fuzzer: `python -m tests.fuzz.guided NAME [libFuzzer's options]`."""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-untyped]

from tests.fuzz import targets

_OURS = ["drivers", "shared", "central", "kiosk", "boxoffice"]


def main(arguments: list[str]) -> None:
    """Never returns: the fuzzer ends the process."""
    with atheris.instrument_imports(include=_OURS):
        target = targets.load(arguments[1])
    atheris.Setup([arguments[0], *arguments[2:]], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
