"""The demonstration itself: with a display by hand, without one by itself."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
import tempfile
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from rich.console import Console

from central.app import create_enrolment_code
from central.settings import load_settings
from kiosk.app import Kiosk
from shanmen.bench.window import DeviceBench
from shanmen.demo import account
from shanmen.demo.gallery import Gallery
from shanmen.demo.visitor import Visitor, first_open, last
from shanmen.demo.world import World, central_settings, demonstration
from shanmen.enrolment import enrol_terminal
from shared import log
from shared.security.ticket_code import Genuine, open_ticket
from shared.sync.client import CentralClient
from shared.system_clock import SystemClock
from shared.ui.qt_messages import log_qt_messages

_console = Console(highlight=False, soft_wrap=True)
FAILED = 1
_DESK_SCALE = 0.45  # a kiosk's screen is taller than a desk's
_SCREEN_HEIGHT_PX = 1920


def show(out: Path, *, headless: bool) -> int:
    """Plays; the answer is the exit status."""
    headless = headless or not has_display()
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    log_qt_messages()
    application = QApplication([sys.argv[0]])
    _empty(out)
    with ExitStack() as stack:
        log.configure(stack.enter_context((out / "demo.log").open("w", encoding="utf-8")))
        _console.print("Starting central and the devices ...")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shanmen-demo-")))
        world = stack.enter_context(demonstration(folder, datetime.now(UTC), 1.0 if headless else _scale(application)))
        kiosk = stack.enter_context(closing(_enrolled_kiosk(world, application)))
        return _play(kiosk, world, out) if headless else _open(application, kiosk, world)


def _enrolled_kiosk(world: World, application: QApplication) -> Kiosk:
    clock = SystemClock(world.offset)
    code = create_enrolment_code(load_settings(central_settings(world.folder)))
    enrol_terminal(world.settings, code, clock)
    return Kiosk(world.settings, clock, application.quit)


def has_display() -> bool:
    """Whether a window could be seen."""
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open(application: QApplication, kiosk: Kiosk, world: World) -> int:
    screen = world.settings.screen
    kiosk.stage.setFixedSize(screen.width_px, screen.height_px)
    kiosk.stage.show()
    bench = DeviceBench(world.bench, min(screen.height_px, _room(application)))
    bench.show()
    bench.move(kiosk.stage.frameGeometry().topRight())
    kiosk.start()
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    awake = QTimer()  # lets Python see the signal while Qt waits
    awake.timeout.connect(lambda: None)
    awake.start(200)
    _console.print("The kiosk and its device bench are open. Close a window or press Ctrl-C to end.")
    status = application.exec()
    bench.close()
    return status


def _scale(application: QApplication) -> float:
    """How much smaller the kiosk's window is than its screen, so that all of it is seen."""
    return min(_DESK_SCALE, _room(application) / _SCREEN_HEIGHT_PX)


def _room(application: QApplication) -> int:
    """Pixels between the top of the screen and what the desktop keeps for itself."""
    return application.primaryScreen().availableGeometry().height()


def _play(kiosk: Kiosk, world: World, out: Path) -> int:
    stage = world.settings.screen
    kiosk.stage.setFixedSize(stage.width_px, stage.height_px)
    kiosk.stage.show()
    kiosk.start()
    visitor = Visitor(kiosk, world, Gallery(out, kiosk))
    visitor.until(lambda state: state.house.online and state.house.can_serve)
    _console.print("1. A visitor buys 2 adults and 1 senior, in English, online.")
    visitor.buy("en", {"adult": 2, "senior": 1}, lambda at: first_open(at, 3))
    _console.print("2. The line to central is cut. A visitor buys 2 adults, in Japanese, out of the kiosk's lease.")
    world.line.cut()
    visitor.until(lambda state: not state.house.online)
    visitor.buy("ja", {"adult": 2}, last)
    _console.print("3. That lease is used up: the slot is the window's while the line is down.")
    visitor.look_at_times("zh-Hans", last, "window-only")
    world.line.restore()
    visitor.until(lambda state: state.house.online)
    return _settle(kiosk, world, out)


def _settle(kiosk: Kiosk, world: World, out: Path) -> int:
    clock = SystemClock(world.offset)
    sales = account.finished_sales(kiosk.terminal.store)
    terminal = CentralClient(world.settings.central.url, kiosk.terminal.key, clock, secrets.token_bytes)
    with closing(terminal):
        central = account.central_says(terminal, len(sales))
    keys = account.public_keys(world)
    account.write_papers(out, world.printer.sheets, sales)
    account.write_summary(out / "summary.json", account.summary(sales, central))
    (out / "keys.json").write_text(keys.to_json())
    tickets = [ticket for sale in sales for ticket in sale.live_tickets]
    genuine = sum(isinstance(open_ticket(ticket.qr, keys), Genuine) for ticket in tickets)
    agreed = central == {
        "sales": len(sales),
        "tickets": len(tickets),
        "total_minor": sum(sale.opened.total.minor for sale in sales),
    }
    _console.print(
        f"4. The line is back. Central has {central['sales']} sales and {central['tickets']} tickets; "
        f"{genuine} of {len(tickets)} codes are genuine; the gateway holds {world.gateway.taken_minor / 100:.2f} CNY."
    )
    _console.print(f"Screens, tickets, receipts, summary.json and demo.log are in {out}")
    return 0 if agreed and genuine == len(tickets) else FAILED


def _empty(out: Path) -> None:
    """A fresh folder: what an earlier demonstration left there would lie."""
    if (out / "demo.log").exists() or not out.exists():
        shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
