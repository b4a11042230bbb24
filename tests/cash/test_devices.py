"""The contract of cash devices, on every profile and every wire, and on a wire that misbehaves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from drivers.cash.attendance import attend_cash
from drivers.cash.building import build_cash
from drivers.cash.bus import BusTiming
from drivers.cash.hosted import hosted_devices
from drivers.contracts.cash import (
    CashDevices,
    CashUnreachable,
    DispenseBegun,
    Done,
    EscrowEmpty,
    GivenBack,
    Heard,
    HopperStatus,
    InEscrow,
    TakenIn,
    Total,
)
from drivers.device_settings import DeviceSettings
from drivers.emulators.cctalk_acceptor import EmulatedCoins
from drivers.emulators.cctalk_bus import CashInside, CashMachineEmulator, garble, lose
from drivers.emulators.cctalk_hopper import EmulatedHopper
from drivers.emulators.cctalk_notes import EmulatedNotes
from drivers.errors import ConfigurationError
from drivers.health import Degraded, Healthy, Lost
from drivers.host import DeviceHost
from tests.cash.stand import QUICK, machine_at

_WAIT = 10.0
_PROFILES = ["cny", "eur"]
Ask = Callable[[CashDevices], object]


def euros() -> CashInside:
    """What the profile `eur` expects at the other end."""
    hoppers = {"hopper-200": (3, 200), "hopper-50": (4, 50), "hopper-10": (5, 10)}
    return CashInside(
        EmulatedNotes(40, (500, 1000, 2000, 5000)),
        EmulatedCoins(2, (5, 10, 20, 50, 100, 200)),
        {name: EmulatedHopper(address, value, 50) for name, (address, value) in hoppers.items()},
    )


@contextmanager
def machine(
    profile: str = "cny", *, tcp: bool = False, timing: BusTiming = QUICK
) -> Iterator[tuple[CashMachineEmulator, CashDevices]]:
    with CashMachineEmulator(euros() if profile == "eur" else None, tcp=tcp) as emulator:
        driver = machine_at(emulator.address, profile, timing)
        driver.bus.open()
        yield emulator, driver.devices
        driver.bus.close()


def soon(ask: Callable[[], object], wanted: Callable[[object], bool]) -> object:
    """Asks until the answer is the wanted one, or for a few seconds."""
    deadline = time.monotonic() + _WAIT
    while not wanted(answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return answer


@pytest.mark.parametrize("profile", _PROFILES)
@pytest.mark.parametrize("tcp", [False, True])
def test_a_note_is_held_then_stacked_or_given_back(profile: str, tcp: bool) -> None:
    with machine(profile, tcp=tcp) as (emulator, devices):
        (notes,) = devices.notes
        assert notes.poll(None) == Heard(0)
        assert notes.accept(frozenset({1000})) == Done()
        emulator.insert_note(1000)
        assert notes.poll(0) == Heard(1, (InEscrow(1000),))
        assert notes.stack() == Done()
        assert soon(lambda: notes.poll(1), lambda said: said != Heard(1)) == Heard(2, (TakenIn(1000),))
        emulator.insert_note(1000)
        assert notes.give_back() == Done()
        gone = Heard(4, (InEscrow(1000), GivenBack()))
        assert soon(lambda: notes.poll(2), lambda said: said == gone) == gone
        assert notes.stack() == EscrowEmpty()
        assert notes.total() == Total(1)


@pytest.mark.parametrize("profile", _PROFILES)
def test_only_what_is_allowed_is_taken(profile: str) -> None:
    with machine(profile) as (emulator, devices):
        for acceptor in (*devices.notes, *devices.coins):
            for value in acceptor.values:
                assert acceptor.accept(frozenset({value})) == Done()
                inside = emulator.inside.notes if acceptor.name == "notes" else emulator.inside.coins
                assert inside.allowed == {value}
            assert acceptor.accept(frozenset()) == Done()
            assert inside.allowed == set()


@pytest.mark.parametrize("profile", _PROFILES)
def test_a_hopper_pays_what_it_is_told_and_counts(profile: str) -> None:
    with machine(profile) as (emulator, devices):
        for hopper in devices.hoppers:
            before = hopper.status()
            assert isinstance(before, HopperStatus)
            assert hopper.dispense(7) == DispenseBegun()
            after = soon(hopper.status, lambda said: isinstance(said, HopperStatus) and not said.remaining)
            assert isinstance(after, HopperStatus)
            assert (after.counter, after.paid, after.unpaid, after.total - before.total) == (1, 7, 0, 7)
            assert emulator.inside.hoppers[hopper.name].tray == [hopper.value] * 7


def test_a_jammed_hopper_says_what_came_and_a_power_cut_forgets_nothing() -> None:
    with machine() as (emulator, devices):
        hopper = devices.hoppers[0]
        emulator.inside.hoppers[hopper.name].jams_after = 2
        hopper.dispense(5)
        stuck = soon(hopper.status, lambda said: isinstance(said, HopperStatus) and not said.remaining)
        assert isinstance(stuck, HopperStatus)
        assert (stuck.paid, stuck.unpaid, "jam" in stuck.faults) == (2, 3, True)
        emulator.power_cycle()
        after = hopper.status()
        assert isinstance(after, HopperStatus)
        assert (after.counter, after.paid, after.unpaid, after.total) == (0, 2, 3, 2)


ASKED: dict[str, Ask] = {
    "poll": lambda devices: devices.coins[0].poll(0),
    "accept": lambda devices: devices.coins[0].accept(frozenset({100})),
    "total": lambda devices: devices.notes[0].total(),
    "status": lambda devices: devices.hoppers[0].status(),
}
MISCHIEF: dict[str, Callable[[bytes, int], bytes]] = {
    "cut off": lambda answer, place: answer[:place],
    "garbled": lambda answer, place: answer[:place] + bytes([answer[place] ^ 0x41]) + answer[place + 1 :],
    "something before": lambda answer, place: bytes(range(place + 1)) + answer,
    "something between": lambda answer, place: answer[:place] + b"\x01" + answer[place:],
    "said twice": lambda answer, place: answer + answer[: place + 1],
}


@pytest.mark.parametrize("mischief", MISCHIEF)
@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_that_is_spoilt_anywhere_changes_no_answer(asked: str, mischief: str) -> None:
    with machine() as (emulator, devices):
        ask = ASKED[asked]
        clean = ask(devices)
        for place in range(7):
            emulator.mangle(lambda answer, place=place: MISCHIEF[mischief](answer, min(place, len(answer) - 1)))  # type: ignore[misc]
            assert ask(devices) == clean


def test_an_answer_in_single_bytes_is_an_answer() -> None:
    with machine(timing=BusTiming(answer=3.0)) as (emulator, devices):

        def slowly(answer: bytes) -> bytes:
            for byte in answer[:-1]:
                emulator.say(bytes([byte]))
                time.sleep(0.002)
            return answer[-1:]

        emulator.mangle(slowly)
        assert devices.coins[0].poll(0) == Heard(0)


def test_bytes_that_nobody_asked_for_are_passed_over() -> None:
    with machine() as (emulator, devices):
        for noise in (b"\x01", b"\x01\x00\x02\x00\xfd", b"\xff" * 300):
            emulator.say(noise)
            time.sleep(0.01)
            assert devices.coins[0].poll(0) == Heard(0)


def test_the_answer_to_the_question_before_is_not_taken_for_this_ones() -> None:
    with machine() as (emulator, devices):
        late: list[threading.Timer] = []

        def hold_back(answer: bytes) -> bytes:
            late.append(threading.Timer(QUICK.answer * 1.01, emulator.say, [answer]))
            late[0].start()
            return b""

        emulator.mangle(hold_back, header=167)
        assert isinstance(devices.hoppers[0].dispense(2), CashUnreachable)
        status = devices.hoppers[0].status()
        assert isinstance(status, HopperStatus)
        assert status.counter == 1, "it was told, and the loss of its answer hides nothing"
        late[0].join()


@pytest.mark.parametrize("spoil", [lose, garble])
def test_an_order_to_pay_is_sent_once(spoil: Callable[[bytes], bytes]) -> None:
    with machine() as (emulator, devices):
        emulator.mangle(spoil, header=167)
        assert isinstance(devices.hoppers[0].dispense(2), CashUnreachable)
        assert [header for _, header in emulator.commands].count(167) == 1


def test_unplugged_it_is_unreachable_and_plugged_in_again_it_goes_on() -> None:
    with machine() as (emulator, devices):
        emulator.unplug()
        assert isinstance(devices.coins[0].poll(0), CashUnreachable)
        emulator.plug()
        assert soon(lambda: devices.coins[0].poll(0), lambda said: isinstance(said, Heard)) == Heard(0)


def test_behind_its_host_it_answers_from_any_thread_and_is_looked_after() -> None:
    with CashMachineEmulator() as emulator:
        options = {"answer_seconds": 0.3, "silence_seconds": 0.005}
        driver = build_cash(DeviceSettings("cash", "cctalk", emulator.address, options))
        host = DeviceHost("cash", driver.bus, attend_cash(driver.devices), 0.02, time.monotonic)
        devices = hosted_devices(driver.devices, host, 2.0)
        host.start()
        assert devices.notes[0].poll(None) == Heard(0)
        assert soon(lambda: host.health, lambda health: health == Healthy()) == Healthy()
        emulator.inside.hoppers["hopper-50"].coins = 3
        low = soon(lambda: host.health, lambda health: isinstance(health, Degraded))
        assert low == Degraded("hopper_low", "to be refilled: hopper-50")
        emulator.unplug()
        assert isinstance(soon(lambda: host.health, lambda health: isinstance(health, Lost)), Lost)
        assert host.stop()
        assert isinstance(devices.notes[0].poll(None), CashUnreachable)


def test_a_mistake_in_the_configuration_names_its_key() -> None:
    with pytest.raises(ConfigurationError, match=r"cash\.profile"):
        build_cash(DeviceSettings("cash", "cctalk", "serial:///dev/null", {"profile": "none"}))
