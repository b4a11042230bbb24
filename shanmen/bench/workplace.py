"""A bench with every device that there is, started together and stopped together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from shanmen.bench.action import NonsenseError
from shanmen.bench.station import OpenStation
from shanmen.bench.stations import line
from shanmen.bench.stations.cabinet import open_cabinet
from shanmen.bench.stations.camera import open_camera
from shanmen.bench.stations.card_terminal import open_card_terminal
from shanmen.bench.stations.cash import open_cash
from shanmen.bench.stations.display import open_display
from shanmen.bench.stations.gateways import open_alipay, open_wechat
from shanmen.bench.stations.identity import open_identity
from shanmen.bench.stations.member_card import open_member_card
from shanmen.bench.stations.passport import open_passport
from shanmen.bench.stations.printer import open_printer
from shanmen.bench.stations.scanner import open_scanner
from shanmen.bench.table import Bench

# A device more is a file in `stations` and a name here.
DEVICES: tuple[OpenStation, ...] = (
    open_printer,
    open_scanner,
    open_wechat,
    open_alipay,
    open_card_terminal,
    open_cash,
    open_identity,
    open_passport,
    open_camera,
    open_member_card,
    open_display,
    open_cabinet,
)


@contextmanager
def laid_out(folder: Path, central_url: str, devices: Sequence[OpenStation] = DEVICES) -> Iterator[Bench]:
    """Starts the devices and a line to central. `folder` keeps what they remember (keys, payments).

    Raises NonsenseError when `central_url` is no address.
    """
    with ExitStack() as stack:
        lay = line.opener(*_host_and_port(central_url))
        yield Bench([open_device(stack, folder) for open_device in (*devices, lay)])


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname:
            return parts.hostname, parts.port or 80
    except ValueError:  # a port that is no number, a bracket that is not closed
        pass
    raise NonsenseError(f"{url!r} is not of the form http://HOST:PORT.")
