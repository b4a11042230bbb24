"""The one table of actions, and its grammar: `VERB [DEVICE] [VALUE]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import assert_never

from shanmen.bench.action import Action, NonsenseError, Number, OneOf, Press, Switch, Words, checked
from shanmen.bench.reading import in_json
from shanmen.bench.station import Station
from shanmen.bench.tray import Tray

_ON, _OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class Row:
    """An action with the device that it is done to."""

    station: Station
    action: Action


class Bench:
    """All devices. `perform` may be called on any thread."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self.stations = tuple(stations)
        self.tray = Tray()
        for station in self.stations:
            if station.hear_sheets is not None:
                station.hear_sheets(self.tray.listener(station.name))

    def rows(self) -> Iterator[Row]:
        for station in self.stations:
            for action in station.actions:
                yield Row(station, action)

    def perform(self, words: Sequence[str]) -> str:
        """Does it and says what happened. Raises NonsenseError."""
        if not words or not all(isinstance(word, str) for word in words):
            raise NonsenseError("Say a verb, such as: " + ", ".join(self.verbs()[:5]) + ".")
        row, rest = self._find(words[0], list(words[1:]))
        match row.action:
            case Press():
                return _press(row.action, rest)
            case Switch():
                return _turn(row, words[0], rest)
            case _:
                assert_never(row.action)

    def verbs(self) -> list[str]:
        """Every verb once, in the order of the table."""
        return list(dict.fromkeys(verb for row in self.rows() for verb in _verbs(row.action)))

    def _find(self, verb: str, rest: list[str]) -> tuple[Row, list[str]]:
        """The row that is meant and what is left of the words."""
        having = [row for row in self.rows() if verb in _verbs(row.action)]
        if not having:
            near = get_close_matches(verb, self.verbs(), 3)
            raise NonsenseError(f"There is no {verb!r} here." + (f" Is {' or '.join(near)} meant?" if near else ""))
        named = [row for row in having if rest and row.station.name == rest[0]]
        if named:
            return named[0], rest[1:]
        names = ", ".join(row.station.name for row in having)
        if len(having) > 1:
            raise NonsenseError(f"{verb} what: {names}?")
        if rest and rest[0] in [station.name for station in self.stations]:
            raise NonsenseError(f"{verb} can be done to {names} alone.")
        return having[0], rest

    def document(self) -> list[dict[str, object]]:
        """The table with what every device shows now, as JSON values."""
        return [
            {
                "device": station.name,
                "title": station.title,
                "actions": [_described(action) for action in station.actions],
                "shows": [in_json(reading) for reading in station.readings()],
            }
            for station in self.stations
        ]


def usage(row: Row) -> str:
    """How the row is said on the command line: `slow line [0-30]`."""
    said = f"{row.action.verb} {row.station.name}"
    match row.action:
        case Switch(end_verb=""):
            return f"{said} [on|off]"
        case Press(parameter=OneOf(choices=choices)):
            return f"{said} {'|'.join(choice.word for choice in choices)}"
        case Press(parameter=Number(least=least, most=most)):
            return f"{said} [{least:g}-{most:g}]"
        case Press(parameter=Words(name=name)):
            return f"{said} [{name.upper()}]"
        case _:
            return said


def _verbs(action: Action) -> tuple[str, ...]:
    return (action.verb, action.end_verb) if isinstance(action, Switch) and action.end_verb else (action.verb,)


def _press(action: Press, rest: list[str]) -> str:
    if action.parameter is None:
        if rest:
            raise NonsenseError(f"{action.verb} takes nothing more; {' '.join(rest)!r} is too much.")
        return action.perform("")
    word = " ".join(rest) if isinstance(action.parameter, Words) else "".join(rest[:1])
    if len(rest) > 1 and not isinstance(action.parameter, Words):
        raise NonsenseError(f"{action.verb} takes one value; {' '.join(rest[1:])!r} is too much.")
    return action.perform(checked(action.parameter, word))


def _turn(row: Row, verb: str, rest: list[str]) -> str:
    action = row.action
    if not isinstance(action, Switch) or len(rest) > 1 or (rest and rest[0] not in (_ON, _OFF)):
        raise NonsenseError(f"{verb} takes {_ON} or {_OFF}, not {' '.join(rest)!r}.")
    on = (rest != [_OFF]) != (verb == action.end_verb)
    action.turn(on)
    return f"{row.station.title}: {action.label.lower()} {_ON if on else _OFF}."


def _described(action: Action) -> dict[str, object]:
    match action:
        case Press(verb, label, _, parameter):
            return {"verb": verb, "help": label, "kind": "press", **_parameter(parameter)}
        case Switch(verb, label, _, is_on, end_verb):
            ends = {"end_verb": end_verb} if end_verb else {}
            return {"verb": verb, "help": label, "kind": "switch", "on": is_on(), **ends}
        case _:
            assert_never(action)


def _parameter(parameter: OneOf | Number | Words | None) -> dict[str, object]:
    match parameter:
        case None:
            return {}
        case OneOf(name, choices):
            return {"parameter": name, "choices": {choice.word: choice.label for choice in choices}}
        case Number(name, least, most, usual):
            return {"parameter": name, "least": least, "most": most, "usual": usual}
        case Words(name, usual):
            return {"parameter": name, "usual": usual}
        case _:
            assert_never(parameter)
