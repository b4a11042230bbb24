"""The kiosk by keys alone: onward, back, choose, help; and no other key means anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.conductor import Conductor
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import BackTouched, HelpTouched
from kiosk.journeys.pay_states import PayNow
from kiosk.journeys.states import State, Welcome
from kiosk.screens.examples import states
from kiosk.screens.keypad import Press, press_of
from kiosk.screens.stage import Stage
from shared.ui.touchable import Touchable
from shared.ui.widget_tree import controls, works
from tests.kiosk.journey import HOUSE, answers
from tests.kiosk.staging import staged

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    with staged("en") as (made, _):
        made.activateWindow()
        yield made


def press(stage: Stage, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(stage.windowHandle(), key)


def go_to(stage: Stage, name: str) -> None:
    """Onward by keys until the control of that name has the focus."""
    for _ in range(200):
        focused = stage.focusWidget()
        if isinstance(focused, Touchable) and focused.objectName() == name:
            return
        press(stage, Key.Key_Down)
    pytest.fail(f"{name} is not reached by keys")


@pytest.mark.parametrize("name", sorted(states("en")))
def test_every_control_of_every_screen_is_reached_and_the_round_closes(stage: Stage, name: str) -> None:
    stage.show_state(states("en")[name])
    offered = {control.objectName() for control in controls(stage) if works(control)}
    reached = set()
    for _ in range(len(offered)):
        press(stage, Key.Key_Down)
        focused = stage.focusWidget()
        assert isinstance(focused, Touchable)
        reached.add(focused.objectName())
    assert reached == offered


def test_up_is_the_way_back_of_down(stage: Stage) -> None:
    stage.show_state(states("en")["02-who"])
    press(stage, Key.Key_Down)
    first = stage.focusWidget()
    press(stage, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up)
    assert stage.focusWidget() is first


def test_help_and_back_are_keys_of_their_own(stage: Stage) -> None:
    heard: list[object] = []
    stage.happened.connect(heard.append)
    stage.show_state(states("en")["02-who"])
    press(stage, Key.Key_F1, Key.Key_Escape)
    assert heard == [HelpTouched(), BackTouched()]


@pytest.mark.parametrize("key", [Key.Key_A, Key.Key_F4, Key.Key_Delete, Key.Key_Menu, Key.Key_Print, Key.Key_F11])
@pytest.mark.parametrize("name", ["01-welcome", "02-who", "09-pay"])
def test_no_other_key_does_anything(stage: Stage, name: str, key: Key) -> None:
    heard: list[object] = []
    stage.happened.connect(heard.append)
    stage.show_state(states("en")[name])
    press(stage, Key.Key_Down)
    before = stage.focusWidget()
    press(stage, key)
    assert heard == []
    assert stage.focusWidget() is before
    assert stage.isVisible()


@pytest.mark.parametrize("modifier", ["ControlModifier", "AltModifier", "MetaModifier"])
@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return, Key.Key_Escape, Key.Key_F1])
def test_a_key_held_with_another_means_nothing(key: Key, modifier: str) -> None:
    assert press_of(key, Qt.KeyboardModifier[modifier]) is None
    assert press_of(key, NONE) is not None


def test_left_is_onward_where_reading_goes_from_right_to_left() -> None:
    assert press_of(Key.Key_Left, NONE) is Press.PREVIOUS
    assert press_of(Key.Key_Left, NONE, right_to_left=True) is Press.NEXT
    assert press_of(Key.Key_Right, NONE, right_to_left=True) is Press.PREVIOUS
    assert press_of(Key.Key_Down, NONE, right_to_left=True) is Press.NEXT


def test_a_ticket_is_bought_up_to_the_payment_by_keys_alone(stage: Stage) -> None:
    asked: list[Effect] = []
    conductor = Conductor(HOUSE, stage.show_state, asked.append)
    stage.happened.connect(conductor.handle)
    stage.show_state(conductor.state)

    def choose(name: str) -> State:
        go_to(stage, name)
        press(stage, Key.Key_Return)
        while asked:
            answer = answers(asked.pop(0), HOUSE.today)
            if answer is not None:
                conductor.handle(answer)
        return conductor.state

    assert isinstance(conductor.state.at, Welcome)
    choose("language-ko")
    choose("count-child-plus")
    choose("onward")
    choose("slot-1")
    state = choose("pay")
    assert state.visit.language == "ko"
    assert state.visit.visitors == 2
    assert isinstance(state.at, PayNow)
