"""Lines that break, and how often they are tried again."""

from __future__ import annotations

import os
import socket
import tty

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.network_line import NetworkLine
from drivers.transport.connection import BackOff, Connection
from drivers.transport.line import Transport, TransportError
from drivers.transport.serial_port import SerialTransport
from drivers.transport.tcp import TcpTransport


class Bench:
    """A clock that is moved by hand, and a count of the tries to connect."""

    def __init__(self) -> None:
        self.now = 0.0
        self.tries = 0

    def refuse(self) -> Transport:
        self.tries += 1
        raise TransportError("nobody there")

    def connection(self) -> Connection:
        return Connection(self.refuse, lambda: self.now, lambda: 1.0, BackOff(1.0, 4.0))

    def try_at(self, connection: Connection, now: float) -> int:
        self.now = now
        with pytest.raises(TransportError, match="nobody there"):
            connection.line()
        return self.tries


def test_a_dead_device_is_tried_less_and_less_often() -> None:
    bench = Bench()
    connection = bench.connection()
    tries = [bench.try_at(connection, now / 10) for now in range(200)]
    assert tries[:2] == [1, 2], "the first retry is at once"
    assert [now / 10 for now in range(1, 200) if tries[now] != tries[now - 1]] == [0.1, 1.1, 3.1, 7.1, 11.1, 15.1, 19.1]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_pauses_stay_in_their_bounds(failures: int, chance: float) -> None:
    assert 0 <= BackOff().pause(failures, chance) <= 5.0


def test_a_line_through_the_relay_breaks_when_it_is_cut_and_comes_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as far, NetworkLine("127.0.0.1", far.getsockname()[1]) as line:
        near = TcpTransport(line.host, line.port, 1)
        end, _ = far.accept()
        with end:
            near.write(b"there", 1)
            assert end.recv(100) == b"there"
            end.sendall(b"back")
            assert near.read(100, 1) == b"back"
            assert near.read(100, 0.01) == b""
            line.cut()
            with pytest.raises(TransportError):
                near.read(100, 1)
        near.close()
        with pytest.raises(TransportError, match="connection refused"):
            TcpTransport(line.host, line.port, 1)
        line.restore()
        TcpTransport(line.host, line.port, 1).close()


def test_a_relay_passes_the_end_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as far, NetworkLine("127.0.0.1", far.getsockname()[1]) as line:
        near = TcpTransport(line.host, line.port, 1)
        end, _ = far.accept()
        end.close()
        with pytest.raises(TransportError, match="closed by the device"):
            near.read(1, 1)
        near.close()


def test_a_device_that_takes_no_data_ends_the_write() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = TcpTransport("127.0.0.1", server.getsockname()[1], 1)
        with pytest.raises(TransportError, match="takes no more data"):
            line.write(bytes(50_000_000), 0.2)
        line.close()


def test_a_serial_line_carries_bytes_both_ways_until_it_is_pulled() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    line = SerialTransport(os.ttyname(slave), 9600)
    os.close(slave)
    line.write(b"out", 1)
    assert os.read(master, 10) == b"out"
    os.write(master, b"back")
    assert line.read(2, 1) + line.read(10, 1) == b"back"
    assert line.read(10, 0.01) == b""
    os.close(master)
    with pytest.raises(TransportError, match="serial port lost"):
        line.read(1, 1)
    with pytest.raises(TransportError, match="serial port lost"):
        line.write(b"out", 1)
    line.close()
