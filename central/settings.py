"""Central's configuration: a TOML file, checked whole, with single values overridden by SHANMEN_CENTRAL_*."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from central.capacity.policy import LeasePolicy, ReclaimPolicy, ShareSize
from central.fleet.thresholds import Thresholds


class ConfigurationError(ValueError):
    """A mistake in the configuration. `message` is one sentence that names the key or the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SizeSettings(BaseModel):
    """For slots of at most `capacity_up_to` places, a share is at most `units`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    capacity_up_to: Annotated[int, Field(ge=1)]
    units: Annotated[int, Field(ge=1)]


class LeaseSettings(BaseModel):
    """The `[lease]` table: lifetime in hours, the largest share, and the part of the free places it may be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lifetime_hours: Annotated[float, Field(gt=0, le=72)] = 8
    offline_hours: Annotated[float, Field(gt=0, le=72)] = 2  # what a terminal sells in so long is its next share
    largest: Annotated[int, Field(ge=1)] = 60
    divisor: Annotated[int, Field(ge=1)] = 4
    sizes: tuple[SizeSettings, ...] = (
        SizeSettings(capacity_up_to=50, units=10),
        SizeSettings(capacity_up_to=500, units=30),
    )

    def policy(self) -> LeasePolicy:
        sizes = tuple(ShareSize(size.capacity_up_to, size.units) for size in self.sizes)
        offline_for = timedelta(hours=self.offline_hours)
        return LeasePolicy(timedelta(hours=self.lifetime_hours), sizes, self.largest, self.divisor, offline_for)


class ReclaimSettings(BaseModel):
    """The `[reclaim]` table. `bound` 0 is STRICT; else so many places of a slot may be sold twice at the worst."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bound: Annotated[int, Field(ge=0)] = 0
    patience_minutes: Annotated[float, Field(ge=5)] = 15  # after a lease ran out

    def policy(self) -> ReclaimPolicy:
        return ReclaimPolicy(self.bound, timedelta(minutes=self.patience_minutes))


class ReserveSettings(BaseModel):
    """The `[reserve]` table: what new slots keep back for the windows, in basis points of their capacity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share_bp: Annotated[int, Field(ge=0, le=10_000)] = 0
    products: dict[str, Annotated[int, Field(ge=0, le=10_000)]] = {}  # by product, in place of `share_bp`

    def of(self, product_id: str, capacity: int) -> int:
        """Places of a slot that only windows sell."""
        return capacity * self.products.get(product_id, self.share_bp) // 10_000


class AlarmSettings(BaseModel):
    """The `[alarms]` table: beyond what a terminal needs a person's eye."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offline_minutes: Annotated[float, Field(gt=1)] = 5  # two heart-beats at least
    clock_seconds: Annotated[float, Field(gt=0)] = 60
    response_ms: Annotated[int, Field(ge=1)] = 2000
    failed_sales_bp: Annotated[int, Field(ge=0, le=10_000)] = 100  # basis points of the last day's sales

    @property
    def offline_after(self) -> timedelta:
        return timedelta(minutes=self.offline_minutes)

    def thresholds(self) -> Thresholds:
        clock = timedelta(seconds=self.clock_seconds)
        return Thresholds(self.offline_after, clock, self.response_ms, self.failed_sales_bp)


class CentralSettings(BaseSettings):
    """Paths are relative to the file. `port` 0: any free port; `ready_file` then tells which."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="SHANMEN_CENTRAL_", env_nested_delimiter="__"
    )

    site: Path  # folder with catalog.toml and prices.toml
    database: str  # a path (SQLite) or a URL: postgresql+psycopg://user@host/name
    durable: bool = True  # refuse a database server that may lose what it has committed
    key_file: Path  # made at the first start
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    ready_file: Path | None = None
    days_ahead: Annotated[int, Field(ge=0, le=366)] = 7
    places_interval_s: Annotated[float, Field(gt=0, le=1)] = 0.5
    data_key_file: Path | None = None  # made at the first start; None: beside `key_file`, with the ending .data
    hold_minutes: Annotated[float, Field(gt=0, le=120)] = 15  # how long a channel's hold waits for its payment
    notices_interval_s: Annotated[float, Field(gt=0, le=60)] = 1
    clock_offset_s: float = 0  # demonstrations only: how far central's clock is from the machine's
    lease: LeaseSettings = LeaseSettings()
    reclaim: ReclaimSettings = ReclaimSettings()
    reserve: ReserveSettings = ReserveSettings()
    alarms: AlarmSettings = AlarmSettings()
    metrics_token: SecretStr | None = None  # who reads /metrics brings it as a bearer token; None: anybody may
    audit_days: Annotated[int, Field(ge=180)] = 400  # how long the audit chain is kept
    backup_folder: Path | None = None  # where the embedded database is copied to each day; None: nowhere
    backups_kept: Annotated[int, Field(ge=1)] = 14


def load_settings(path: Path) -> CentralSettings:
    """Reads a configuration file. Raises ConfigurationError."""

    class FromFile(CentralSettings):
        """The settings with this file as their source."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path)

    if not path.is_file():
        raise ConfigurationError(f"{path}: there is no such file")
    try:
        return _anchored(FromFile(), path.parent)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_first(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _first(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"


def _anchored(settings: CentralSettings, folder: Path) -> CentralSettings:
    """Paths as seen from the file's folder; a database URL stays as it is."""
    database = settings.database if "://" in settings.database else str(folder / settings.database)
    return settings.model_copy(
        update={
            "site": folder / settings.site,
            "key_file": folder / settings.key_file,
            "data_key_file": folder / settings.data_key_file if settings.data_key_file else None,
            "database": database,
            "ready_file": folder / settings.ready_file if settings.ready_file else None,
            "backup_folder": folder / settings.backup_folder if settings.backup_folder else None,
        }
    )
