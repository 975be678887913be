"""The settings: one frozen object, read once when the service starts."""

import os
import secrets
import tomllib
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any

FILE_NAME = "settings.toml"
INSTANCE_VARIABLE = "FIRESAFE_INSTANCE"


class SettingsFault(Exception):
    """The settings file cannot be used; the message names the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the service; each is described in the README.

    Paths are absolute. Durations carry their unit in their name.
    """

    instance: Path
    secret_key: str
    public_address: str = "http://127.0.0.1:8000"
    database_url: str = ""
    store_url: str = ""
    listen: str = "127.0.0.1:8000"
    threads: int = 8
    trusted_proxy: str = ""
    session_hours: int = 12
    upload_limit_mb: int = 20
    service_days: int = 3
    sign_in_attempts_per_minute: int = 20
    check_page_attempts_per_minute: int = 20
    reports_per_address_per_hour: int = 10
    reports_per_factory_per_day: int = 20
    reports_per_day: int = 300
    message_channels: str = ""
    recheck_working_days: int = 3
    extension_working_days: int = 3
    referral_reply_working_days: int = 7

    @property
    def database(self) -> str:
        """The address of the database; by default a file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance / 'firesafe.db'}"

    @property
    def store(self) -> str:
        """The address of the file store; by default a folder in the instance folder."""
        return self.store_url or (self.instance / "store").as_uri()

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over https, so cookies may insist on it."""
        return self.public_address.startswith("https://")


def instance_folder() -> Path:
    """Return the folder of this installation: FIRESAFE_INSTANCE, else ``./instance``."""
    return Path(os.environ.get(INSTANCE_VARIABLE, "instance")).resolve()


def read_settings(instance: Path) -> Settings:
    """Read ``settings.toml`` of the instance folder.

    Raises:
        SettingsFault: the file is missing or malformed, a key is unknown or missing, has the
            wrong type, or is a number below one.
    """
    file = instance / FILE_NAME
    if not file.is_file():
        raise SettingsFault(f"{file} does not exist. `firesafe init` writes one.")
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as fault:  # malformed, or not UTF-8
        raise SettingsFault(f"{file}: {fault}") from fault
    _check(values, file)
    return Settings(instance=instance.resolve(), **values)


def write_first_settings(instance: Path) -> Path:
    """Write a settings file with a fresh secret, unless there is one; return its path."""
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / FILE_NAME
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f'secret_key = "{secrets.token_urlsafe(48)}"\n', encoding="utf-8")
    return file


def _type_name(field: Field[Any]) -> str:
    return str(getattr(field.type, "__name__", field.type))


def _check(values: dict[str, Any], file: Path) -> None:
    known = {field.name: field for field in fields(Settings) if field.name != "instance"}
    for key, value in values.items():
        if key not in known:
            raise SettingsFault(f"{file}: there is no setting {key!r}.")
        if type(value).__name__ != _type_name(known[key]):
            raise SettingsFault(f"{file}: {key} must be of type {_type_name(known[key])}.")
        if isinstance(value, int) and value < 1:
            raise SettingsFault(f"{file}: {key} must be at least 1.")
    for name, field in known.items():
        if field.default is MISSING and name not in values:
            raise SettingsFault(f"{file}: {name} is missing.")
    if len(values["secret_key"]) < 32:
        raise SettingsFault(f"{file}: secret_key needs at least 32 characters.")
