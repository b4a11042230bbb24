"""What every message shares: frozen models that pass over keys they do not know, and the text forms of values."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.domain.canonical import parse_instant
from shared.domain.capacity import SlotKey

API_VERSION = 1  # the number in the path, `/v1/`
MAX_REQUEST_BYTES = 1024 * 1024  # a larger body is refused before it is parsed
MAX_WHOLE_NUMBER = 2**53 - 1  # the largest integer that every JSON reader keeps exactly


class WireModel(BaseModel):
    """A message or a part of one. Unknown keys are passed over, so that a newer sender is understood."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


def _check_instant(text: str) -> str:
    parse_instant(text)
    return text


def _check_slot(text: str) -> str:
    SlotKey.parse(text)
    return text


Hex4 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
Hex8 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Hex16 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
Instant = Annotated[str, StringConstraints(max_length=27), AfterValidator(_check_instant)]
SlotText = Annotated[str, StringConstraints(max_length=120), AfterValidator(_check_slot)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Count = Annotated[int, Field(ge=0, le=MAX_WHOLE_NUMBER)]
Number = Annotated[int, Field(ge=1, le=MAX_WHOLE_NUMBER)]
