"""Settings files: TOML, checked as a whole, a mistake told in one sentence that names its key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


class SettingsError(Exception):
    """A settings file cannot be used. The message is one sentence for the installer, naming file and key."""


class Section(BaseModel):
    """A table of a settings file. A key it does not know is a mistake, not a remark."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Settings(BaseSettings):
    """A whole settings file. `SHANMEN_SECTION__KEY` in the environment goes before the file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="SHANMEN_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


AnySettings = TypeVar("AnySettings", bound=Settings)


def read_settings(path: Path, kind: type[AnySettings]) -> AnySettings:
    """Reads and checks a file. Raises SettingsError naming the first mistake's key."""
    try:
        return kind(**tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not a TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path}: {key}: {_sentence(first['msg'])}") from error


def _sentence(message: str) -> str:
    return {"Extra inputs are not permitted": "no such key", "Field required": "this key is missing"}.get(
        message, message[:1].lower() + message[1:]
    )
