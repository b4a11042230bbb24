"""Refund terms stand in the catalogue, travel with it, and a wrong one is refused at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.domain.catalog import CatalogErrors, catalog_from_document, catalog_to_document
from shared.domain.catalog.refund_terms import FREE_UNTIL_THE_SLOT, FeeStep, RefundTerms
from shared.domain.refund_rules import RefundRules
from tests.domain.catalog.examples import document

_COMBINATION = 7
TERMS: dict[str, Any] = {
    "steps": [{"minutes_before": 60}, {"minutes_before": 0, "fee_bp": 1000, "fee_minor": 50}],
    "exchangeable": False,
    "approval": "supervisor",
}


def catalogue(terms: object, product: int = 0) -> dict[str, Any]:
    wanted = document()
    wanted["products"][product]["refund"] = terms
    return wanted


def test_terms_are_read_and_survive_the_wire() -> None:
    catalog = catalog_from_document(catalogue({**TERMS, "partly_used": "share"}, _COMBINATION))
    product = catalog.products[_COMBINATION]
    assert product.refund == RefundTerms((FeeStep(60), FeeStep(0, 1000, 50)), "share", False, "supervisor")
    again = catalog_from_document(json.loads(json.dumps(catalog_to_document(catalog))))
    assert again == catalog
    assert RefundRules.of(again).digest == RefundRules.of(catalog).digest


def test_without_a_table_a_ticket_goes_back_free_until_the_slot_and_without_steps_never() -> None:
    rules = RefundRules.of(catalog_from_document(catalogue({"steps": []}, 1)))
    assert rules.terms("entry") == FREE_UNTIL_THE_SLOT
    assert rules.terms("two-days").steps == ()


def test_other_terms_have_another_digest() -> None:
    some, none = catalog_from_document(catalogue(TERMS)), catalog_from_document(catalogue({"steps": []}))
    assert RefundRules.of(some).digest != RefundRules.of(none).digest


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (3, "products[0].refund: must be a table, is a whole number"),
        ({}, "products[0].refund.steps: is missing"),
        ({"steps": [{}]}, "products[0].refund.steps[0].minutes_before: is missing"),
        ({"steps": [{"minutes_before": 0, "fee_bp": 10_001}]}, "products[0].refund.steps[0].fee_bp: must be 0..10000"),
        (
            {"steps": [{"minutes_before": 0, "fee_minor": -1}]},
            "products[0].refund.steps[0].fee_minor: must be at least",
        ),
        ({"steps": [{"minutes_before": 0, "fee": 5}]}, "products[0].refund.steps[0].fee: is not a known key here"),
        ({"steps": [{"minutes_before": 0}, {"minutes_before": 5}]}, "products[0].refund.steps[1]: must be nearer"),
        ({"steps": [{"minutes_before": 9}, {"minutes_before": 5}]}, "products[0].refund.steps[1]: must cost more"),
        ({"steps": [], "approval": "anyone"}, "products[0].refund.approval: must be one of none, supervisor"),
        ({"steps": [], "exchangeable": 1}, "products[0].refund.exchangeable: must be true or false"),
        ({"steps": [], "partly_used": "all"}, "products[0].refund.partly_used: must be one of share, "),
        ({"steps": [], "partly_used": "share"}, "products[0].refund.partly_used: only a combination has parts"),
    ],
)
def test_a_wrong_term_is_named_with_its_place(terms: object, said: str) -> None:
    with pytest.raises(CatalogErrors) as caught:
        catalog_from_document(catalogue(terms))
    assert said in str(caught.value)
    assert len(caught.value.mistakes) == 1
