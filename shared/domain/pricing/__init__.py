"""What it costs and why: a price list is data, a quote is a fact with its reasons."""

from shared.domain.pricing.quote import PartyMember, Quote, QuoteLine, QuoteRequest, TraceStep

__all__ = ["PartyMember", "Quote", "QuoteLine", "QuoteRequest", "TraceStep"]
