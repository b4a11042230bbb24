"""What holds between the parts of a catalogue: ids that exist and exist once, parts that can be sold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from shared.domain.catalog.kinds import Combination, Companion, Show
from shared.domain.catalog.model import Catalog, Product
from shared.domain.document import Mistake, Place


def check_references(catalog: Catalog) -> Iterator[Mistake]:
    """Every mistake between the parts, in the catalogue's order."""
    yield from _twice("categories", "id", [category.category_id for category in catalog.categories])
    yield from _twice("products", "id", [product.product_id for product in catalog.products])
    yield from _twice("products", "code", [product.code for product in catalog.products])
    yield from _twice("seat_maps", "id", [seat_map.seat_map_id for seat_map in catalog.seat_maps])
    for index, product in enumerate(catalog.products):
        yield from _product(catalog, product, ("products", index))


def _product(catalog: Catalog, product: Product, place: Place) -> Iterator[Mistake]:
    categories = {category.category_id for category in catalog.categories}
    yield from _unknown("category", product.categories, categories, (*place, "categories"))
    products = {other.product_id for other in catalog.products}
    yield from _unknown("product", product.together_with, products, (*place, "together_with"))
    if product.refund.partly_used is not None and not isinstance(product.kind, Combination):
        yield Mistake((*place, "refund", "partly_used"), "only a combination has parts to use")
    match product.kind:
        case Companion(of=of):
            yield from _unknown("product", of, products, (*place, "kind", "of"))
        case Combination():
            yield from _combination(catalog, product.kind, (*place, "kind", "parts"))
        case Show(seat_map=seat_map):
            yield from _show(catalog, product, seat_map, place)
        case _:
            pass


def _show(catalog: Catalog, product: Product, seat_map_id: str, place: Place) -> Iterator[Mistake]:
    maps = {seat_map.seat_map_id: len(seat_map.seats) for seat_map in catalog.seat_maps}
    if seat_map_id not in maps:
        yield Mistake((*place, "kind", "seat_map"), f"there is no seat map {seat_map_id!r}")
        return
    for index, slots in enumerate(product.slots):
        if slots.capacity > maps[seat_map_id]:
            message = f"must be at most the {maps[seat_map_id]} seats of {seat_map_id!r}, is {slots.capacity}"
            yield Mistake((*place, "slots", index, "capacity"), message)


def _combination(catalog: Catalog, kind: Combination, place: Place) -> Iterator[Mistake]:
    sites = {site.site_id for site in (catalog.site, *catalog.partner_sites)}
    for index, part in enumerate(kind.parts):
        if part.site is not None and part.site not in sites:
            yield Mistake((*place, index, "site"), f"there is no site {part.site!r}")
        own = [product for product in catalog.products if product.product_id == part.product_id]
        if not own:
            yield Mistake((*place, index, "product"), f"there is no product {part.product_id!r}")
        elif isinstance(own[0].kind, Combination):
            yield Mistake((*place, index, "product"), f"{part.product_id!r} is itself a combination")


def _unknown(what: str, ids: Sequence[str], known: set[str], place: Place) -> Iterator[Mistake]:
    for index, identity in enumerate(ids):
        if identity not in known and "" not in known:  # one that could not be read may be the one that is meant
            yield Mistake((*place, index), f"there is no {what} {identity!r}")


def _twice(table: str, key: str, values: Sequence[Hashable]) -> Iterator[Mistake]:
    seen = Counter[Hashable]()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] == 2:
            first = values.index(value)
            yield Mistake((table, index, key), f"{value!r} is taken by {table}[{first}]")
