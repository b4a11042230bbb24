"""`python -m tests.fuzz [seconds] [name ...]`: fuzzes each decoder in turn, coverage-guided, so many seconds each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import load, names

_OUT = Path("out/fuzz")
_USUAL_SECONDS = 20
_SLOWEST_INPUT_SECONDS = 10


def main(arguments: list[str]) -> int:
    """Exit status 1 when a target failed; the input that did it is named and stays in out/fuzz."""
    seconds = int(arguments[0]) if arguments else _USUAL_SECONDS
    chosen = arguments[1:] or names()
    failed = [name for name in chosen if not _fuzz(name, seconds)]
    for name in failed:
        found = sorted((_OUT / name).glob("finding-*"))
        sys.stdout.write(f"{name}: FAILED {' '.join(str(path) for path in found)}\n")
    sys.stdout.write(f"{len(chosen) - len(failed)} of {len(chosen)} decoders held\n")
    return 1 if failed else 0


def _fuzz(name: str, seconds: int) -> bool:
    """In a process of its own: the fuzzer ends its process."""
    folder = _OUT / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(load(name).corpus):
        (folder / "corpus" / f"seed-{place}").write_bytes(seed)
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.guided",
        name,
        f"-max_total_time={seconds}",
        f"-timeout={_SLOWEST_INPUT_SECONDS}",
        f"-artifact_prefix={folder}/finding-",
        "-verbosity=0",
        "-print_final_stats=1",
        str(folder / "corpus"),
    ]
    with (folder / "log").open("wb") as log:
        status = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
    sys.stdout.write(f"{name}: {_executed(folder / 'log')} inputs in {seconds} s\n")
    sys.stdout.flush()
    return status == 0


def _executed(log: Path) -> str:
    lines = log.read_text("utf-8", errors="replace").splitlines()
    return next((line.split()[-1] for line in lines if "number_of_executed_units" in line), "no")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
