"""What a request must be before it can have a price."""

from __future__ import annotations

from shared.domain.catalog import Catalog
from shared.domain.pricing.quote import PartyMember, QuoteRequest
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import PriceError

PARTY_LIMIT = 200  # visitors in one quote
COUPON_LIMIT = 6


def check_request(price_list: PriceList, catalog: Catalog, request: QuoteRequest) -> None:
    """Raises PriceError naming the first thing that is wrong with the request."""
    if price_list.currency != catalog.site.currency:
        raise PriceError(price_list.version, f"is in {price_list.currency.code}, not {catalog.site.currency.code}")
    if not 1 <= len(request.party) <= PARTY_LIMIT:
        raise PriceError("party", f"must have 1..{PARTY_LIMIT} visitors, has {len(request.party)}")
    if len(request.circumstances.coupons) > COUPON_LIMIT:
        raise PriceError("coupons", f"at most {COUPON_LIMIT} in a sale, got {len(request.circumstances.coupons)}")
    if request.asked_at.tzinfo is None:
        raise PriceError("asked_at", "a time needs a zone")
    _check_wants(catalog, request)
    for member in set(request.party):
        _check_member(catalog, request, member)


def _check_wants(catalog: Catalog, request: QuoteRequest) -> None:
    if not request.wants:
        raise PriceError("wants", "names no product")
    known = {product.product_id for product in catalog.products}
    for index, wanted in enumerate(request.wants):
        if wanted not in known:
            raise PriceError(wanted, "there is no such product")
        if wanted in request.wants[:index]:
            raise PriceError(wanted, "is wanted twice")
    slot = request.slot
    parts = {part for wanted in request.wants for part in catalog.product(wanted).parts}
    if slot is not None and slot.product_id not in {*request.wants, *parts}:
        raise PriceError(str(slot), "is a slot of something that is not wanted")
    if slot is not None and slot.start.astimezone(catalog.zone).date() != request.visit:
        raise PriceError(str(slot), f"is not on the day of the visit, {request.visit}")


def _check_member(catalog: Catalog, request: QuoteRequest, member: PartyMember) -> None:
    if member.category_id not in {category.category_id for category in catalog.categories}:
        raise PriceError(member.category_id, "there is no such category")
    for wanted in {wanted: None for each in request.wants for wanted in (each, *catalog.product(each).parts)}:
        if member.category_id not in catalog.product(wanted).categories:
            raise PriceError(wanted, f"is not sold to {member.category_id!r}")
    if member.birth is not None and member.birth > request.asked_at.astimezone(catalog.zone).date():
        raise PriceError(member.category_id, f"date of birth {member.birth} is in the future")
