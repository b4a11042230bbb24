"""Which rules may not lower the same ticket, as the price list declares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shared.domain.document import Table


@dataclass
class Exclusions:
    """A bit for each `[[exclusive]]` group and for each pair of `not_with`.

    `ordered` are the bits of the groups in which the first rule in order wins, whatever it costs.
    """

    bits: dict[str, int]
    ordered: int
    _members: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _pairs: list[tuple[Table, int, str, str]] = field(default_factory=list)

    @staticmethod
    def read(tables: Sequence[Table]) -> Exclusions:
        """The declared groups: `id` and `resolve` (`order`, the usual, or `cheapest`)."""
        bits: dict[str, int] = {}
        ordered = 0
        for table in tables:
            name = table.text("id")
            if name in bits:
                table.wrong("id", f"{name!r} is taken by another group")
            bits[name] = bits.get(name) or 1 << len(bits)
            if table.choice("resolve", ("order", "cheapest"), "order") == "order":
                ordered |= bits[name]
            table.finish()
        return Exclusions(bits, ordered)

    @property
    def size(self) -> int:
        """How many bits are taken."""
        return len(self.bits)

    def join(self, table: Table, rule_id: str, groups: Sequence[str], not_with: Sequence[str]) -> None:
        """Enter a rule into its groups, and note with which other rules it does not go."""
        for index, group in enumerate(groups):
            if group not in self.bits:
                table.wrong_item("exclusive", index, f"there is no exclusive group {group!r}")
            self._members[rule_id] |= self.bits.get(group, 0)
        for index, other in enumerate(not_with):
            self._pairs.append((table, index, rule_id, other))
            self.bits.setdefault("|".join(sorted((rule_id, other))), 1 << len(self.bits))

    def tokens(self, rules: Iterable[str]) -> dict[str, int]:
        """The bits of each rule, once all have joined. Unknown names of `not_with` are noted."""
        known = set(rules)
        for table, index, rule_id, other in self._pairs:
            if other not in known:
                table.wrong_item("not_with", index, f"there is no rule {other!r}")
            for each in (rule_id, other):
                self._members[each] |= self.bits["|".join(sorted((rule_id, other)))]
        return self._members
