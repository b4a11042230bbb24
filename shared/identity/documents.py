"""From what a reader read to the visitor's document: judged once more, by the domain's own rules."""

from __future__ import annotations

from drivers.contracts.identity import DocumentRead
from shared.domain.visitor import DocumentKind, VisitorDocument


def visitor_document(read: DocumentRead) -> VisitorDocument:
    """The document of a finished reading: what still needs a person's confirmation cannot be given here.

    The name in its own script goes before that in Latin letters. Raises VisitorDocumentError, whose problem says what
    the visitor can do.
    """
    details = read.details
    return VisitorDocument(
        kind=DocumentKind(details.kind.value),
        number=details.number,
        holder=details.holder or details.latin_name,
        birth=details.birth,
        nationality=details.nationality,
        expiry=details.expiry,
        mrz_number=details.mrz_number,
    )
