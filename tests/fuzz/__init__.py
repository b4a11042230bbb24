"""Fuzzing of every decoder: `python -m tests.fuzz [seconds]` looks for new paths, `test_corpus.py` replays and samples.

A target is a module `fuzz_NAME.py` with `TestOneInput(data: bytes)`, which lets nothing escape that is no finding, and
`SEEDS`, whole examples to start from. What was found once stands in `corpus/NAME/`.
"""
