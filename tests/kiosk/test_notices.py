"""Every trouble with a payment has its words, and they have room on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from drivers.contracts.payment import DeclineReason
from i18n.languages import COMPLETE
from i18n.loader import load
from kiosk.journeys.pay_states import PayNotice, PayNow, Undone
from kiosk.screens.examples import states
from kiosk.screens.notices import pay_notice
from shared.domain.payment_code import OtherCode
from shared.ui.audit import audit
from tests.kiosk.staging import staged

NOTICES: list[PayNotice] = [*DeclineReason, *OtherCode, *Undone]


@pytest.mark.parametrize("language", COMPLETE)
def test_each_says_what_happened_and_what_to_do(language: str) -> None:
    said = [pay_notice(load(language), notice) for notice in NOTICES]
    assert all(what and do for what, do in said)
    assert len({what for what, _ in said}) >= 12  # told apart, not one sentence for all


def test_a_payment_that_failed_says_that_no_money_was_taken() -> None:
    failed = [pay_notice(load("en"), notice)[0] for notice in (*DeclineReason, *Undone)]
    assert all("No money was taken." in what or "not enough money" in what for what in failed)


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_each_has_room(qapp: QApplication, language: str) -> None:
    state = states(language)["09-pay"]
    assert isinstance(state.at, PayNow)
    with staged(language) as (stage, theme):
        for notice in NOTICES:
            stage.show_state(replace(state, at=replace(state.at, notice=notice)))
            assert audit(stage, theme.tokens) == [], notice
