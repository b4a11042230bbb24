"""A catalogue with every kind of product, as a document for the tests to change."""

from __future__ import annotations

from typing import Any


def product(code: int, product_id: str, **more: object) -> dict[str, Any]:
    """A product as a document."""
    text = {"en": product_id, "zh-Hans": product_id}
    return {
        "id": product_id,
        "code": code,
        "name": text,
        "description": text,
        "categories": ["adult", "child"],
        "valid_minutes": 90,
        **more,
    }


def site(site_id: str, timezone: str = "Asia/Shanghai") -> dict[str, Any]:
    """A site as a document."""
    return {"id": site_id, "name": {"en": site_id}, "timezone": timezone, "currency": "CNY"}


def category(category_id: str, **more: object) -> dict[str, Any]:
    """A category as a document."""
    return {"id": category_id, "name": {"en": category_id}, "hint": {"en": category_id}, **more}


def document() -> dict[str, Any]:
    """Everything that a catalogue can hold."""
    return {
        "version": "7",
        "site": site("mountain"),
        "partner_sites": [site("lake"), site("museum", "Asia/Tokyo")],
        "categories": [
            category("adult"),
            category("child", eligibility={"kind": "age", "most": 17}, checked_by=["kiosk", "gate"]),
            category("student", eligibility={"kind": "certificate", "certificates": ["student"]}),
            category("local", eligibility={"kind": "resident", "regions": ["3305"]}, evidence={"en": "card"}),
            category("small", eligibility={"kind": "height", "cm": 120}, checked_by=["cashier"]),
        ],
        "products": [
            product(
                1,
                "entry",
                slots=[{"first": "08:00", "last": "09:00", "every": 30, "lasts": 30, "capacity": 200}],
                limits={"per_sale": 5, "per_person_day": 1, "per_slot": 20, "per_channel": {"web": 2, "partner": 0}},
                sales={"from": "2026-01-01", "to": "2026-12-31", "days_ahead": 30, "closes_minutes": 10},
            ),
            product(2, "two-days", kind={"kind": "day_entry", "days": 2}),
            product(3, "thrice", kind={"kind": "multi_entry", "entries": 3, "within_days": 7}),
            product(4, "night", kind={"kind": "night_entry"}),
            product(5, "annual", kind={"kind": "annual_pass", "named_by": "identity"}),
            product(6, "ten-times", kind={"kind": "times_card", "times": 10, "valid_days": 365}),
            product(7, "beside", kind={"kind": "companion", "of": ["annual"], "per_holder": 2}),
            product(
                8,
                "joint",
                kind={
                    "kind": "combination",
                    "parts": [
                        {"product": "entry"},
                        {"product": "two-days", "valid_days": 3, "site": "lake"},
                        {"product": "night", "site": "museum"},
                    ],
                },
            ),
            product(
                9,
                "audio",
                kind={"kind": "add_on", "service": "audio_guide", "deposit": 20_000},
                together_with=["entry"],
            ),
            product(10, "opera", kind={"kind": "show", "seat_map": "hall"}, slots=[{"first": "19:30", "capacity": 21}]),
        ],
        "seat_maps": [
            {
                "id": "hall",
                "name": {"en": "Hall"},
                "numbering": "odd_even",
                "best_row": 1,
                "rows": [
                    {"row": "A", "plan": "ssss_ssss"},
                    {"row": "B", "plan": "sss_w_sss"},
                    {"row": "C", "plan": "_sss_sss_"},
                ],
            }
        ],
    }
