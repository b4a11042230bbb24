"""Every message of central's interface from any bytes: a checked model or a refusal, and a model is read back alike."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from pydantic import ValidationError

import shared.wire
from shared.wire.base import WireModel

for _module in pkgutil.iter_modules(shared.wire.__path__):
    import_module(f"shared.wire.{_module.name}")


def _kinds(kind: type[WireModel]) -> list[type[WireModel]]:
    return [known for child in kind.__subclasses__() for known in (child, *_kinds(child))]


_MODELS = sorted(_kinds(WireModel), key=lambda model: model.__name__)
_EVENT = (
    b'{"events":[{"terminal_id":"t1","epoch":1,"seq":1,"previous_hash":"'
    + b"0" * 64
    + b'","at":"2026-05-01T08:00:00Z",'
    b'"type":"sale_opened","schema":1,"body":{"a":1},"hash":"' + b"0" * 64 + b'","signature":"' + b"0" * 128 + b'"}]}'
)
_DEVICES = b'{"at":"2026-05-01T08:00:00Z","devices":[{"name":"printer","state":"lost","counters":{"sheets":4}}]}'


def _place(name: str) -> bytes:
    return bytes([[model.__name__ for model in _MODELS].index(name)])


SEEDS = (
    _place("EventBatch") + _EVENT,
    _place("DevicesReport") + _DEVICES,
    _place("Summary") + b'{"sales":1,"tickets":2,"total_minor":3}',
    *(bytes([place]) + b"{}" for place in range(len(_MODELS))),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    if not data:
        return
    model = _MODELS[data[0] % len(_MODELS)]
    try:
        message = model.model_validate_json(data[1:])
    except ValidationError:
        return
    assert model.model_validate_json(message.model_dump_json(by_alias=True)) == message
