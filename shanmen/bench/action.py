"""What can be done to a device on the bench: presses and switches, each with a verb, a help line and a parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

_LONGEST_WORD = 4096  # characters


class NonsenseError(Exception):
    """What was asked for cannot be done. The message is one plain sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values: the word for the command line and HTTP, the label for a button."""

    word: str
    label: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A parameter with a few values. The first one is taken where none is said."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A parameter from `least` to `most`, whole unless `fraction`; `usual` is taken where none is said."""

    name: str
    least: float
    most: float
    usual: float
    fraction: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text of any kind, such as what a bar code says; `usual` is taken where none is said."""

    name: str
    usual: str


Parameter = OneOf | Number | Words


@dataclass(frozen=True, slots=True)
class Press:
    """Something that happens once. `perform` gets the parameter's word, checked; empty where there is none.

    It returns what happened in one sentence, and raises NonsenseError when that cannot be now.
    """

    verb: str
    label: str
    perform: Callable[[str], str]
    parameter: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that lasts until it is ended: by `VERB DEVICE off`, or by `end_verb` where there is a word for it."""

    verb: str
    label: str
    turn: Callable[[bool], None]
    is_on: Callable[[], bool]
    end_verb: str = ""


Action = Press | Switch


def checked(parameter: Parameter, word: str) -> str:
    """The word as the action gets it; the usual one for an empty word. Raises NonsenseError."""
    if len(word) > _LONGEST_WORD:
        raise NonsenseError(f"That is longer than {_LONGEST_WORD} characters.")
    match parameter:
        case OneOf(name, choices):
            words = [choice.word for choice in choices]
            if (word or words[0]) not in words:
                raise NonsenseError(f"{name}: {word!r} is none of {', '.join(words)}.")
            return word or words[0]
        case Number():
            return _number(parameter, word)
        case Words(_, usual):
            return word or usual
        case _:
            assert_never(parameter)


def _number(parameter: Number, word: str) -> str:
    kind = "a number" if parameter.fraction else "a whole number"
    wanted = f"{parameter.name}: {word!r} is not {kind} from {parameter.least:g} to {parameter.most:g}."
    try:
        value = float(word) if word else parameter.usual
    except ValueError:
        raise NonsenseError(wanted) from None
    if not parameter.least <= value <= parameter.most or (not parameter.fraction and value != int(value)):
        raise NonsenseError(wanted)
    return f"{value:g}"
