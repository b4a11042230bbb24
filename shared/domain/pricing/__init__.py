"""What it costs and why: a price list is data, a quote is a fact with its reasons."""

from shared.domain.pricing.codec import quote_from_document, quote_to_document
from shared.domain.pricing.quote import (
    Circumstances,
    CouponRefusal,
    PartyMember,
    Quote,
    QuoteLine,
    QuoteRequest,
    Share,
    TraceStep,
)
from shared.domain.pricing.quoting import quote
from shared.domain.pricing.reading import PriceListErrors, price_list_from_document, price_list_to_document
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import PriceError

__all__ = [
    "Circumstances",
    "CouponRefusal",
    "PartyMember",
    "PriceError",
    "PriceList",
    "PriceListErrors",
    "Quote",
    "QuoteLine",
    "QuoteRequest",
    "Share",
    "TraceStep",
    "price_list_from_document",
    "price_list_to_document",
    "quote",
    "quote_from_document",
    "quote_to_document",
]
