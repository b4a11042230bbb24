"""The one exception by which central declines a request: it becomes a problem document."""

from __future__ import annotations

from collections.abc import Sequence

from shared.wire.problem import FieldFault, Problem, ProblemDocument


class RefusalError(Exception):
    """A request that is not done, and why. Nothing of it was done, unless the problem's meaning says otherwise."""

    def __init__(
        self,
        problem: Problem,
        detail: str = "",
        *,
        expected_seq: int | None = None,
        seq: int | None = None,
        errors: Sequence[FieldFault] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(problem.title)
        self.retry_after = retry_after  # seconds
        self.document = ProblemDocument.of(
            problem, detail, expected_seq=expected_seq, seq=seq, errors=list(errors) if errors else None
        )
