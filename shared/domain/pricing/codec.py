"""A quote as JSON values and back, for the journal, the wire and its own digest. No floats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from shared.domain.canonical import canonical, instant_text, parse_instant
from shared.domain.capacity import SlotKey
from shared.domain.money import Currency, Money
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
from shared.domain.text import LocalText


def quote_to_document(quote: Quote) -> dict[str, object]:
    """JSON values only; amounts in minor units of `currency`."""
    return {
        "request": request_to_document(quote.request),
        "catalog_version": quote.catalog_version,
        "price_version": quote.price_version,
        "currency": quote.total.currency.code,
        "lines": [_line(line) for line in quote.lines],
        "trace": [_step(step) for step in quote.trace],
        "total": quote.total.minor,
        "bound": None if quote.bound is None else quote.bound.minor,
        "refused_coupons": [{"code": refusal.code, "reason": refusal.reason} for refusal in quote.refused_coupons],
        "digest": quote.digest,
    }


def quote_from_document(document: Mapping[str, Any]) -> Quote:
    """The inverse of `quote_to_document`. Raises ValueError when the document is not of its shape."""
    try:
        return _quote(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a quote: {error!r}") from error


def digest_of(quote: Quote) -> str:
    """SHA-256 (hex) over everything but the digest itself. The order in which the party was named does not count."""
    request = replace(quote.request, party=tuple(sorted(quote.request.party, key=_by_content)))
    document = quote_to_document(replace(quote, request=request))
    document.pop("digest")
    return hashlib.sha256(canonical(document)).hexdigest()


def request_to_document(request: QuoteRequest) -> dict[str, Any]:
    """The request as JSON values; what is at its default is left out of members and circumstances."""
    return {
        "party": [_given(member) for member in request.party],
        "wants": list(request.wants),
        "visit": request.visit.isoformat(),
        "slot": None if request.slot is None else str(request.slot),
        "asked_at": instant_text(request.asked_at),
        "channel": request.channel,
        "circumstances": _given(request.circumstances),
    }


def _given(value: PartyMember | Circumstances) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if content != field.default:
            found[field.name] = content.isoformat() if isinstance(content, date) else _listed(content)
    return found


def _by_content(member: PartyMember) -> tuple[object, ...]:
    birth = "" if member.birth is None else member.birth.isoformat()
    height = -1 if member.height_cm is None else member.height_cm
    return (
        member.category_id,
        birth,
        member.region or "",
        member.certificates,
        height,
        member.earlier_visits,
    )


def _listed(value: object) -> object:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def _tupled(value: object) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


def _line(line: QuoteLine) -> dict[str, object]:
    document: dict[str, object] = {
        "product_id": line.product_id,
        "category_id": line.category_id,
        "quantity": line.quantity,
        "unit": line.unit.minor,
        "amount": line.amount.minor,
    }
    return document if line.kind == "ticket" else {**document, "kind": line.kind}


def _step(step: TraceStep) -> dict[str, object]:
    return {
        "rule_id": step.rule_id,
        "stage": step.stage,
        "reason": dict(step.reason.by_language),
        "amount": step.amount.minor,
        "shares": [[share.line, share.part, share.amount] for share in step.shares],
    }


def _quote(document: Mapping[str, Any]) -> Quote:
    currency = Currency(document["currency"])
    bound = document["bound"]
    return Quote(
        request=_request(document["request"]),
        catalog_version=document["catalog_version"],
        price_version=document["price_version"],
        lines=tuple(_line_from(line, currency) for line in document["lines"]),
        trace=tuple(_step_from(step, currency) for step in document["trace"]),
        total=_money(document["total"], currency),
        digest=document["digest"],
        bound=None if bound is None else _money(bound, currency),
        refused_coupons=tuple(CouponRefusal(**refusal) for refusal in document["refused_coupons"]),
    )


def _request(document: Mapping[str, Any]) -> QuoteRequest:
    slot = document["slot"]
    return QuoteRequest(
        party=tuple(_member(member) for member in document["party"]),
        wants=tuple(document["wants"]),
        visit=date.fromisoformat(document["visit"]),
        slot=None if slot is None else SlotKey.parse(slot),
        asked_at=parse_instant(document["asked_at"]),
        channel=document["channel"],
        circumstances=Circumstances(**{key: _tupled(value) for key, value in document["circumstances"].items()}),
    )


def _member(document: Mapping[str, Any]) -> PartyMember:
    values = {key: _tupled(value) for key, value in document.items()}
    if "birth" in values:
        values["birth"] = date.fromisoformat(values["birth"])
    return PartyMember(**values)


def _line_from(document: Mapping[str, Any], currency: Currency) -> QuoteLine:
    unit, amount = _money(document["unit"], currency), _money(document["amount"], currency)
    return QuoteLine(**{"kind": "ticket", **document, "unit": unit, "amount": amount})


def _step_from(document: Mapping[str, Any], currency: Currency) -> TraceStep:
    shares = tuple(Share(*share) for share in document["shares"])
    reason, amount = LocalText(document["reason"]), _money(document["amount"], currency)
    return TraceStep(document["rule_id"], document["stage"], reason, amount, shares)


def _money(minor: object, currency: Currency) -> Money:
    if not isinstance(minor, int) or isinstance(minor, bool):
        raise TypeError(f"{minor!r} is not an amount")
    return Money(minor, currency)
