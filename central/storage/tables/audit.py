"""What persons and central itself decided, as a chain of hashes."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, Bytes, KeyNumber, Moment, Site, Text


class AuditRow(Base):
    """An entry. `document` is canonical JSON without personal data; `hash` covers it and the hash before it."""

    __tablename__ = "audit"

    site_id: Mapped[Site]
    number: Mapped[KeyNumber]
    at: Mapped[Moment]
    author: Mapped[Text]
    action: Mapped[Text]
    subject: Mapped[Text]
    document: Mapped[Bytes]
    hash: Mapped[Bytes]
