"""The stages of the pipeline and their order, which a price list may tighten but not turn round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

STAGES = ("base", "calendar", "demand", "person", "group", "combination", "coupon", "guard", "rounding")

# What always holds. Calendar, demand and person stand in this order too, unless a price list says otherwise.
_FIXED: dict[str, tuple[str, ...]] = {
    "base": (),
    "calendar": ("base",),
    "demand": ("base",),
    "person": ("base",),
    "group": ("calendar", "demand", "person"),
    "combination": ("group",),
    "coupon": ("combination",),
    "guard": ("coupon",),
    "rounding": ("guard",),
}


def stage_order(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All stages in their order, given which stage runs after which others by declaration.

    Raises ValueError naming the stages when the declarations make a cycle with each other or with what always holds.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for stage in STAGES:
        sorter.add(stage, *_FIXED[stage], *after.get(stage, ()))
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError("the stages run in a circle: " + " -> ".join(error.args[1])) from error
    order: list[str] = []
    while len(order) < len(STAGES):
        ready = sorted((*sorter.get_ready(),), key=STAGES.index)
        order.extend(ready)
        sorter.done(*ready)
    return tuple(order)
