"""Enrolment: a one-time code and a fresh public key against a terminal's identity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.wire.base import Hex32, Name, Number, WireModel


class EnrolmentRequest(WireModel):
    """Signed with the key it brings, so that nobody enrols a key that is not theirs.

    `after_epoch`: a terminal that was restored from a backup asks for an epoch above all that it ever wrote in.
    """

    code: Annotated[str, StringConstraints(min_length=4, max_length=40)]
    name: Name
    public_key: Hex32
    after_epoch: Annotated[int, Field(ge=0, lt=2**31)] = 0  # the last epoch of the terminal's own journal


class EnrolmentAnswer(WireModel):
    """Who the terminal is from now on, and whose signature it believes."""

    terminal_id: Name
    site_id: Name
    epoch: Number
    central_public_key: Hex32
