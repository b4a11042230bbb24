"""`shanmen`: the command line. It puts parts together and turns mistakes into a sentence and an exit status."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from drivers.errors import ConfigurationError
from shanmen import catalog, day, identity
from shanmen.backup import backup, restore
from shanmen.bench.command import bench, emulators
from shanmen.doctor.command import doctor
from shanmen.price import price
from shanmen.verify import verify
from shanmen.verify_ticket import verify_ticket
from shared import log
from shared.errors import Fault, SurroundingsError, UserError
from shared.security.key_vault import DataKeysError
from shared.security.keys import KeyFileError
from shared.settings import SettingsError

# Plain tracebacks: pretty ones may quote values, and values may be a visitor's.
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="山门 Shanmen: the ticket office of scenic areas.",
)

SettingsFile = Annotated[Path, typer.Option("--settings", "-s", help="The settings file (TOML).")]

USAGE = 2
UNAVAILABLE = 3  # disk, network or devices: the service is worth starting again

# What an installer can mend: told in one sentence, never as a traceback.
_MISTAKES = (SettingsError, ConfigurationError, KeyFileError, UserError)


@app.command()
def kiosk(settings: SettingsFile) -> None:
    """Open the visitor's ticket machine."""
    from shared.thrift import keep_small

    keep_small()
    from kiosk.app import run
    from kiosk.settings import KioskSettings
    from shared.settings import read_settings

    raise typer.Exit(run(read_settings(settings, KioskSettings)))


@app.command()
def central(settings: SettingsFile) -> None:
    """Run the central service that terminals settle with."""
    from central import settings as central_settings
    from central.app import run

    try:
        run(central_settings.load_settings(settings))
    except central_settings.ConfigurationError as error:
        raise SettingsError(error.message) from error


@app.command("enrolment-code")
def enrolment_code(settings: SettingsFile) -> None:
    """Print a one-time code, from central's settings, that makes a machine a terminal."""
    from central import settings as central_settings
    from central.app import create_enrolment_code

    try:
        typer.echo(create_enrolment_code(central_settings.load_settings(settings)))
    except central_settings.ConfigurationError as error:
        raise SettingsError(error.message) from error


@app.command()
def enrol(settings: SettingsFile, code: Annotated[str, typer.Argument(help="The one-time code from central.")]) -> None:
    """Make this kiosk a terminal of its site."""
    from kiosk.settings import KioskSettings
    from shanmen.enrolment import enrol_terminal
    from shared.settings import read_settings
    from shared.system_clock import SystemClock

    who = enrol_terminal(read_settings(settings, KioskSettings), code, SystemClock())
    typer.echo(f"enrolled as {who.terminal_id} of {who.site_id}")


@app.command()
def boxoffice(settings: SettingsFile) -> None:
    """Open the cashier's window."""
    from boxoffice.app import run
    from boxoffice.settings import BoxOfficeSettings
    from shared.settings import read_settings

    raise typer.Exit(run(read_settings(settings, BoxOfficeSettings)))


app.command("verify")(verify)
app.command("verify-ticket")(verify_ticket)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("price")(price)
app.command("doctor")(doctor)
app.command("emulators")(emulators)
app.command("bench")(bench)
app.add_typer(catalog.app, name="catalog")
app.add_typer(day.app, name="day")
app.add_typer(identity.app, name="identity")


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where pictures and papers go.")] = Path("out/demo"),
    headless: Annotated[bool, typer.Option(envvar="HEADLESS", help="Play it without a display.")] = False,
) -> None:
    """Show it: central, device emulators and a kiosk that sells, on this machine."""
    from shanmen.demo.show import show

    raise typer.Exit(show(out, headless=headless))


def main() -> None:
    """The entry point: a mistake in a settings file is one sentence on standard error and exit 2."""
    log.configure()
    try:
        app()
    except _MISTAKES as error:
        _end(str(error), USAGE)
    except SurroundingsError as error:
        _end(str(error), UNAVAILABLE)
    except DataKeysError as error:
        _end(str(SurroundingsError(Fault.DATA_KEYS, str(error))), UNAVAILABLE)


def _end(sentence: str, status: int) -> NoReturn:
    sys.stderr.write(f"shanmen: {sentence}\n")
    sys.exit(status)
