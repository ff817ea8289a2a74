"""What the operator says through the environment; read here and nowhere else."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "ARMSWATCH_"
KEY_PREFIX = PREFIX + "KEY_"


class WrongSettingError(Exception):
    """A variable of the environment is misspelt or has a value that cannot be used. Raised by read_environment()."""


def _home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "armswatch"


class Environment(BaseSettings):
    """What the operator sets through ARMSWATCH_ variables; docs/settings.md describes each."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    data_dir: Path = Field(default_factory=_home, description="folder of database, archive and search index")
    database_url: str | None = Field(
        None, description="SQLAlchemy address; default is a SQLite file in the data folder"
    )
    spiders: Path | None = Field(None, description="a folder with further spider files")
    only_own_spiders: bool = Field(False, description="leave out the spiders that come along")
    allow_addresses: Annotated[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...], NoDecode] = Field(
        (), description="non-public networks that may be reached, separated by commas"
    )
    contact: str = Field("https://github.com/armswatch/armswatch", description="address in the User-Agent")
    browser: str | None = Field(None, description="Chromium's executable, for sources that need JavaScript")
    delay: float = Field(1.0, ge=0, le=3600, description="seconds between two requests to one host")
    crawls: int = Field(4, ge=1, le=64, description="crawls at a time")
    crawl_deadline: int = Field(1800, ge=1, description="seconds after which a crawl is ended")
    check_hours: int = Field(24, ge=0, le=24 * 31, description="hours between two checks of all sources; 0: never")
    newsroom_port: int = Field(8377, ge=0, le=65535, description="port of the sample newsroom")
    host: str = Field("127.0.0.1", min_length=1, description="address the web pages are served on")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="names under which the web pages may be reached, separated by commas"
    )
    proxies: Annotated[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...], NoDecode] = Field(
        (), description="networks of proxies whose X-Forwarded headers are believed, separated by commas"
    )
    login: bool = Field(False, description="ask for an account on this machine too")
    model_url: str | None = Field(
        None, description="OpenAI-compatible address of a language model that proposes claims too; unset, none is asked"
    )
    model_name: str = Field("default", min_length=1, description="the model's name there")
    model_key: SecretStr | None = Field(None, description="the key it asks for, sent as a bearer token")
    smtp_url: SecretStr | None = Field(None, description="mail server: smtp, smtps or smtp+starttls address")
    mail_from: str = Field("armswatch@localhost", description="sender of mails")
    public_url: str = Field("http://127.0.0.1:8378", description="where the web pages are read, for links in messages")
    log_level: str = Field("WARNING", pattern="^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$", description="least level logged")

    @field_validator("allow_addresses", "allowed_hosts", "proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("spiders")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @field_validator("model_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        address = urlsplit(value)
        if address.scheme not in {"http", "https"} or not address.hostname or address.port == 0:
            raise ValueError(f"{value} is not an http or https address")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"smtp", "smtps", "smtp+starttls"}:
            raise ValueError("is none of smtp://, smtps:// and smtp+starttls://")
        return value

    @field_validator("model_key")
    @classmethod
    def _is_one_word(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch("[!-~]+", value.get_secret_value()):
            raise ValueError("has spaces or signs that cannot stand in a header")
        return value


def read_keys() -> dict[str, SecretStr]:
    """Read the keys of JSON interfaces, ``ARMSWATCH_KEY_NAME`` for the source ``name``."""
    names = [name for name in os.environ if name.startswith(KEY_PREFIX) and os.environ[name]]
    return {name.removeprefix(KEY_PREFIX).lower(): SecretStr(os.environ[name]) for name in names}


def read_environment() -> Environment:
    """Read the ARMSWATCH_ variables; raises WrongSettingError, also for a name that no setting has."""
    known = {PREFIX + name.upper() for name in Environment.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name not in known and not name.startswith(KEY_PREFIX):
            raise WrongSettingError(f"{name} is not a setting; known are {', '.join(sorted(known))}")
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        raise WrongSettingError(f"{PREFIX}{str(first['loc'][0]).upper()}: {first['msg']}") from error
