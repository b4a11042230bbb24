"""What licences run-time dependencies may be under, and how their distributions spell them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed distribution as it describes itself; `name` in its canonical form."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What run-time dependencies may be under (installer/licence_rules.toml)."""

    accepted: frozenset[str]
    linked_licences: frozenset[str]
    linked: frozenset[str]
    spelled: Mapping[str, str]
    read_by_hand: Mapping[str, str]

    @staticmethod
    def parse(text: str) -> Rules:
        """Reads the TOML form. Raises KeyError when a table is missing."""
        data = tomllib.loads(text)
        linked = data["dynamically_linked"]
        return Rules(
            frozenset(data["accepted"]),
            frozenset(linked["licences"]),
            frozenset(linked["distributions"]),
            data["spelled"],
            data["read_by_hand"],
        )

    def licence_of(self, distribution: Distribution) -> str:
        """The distribution's licence in SPDX terms, as far as they are known."""
        if distribution.name in self.read_by_hand:
            return self.read_by_hand[distribution.name]
        parts = [self.spelled.get(part, part) for part in distribution.licence.split("; ")]
        return " AND ".join(dict.fromkeys(parts))

    def allows(self, distribution: Distribution) -> bool:
        """Whether a terminal may ship it: one alternative (OR) of which every part (AND) is accepted."""
        accepted = self.accepted | (self.linked_licences if distribution.name in self.linked else frozenset())
        alternatives = self.licence_of(distribution).split(" OR ")
        return any(all(part in accepted for part in one.split(" AND ")) for one in alternatives)
