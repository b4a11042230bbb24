"""A small scenic area: two products, three slots of one and a small one of the other, a price for everybody."""

from __future__ import annotations

from central.area import Area
from shared.domain.catalog.reading import catalog_from_document, catalog_to_document
from shared.domain.pricing import price_list_from_document


def small_area() -> Area:
    text = {"en": "x"}
    slots = [{"first": "10:00", "last": "12:00", "every": 60, "lasts": 60, "capacity": 40}]
    common = {"name": text, "description": text, "picture": "x.svg", "categories": ["adult"], "valid_minutes": 60}
    document = {
        "version": "c1",
        "site": {"id": "hill", "timezone": "Asia/Shanghai", "currency": "CNY", "picture": "x.svg", "name": text},
        "categories": [{"id": "adult", "name": text, "hint": text}],
        "products": [
            {"id": "entry", "code": 1, "slots": slots, **common},
            {"id": "tower", "code": 2, "slots": [{"first": "10:00", "lasts": 60, "capacity": 10}], **common},
        ],
    }
    catalog = catalog_from_document(document)
    fixed = {"strategy": "fixed", "when": {"products": ["entry", "tower"]}, "with": {"prices": {"adult": 6000}}}
    dearer = {"strategy": "time_of_day", "with": {"first": "11:00", "until": "11:30", "up": 500}}
    partner = {"strategy": "channel", "with": {"channels": ["trip"], "off_bp": 1000}}
    rules = [
        {"id": name, "reason": text, **rule}
        for name, rule in (("base", fixed), ("eleven", dearer), ("partner", partner))
    ]
    prices = price_list_from_document({"version": "p1", "currency": "CNY", "rules": rules}, catalog)
    return Area(catalog, catalog_to_document(catalog), "p1", {"version": "p1"}, prices)
