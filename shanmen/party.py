"""A party as a person types it on the command line."""

from __future__ import annotations

import re
from datetime import date

from shared.domain.pricing import PartyMember

_GROUP = re.compile(r"(?:(?P<count>\d+)\s+)?(?P<category>[\w-]+)(?::(?P<birth>[\d-]+))?")


def parse_party(text: str) -> tuple[PartyMember, ...]:
    """`2 adult, 1 senior:1948-03-02`: a count (1 when left out), a category, and a date of birth if it is known.

    Raises ValueError naming the part that is not of this form.
    """
    members: list[PartyMember] = []
    for part in text.split(","):
        group = _GROUP.fullmatch(part.strip())
        if group is None:
            raise ValueError(f'party: {part.strip()!r} is not like "2 adult" or "1 senior:1948-03-02"')
        count = int(group["count"] or 1)
        if not 1 <= count <= 10_000:
            raise ValueError(f"party: {count} of {group['category']!r}")
        members.extend([PartyMember(group["category"], _birth(group["birth"]))] * count)
    return tuple(members)


def _birth(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"party: {text!r} is not a date that exists, as 1948-03-02") from error
