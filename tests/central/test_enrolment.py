from __future__ import annotations

from datetime import timedelta

import requests

from central.fleet.codes import ATTEMPTS
from shared.security.keys import Keyring
from shared.wire.problem import Problem
from tests.central.world import RunningCentral, Terminal, problem, send


def test_an_enrolled_terminal_is_in_the_public_key_ring(central: RunningCentral) -> None:
    terminal = Terminal(central).enrol()

    ring = Keyring.from_json(requests.get(central.url + "/v1/keys", timeout=5).text)

    assert ring.find(terminal.key.public.key_id) == terminal.key.public
    assert ring.owners[terminal.key.public.key_id] == f"terminal:{terminal.terminal_id}"
    assert ring.find(central.key.public.key_id) == central.key.public


def test_a_code_is_read_as_people_type_it(central: RunningCentral) -> None:
    code = central.code().lower().replace("-", " ").replace("0", "o").replace("1", "l")
    Terminal(central).enrol(code)


def test_a_code_enrols_one_terminal_only(central: RunningCentral) -> None:
    code = central.code()
    Terminal(central).enrol(code)
    second = Terminal(central)
    assert problem(second.call("POST", "/v1/enrolments", second.enrolment(code))) == Problem.CODE_REFUSED.number


def test_a_code_expires(central: RunningCentral) -> None:
    code = central.code()
    central.clock.shift += timedelta(minutes=31)
    late = Terminal(central)
    assert problem(late.call("POST", "/v1/enrolments", late.enrolment(code))) == Problem.CODE_REFUSED.number


def test_guessing_uses_a_code_up_even_for_who_has_it(central: RunningCentral) -> None:
    code = central.code()
    thief = Terminal(central)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for _ in range(ATTEMPTS):
        assert problem(thief.call("POST", "/v1/enrolments", thief.enrolment(wrong))) == Problem.CODE_REFUSED.number
    owner = Terminal(central)
    assert problem(owner.call("POST", "/v1/enrolments", owner.enrolment(code))) == Problem.CODE_REFUSED.number


def test_nobody_enrols_a_key_that_is_not_theirs(central: RunningCentral) -> None:
    thief, victim = Terminal(central), Terminal(central)
    body = {**thief.enrolment(central.code()), "public_key": victim.key.public.raw.hex()}
    assert problem(thief.call("POST", "/v1/enrolments", body)) == Problem.UNKNOWN_TERMINAL.number


def test_a_lost_answer_is_given_again_to_the_same_key_with_the_used_code(central: RunningCentral) -> None:
    code = central.code()
    terminal = Terminal(central).enrol(code)
    again = terminal.call("POST", "/v1/enrolments", terminal.enrolment(code))
    assert again.json()["terminal_id"] == terminal.terminal_id


def test_a_restored_terminal_needs_a_code_and_goes_on_in_a_later_epoch(central: RunningCentral) -> None:
    terminal = Terminal(central).enrol()
    code = central.code()
    without = terminal.call("POST", "/v1/enrolments", {**terminal.enrolment("XXXX-XXXX-XXXX"), "after_epoch": 1})
    assert problem(without) == Problem.CODE_REFUSED.number
    for _ in range(2):  # the answer may be lost and asked for again
        answer = terminal.call("POST", "/v1/enrolments", {**terminal.enrolment(code), "after_epoch": 1}).json()
        assert (answer["terminal_id"], answer["epoch"]) == (terminal.terminal_id, 2)


def test_a_terminal_restored_onto_another_machine_begins_above_the_epochs_of_its_file(central: RunningCentral) -> None:
    terminal = Terminal(central)
    answer = terminal.call("POST", "/v1/enrolments", {**terminal.enrolment(central.code()), "after_epoch": 4})
    assert answer.json()["epoch"] == 5


def test_a_form_with_mistakes_is_answered_field_by_field_without_the_values(central: RunningCentral) -> None:
    body = {"code": "SECRETCODE12", "name": "", "public_key": "zz"}
    answer = send(Terminal(central).request("POST", "/v1/enrolments", body))
    assert problem(answer) == Problem.INVALID.number
    assert {fault["field"] for fault in answer.json()["errors"]} == {"body.name", "body.public_key"}
    assert "zz" not in answer.text
