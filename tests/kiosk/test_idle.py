"""Nobody is hurried: 60 seconds, a question, 20 more, and any number of extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.journeys.events import CodeShown, Counted, HelpTouched, LanguageChosen, OverlayClosed, Ticked
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import (
    Printing,
    State,
    StillThere,
    Take,
    ToWindow,
    Welcome,
    fresh,
)
from kiosk.screens.examples import states
from tests.kiosk.journey import CODE, HOUSE, Walk, to_payment


def ticks(walk: Walk, start: int, stop: int) -> Walk:
    for second in range(start, stop):
        walk(Ticked(float(second), HOUSE.today))
    return walk


def test_the_question_comes_after_a_minute_and_the_end_twenty_seconds_later() -> None:
    walk = ticks(Walk()(LanguageChosen("en"), Counted("child", 1)), 0, 60)
    assert walk.state.over is None
    walk(Ticked(60.0, HOUSE.today))
    assert walk.state.over == StillThere(60.0)
    ticks(walk, 61, 80)
    assert walk.state.visit.party == (1, 1, 0, 0)
    walk(Ticked(80.0, HOUSE.today))
    assert walk.state == fresh(walk.state.house)


def test_one_touch_extends_as_often_as_wanted() -> None:
    walk = Walk()(LanguageChosen("en"), Counted("child", 1))
    for round_ in range(20):
        ticks(walk, round_ * 75, round_ * 75 + 75)
        assert isinstance(walk.state.over, StillThere)
        walk(OverlayClosed())
        assert walk.state.over is None
    assert walk.state.visit.party == (1, 1, 0, 0)


def test_any_touch_is_an_answer() -> None:
    walk = ticks(Walk()(LanguageChosen("en")), 0, 65)
    assert walk(Counted("child", 1)).state.over is None


@pytest.mark.parametrize(
    "state", [s for s in states("en").values() if isinstance(s.at, PayNow | PayWaiting | Printing)]
)
def test_paying_and_printing_are_never_left_by_a_timer(state: State) -> None:
    assert ticks(Walk(state), 0, 2000).state.at == state.at


def test_taking_ends_by_itself_and_calmly() -> None:
    state = next(s for s in states("en").values() if isinstance(s.at, Take))
    walk = ticks(Walk(state), 0, 60)
    assert walk.state.at == state.at
    assert walk(Ticked(60.0, HOUSE.today)).state.at == Welcome()


@pytest.mark.parametrize(("printed", "seconds"), [(True, 60), (False, 180)])
def test_a_claim_code_that_is_on_no_paper_is_shown_longer(printed: bool, seconds: int) -> None:
    state = replace(fresh(HOUSE), at=ToWindow("7K4M", printed))
    walk = ticks(Walk(state), 0, seconds)
    assert walk.state.over is None
    assert walk(Ticked(float(seconds), HOUSE.today)).state.over == StillThere(float(seconds))


def test_help_left_open_on_the_first_screen_closes_too() -> None:
    assert ticks(Walk()(HelpTouched()), 0, 81).state == fresh(HOUSE)


def test_the_first_screen_follows_the_date_and_a_visit_does_not() -> None:
    tomorrow = HOUSE.today + timedelta(days=1)
    assert Walk()(Ticked(0.0, tomorrow)).state.visit.day == tomorrow
    walk = Walk()(LanguageChosen("en"), Ticked(0.0, tomorrow))
    assert walk.state.visit.day == HOUSE.today


def test_a_payment_code_counts_as_a_sign_of_life() -> None:
    assert to_payment()(CodeShown(CODE)).state.visit.touched_at is None
