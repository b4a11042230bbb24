"""Reading data files: a document of tables, checked as a whole, every mistake named with its place."""

from shared.domain.document.mistakes import DocumentError, Mistake, Place, place_text, without_echoes
from shared.domain.document.table import ALL_WEEK, Table
from shared.domain.document.writing import document_of, json_values

__all__ = [
    "ALL_WEEK",
    "DocumentError",
    "Mistake",
    "Place",
    "Table",
    "document_of",
    "json_values",
    "place_text",
    "without_echoes",
]
