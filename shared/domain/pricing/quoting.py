"""The price of a party: the request is checked, every ticket priced, the best choice made, the reasons kept."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.catalog import Catalog
from shared.domain.money import total
from shared.domain.pricing.assembly import PricedPart, PricedTicket, in_order, lines_and_trace
from shared.domain.pricing.codec import digest_of
from shared.domain.pricing.quote import Quote, QuoteRequest
from shared.domain.pricing.requests import check_request
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import Situation, Unit
from shared.domain.pricing.tickets import ways_to_price


def quote(price_list: PriceList, catalog: Catalog, request: QuoteRequest) -> Quote:
    """The cheapest price of what the party wants, with its lines and its trace.

    Raises PriceError, naming what is in the way, when there is no honest price.
    """
    check_request(price_list, catalog, request)
    situation = Situation(request, catalog)
    tickets = [
        PricedTicket(wanted, member.category_id, (_single(price_list, Unit(member, wanted), situation),))
        for member in request.party
        for wanted in request.wants
    ]
    lines, trace = lines_and_trace(in_order(tickets, catalog), price_list)
    result = Quote(
        request=request,
        catalog_version=catalog.version,
        price_version=price_list.version,
        lines=lines,
        trace=trace,
        total=total((line.amount for line in lines), price_list.currency),
        digest="",
    )
    return replace(result, digest=digest_of(result))


def _single(price_list: PriceList, unit: Unit, situation: Situation) -> PricedPart:
    way = ways_to_price(price_list, unit, situation)[0]
    return PricedPart(unit.product_id, way.path)
