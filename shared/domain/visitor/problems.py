"""What is wrong with a document as a visitor gave it: each is theirs to mend."""

from __future__ import annotations

from enum import Enum


class DocumentProblem(Enum):
    """Enough for a screen to say what to do."""

    NO_NUMBER = "no_number"  # nothing but blanks
    WRONG_FORM = "wrong_form"  # no number of this kind looks so
    WRONG_CHECK_DIGIT = "wrong_check_digit"  # a slip of one character, or two that changed places
    WRONG_BIRTH = "wrong_birth"  # the number holds no date, or another than the one given
    WRONG_NATIONALITY = "wrong_nationality"  # not letters, or not the one in the number
    OTHER_KIND = "other_kind"  # the number of a document of another kind
    EXPIRED = "expired"
    NOT_YET_BORN = "not_yet_born"  # the date of birth lies ahead


class VisitorDocumentError(ValueError):
    """A document that cannot be taken. The message never holds what was given."""

    def __init__(self, problem: DocumentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
