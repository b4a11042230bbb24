"""A visitor's identity document as a value: what it may say, and what is wrong with it."""

from shared.domain.visitor.check_digits import gb11643_check_digit, icao9303_check_digit
from shared.domain.visitor.document import DocumentKind, Sex, VisitorDocument
from shared.domain.visitor.problems import DocumentProblem, VisitorDocumentError

__all__ = [
    "DocumentKind",
    "DocumentProblem",
    "Sex",
    "VisitorDocument",
    "VisitorDocumentError",
    "gb11643_check_digit",
    "icao9303_check_digit",
]
