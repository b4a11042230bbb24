"""The price of a party: the request is checked, every ticket priced, the best choice made, the reasons kept."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.catalog import Catalog
from shared.domain.money import Money, total
from shared.domain.pricing.adjusting_sale import shifted
from shared.domain.pricing.assembly import in_order, lines_and_trace, with_cash_rounding
from shared.domain.pricing.codec import digest_of
from shared.domain.pricing.coupons import best_sale
from shared.domain.pricing.finishing import rounding_of
from shared.domain.pricing.kinds import kinds_of_visitor
from shared.domain.pricing.quote import Quote, QuoteLine, QuoteRequest, TraceStep
from shared.domain.pricing.requests import check_request
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import Situation


def quote(price_list: PriceList, catalog: Catalog, request: QuoteRequest) -> Quote:
    """The cheapest price of what the party wants, with its lines and its trace.

    Raises PriceError, naming what is in the way, when there is no honest price.
    """
    check_request(price_list, catalog, request)
    situation = Situation(request, catalog)
    kinds = kinds_of_visitor(price_list, situation)
    line_rounding = rounding_of(price_list, situation, "line")
    sale, refused = best_sale(price_list, situation, kinds, line_rounding[1].step if line_rounding else 1)
    tickets = in_order(sale.tickets, catalog)
    sum_rounding = rounding_of(price_list, situation, "sum")
    if sum_rounding is not None:
        rule, rounding = sum_rounding
        tickets = in_order(shifted(tickets, rule.rank, rounding.rounded(sale.amount) - sale.amount), catalog)
    lines, trace = lines_and_trace(tickets, price_list)
    lines, trace = _cash(price_list, situation, lines, trace)
    result = Quote(
        request=request,
        catalog_version=catalog.version,
        price_version=price_list.version,
        lines=lines,
        trace=trace,
        total=total((line.amount for line in lines), price_list.currency),
        digest="",
        bound=None if sale.at_least == sale.amount else Money(sale.at_least, price_list.currency),
        refused_coupons=refused,
    )
    return replace(result, digest=digest_of(result))


def comes_out_again(price_list: PriceList, catalog: Catalog, earlier: Quote) -> bool:
    """Whether an earlier quote comes out the same again, to the digest, from the versions that it names.

    Raises ValueError when these are not the versions that it names.
    """
    named = earlier.catalog_version, earlier.price_version
    if named != (catalog.version, price_list.version):
        raise ValueError(f"the quote is of {named}, not of {(catalog.version, price_list.version)}")
    return quote(price_list, catalog, earlier.request).digest == earlier.digest


def _cash(
    price_list: PriceList, situation: Situation, lines: tuple[QuoteLine, ...], trace: tuple[TraceStep, ...]
) -> tuple[tuple[QuoteLine, ...], tuple[TraceStep, ...]]:
    found = rounding_of(price_list, situation, "cash") if situation.circumstances.cash else None
    if found is None:
        return lines, trace
    rule, rounding = found
    amount = sum(line.amount.minor for line in lines)
    delta = rounding.rounded(amount) - amount
    if not delta:
        return lines, trace
    lines, step = with_cash_rounding(lines, rule.rank, delta, price_list)
    return lines, (*trace, step)
