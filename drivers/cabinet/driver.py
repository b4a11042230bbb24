"""The cabinet on a Modbus RTU relay board with opto-isolated inputs, such as the common boards of 4 or 8 channels.

The door's contact and the alarm contact are closed while all is well, so that a cut cable is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.cabinet import modbus
from drivers.contracts.cabinet import CabinetAnswer, CabinetLost, CabinetReading, Lamp
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_READ_BYTES = 64
_WRITE_SECONDS = 0.5
_TRIES = 3  # every question may be asked again: it sets or reads a state, it does not move one on


@dataclass(frozen=True, slots=True)
class Wiring:
    """The board's address on its line, and what hangs where, counted from 1 as on the board; 0 = not connected."""

    unit: int = 1
    lamp_relay: int = 1
    door_input: int = 1
    tamper_input: int = 2

    @property
    def inputs(self) -> int:
        """How many inputs have to be read."""
        return max(self.door_input, self.tamper_input)


@dataclass(frozen=True, slots=True)
class CabinetTiming:
    """In seconds: how long the board may take to answer, and how long a blinking light stays on or off."""

    answer: float = 0.3
    blink: float = 0.5


class RelayBoardCabinet:
    """Implements `drivers.contracts.cabinet.Cabinet` over any transport."""

    def __init__(
        self, connection: Connection, wiring: Wiring, monotonic: Monotonic, timing: CabinetTiming | None = None
    ) -> None:
        self._connection = connection
        self._wiring = wiring
        self._monotonic = monotonic
        self._timing = timing or CabinetTiming()
        self._claim = ThreadClaim("the cabinet")
        self._lamp = Lamp.OFF
        self._lit: bool | None = None  # as the board last confirmed it; None = unknown
        self._last = CabinetReading(door_open=False, tampered=False)
        self._openings = 0

    def counters(self) -> Mapping[str, int]:
        """How often the door was opened since the driver was made."""
        return {"openings": self._openings}

    def open(self) -> None:
        self._claim.take()
        self.look()

    def close(self) -> None:
        if self._connection.is_up:
            self.set_lamp(Lamp.OFF)
        self._connection.close()
        self._claim.release()

    def set_lamp(self, lamp: Lamp) -> CabinetAnswer:
        self._lamp = lamp
        return self.look()

    def look(self) -> CabinetAnswer:
        self._claim.check()
        try:
            self._switch(self._should_be_lit())
            reading = self._contacts()
        except TransportError as error:
            return self._lost(error)
        self._connection.proved()
        self._openings += reading.door_open and not self._last.door_open
        self._last = reading
        return reading

    def _should_be_lit(self) -> bool:
        if self._lamp is Lamp.BLINKING:
            return int(self._monotonic() / self._timing.blink) % 2 == 0
        return self._lamp is Lamp.ON

    def _switch(self, on: bool) -> None:
        if not self._wiring.lamp_relay or on == self._lit:
            return
        coil = self._wiring.lamp_relay - 1
        self._ask(modbus.write_coil(self._wiring.unit, coil, on), modbus.CoilWritten(coil, on))
        self._lit = on

    def _contacts(self) -> CabinetReading:
        count = self._wiring.inputs
        if not count:
            return CabinetReading(door_open=False, tampered=False)
        levels = self._ask(modbus.read_inputs(self._wiring.unit, count), None)
        return CabinetReading(
            self._is_cut(levels, self._wiring.door_input), self._is_cut(levels, self._wiring.tamper_input)
        )

    def _is_cut(self, levels: tuple[bool, ...], number: int) -> bool:
        return number > 0 and not levels[number - 1]

    def _ask(self, question: bytes, wanted: modbus.CoilWritten | None) -> tuple[bool, ...]:
        """The inputs, or nothing for a relay that was switched as `wanted`. Raises TransportError."""
        for _ in range(_TRIES):
            match self._reply(question):
                case modbus.Inputs(levels) if wanted is None and len(levels) >= self._wiring.inputs:
                    return levels
                case modbus.CoilWritten() as written if written == wanted:
                    return ()
                case modbus.Refused(code):
                    raise TransportError(f"the relay board refuses with code {code}")
                case _:
                    pass
        raise TransportError("the relay board does not answer")

    def _reply(self, question: bytes) -> modbus.Reply:
        """One question and what comes within its time; what an earlier one left on the line is thrown away."""
        line = self._line()
        while line.read(_READ_BYTES, 0):
            pass
        line.write(question, _WRITE_SECONDS)
        deadline, data = self._monotonic() + self._timing.answer, b""
        reply: modbus.Reply = modbus.Incomplete()
        while isinstance(reply, modbus.Incomplete) and (left := deadline - self._monotonic()) > 0:
            data += line.read(_READ_BYTES, left)
            reply = modbus.read_reply(data, self._wiring.unit)
        return reply

    def _line(self) -> Transport:
        if not self._connection.is_up:
            self._lit = None
        return self._connection.line()

    def _lost(self, error: TransportError) -> CabinetLost:
        self._lit = None
        self._connection.drop(error.cause)
        return CabinetLost(error.cause)
