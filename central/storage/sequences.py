"""Numbers without a gap that appear in their order.

One row holds the last; taking a number locks it until the commit. A reader can then never see a number before a
smaller one that commits later, as it would with the database's own sequences.
"""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from central.storage.rows import insert_absent
from central.storage.tables import SequencerRow


def next_number(session: Session, site_id: str, name: str) -> int:
    """The number after the last, from 1 on; given back when the transaction is."""
    insert_absent(session, SequencerRow, site_id=site_id, name=name, last=0)
    taken = (
        update(SequencerRow)
        .where(SequencerRow.site_id == site_id, SequencerRow.name == name)
        .values(last=SequencerRow.last + 1)
        .returning(SequencerRow.last)
        .execution_options(synchronize_session=False)
    )
    return session.execute(taken).scalar_one()
