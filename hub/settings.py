"""The hub's settings: read once from the environment and `.env`, every mistake reported together."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from hub.domain.errors import HubError

PREFIX = "HUB_"
ENV_FILE = Path(".env")
_OUTSIDE = ("HUB_TEST_", "HUB_BUILD_")  # read by the tests and the build, not by the hub

_PLAIN_WORDS = {
    "missing": "it is required",
    "int_parsing": "it must be a whole number",
    "float_parsing": "it must be a number",
    "bool_parsing": "it must be true or false",
}


class SettingsInvalid(HubError):
    """One or more settings cannot be used; the message lists them all."""


class Part(StrEnum):
    """What one process of the hub does."""

    all = "all"
    api = "api"
    """Screens, API and webhooks."""
    workers = "workers"
    """Ingest, deliveries and timers."""
    connectors = "connectors"
    """Accounts that poll or hold a connection."""


def _listed(value: object) -> object:
    """Split what an environment variable can hold, `a, b`, into its parts; `off` and nothing are no parts."""
    if not isinstance(value, str):
        return value
    return (
        () if value.strip().lower() in {"", "off", "none"} else tuple(p.strip() for p in value.split(",") if p.strip())
    )


def _network(value: object) -> object:
    """Read one address or network."""
    try:
        return ip_network(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is not an address or network such as 10.0.0.0/8") from None


def _endpoint(value: object) -> object:
    """Check one `host:port`."""
    try:
        parts = urlsplit(f"//{value}")
        complete = bool(parts.hostname and parts.port) and not (parts.path or parts.query or parts.username)
    except ValueError:
        complete = False
    if not complete:
        raise ValueError(f"{value!r} is not of the form host:port")
    return str(value).lower()


class HubSettings(BaseSettings):
    """What an operator may set. Every value has a default that works on one machine.

    Raises pydantic's ValidationError when made directly; `load_settings` says the same in words.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    """Folder of everything the hub keeps here: the SQLite database, files, the key file, backups."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 for every interface (put a TLS proxy in front)."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port to listen on; 0 takes a free one."""
    public_url: str = ""
    """Address under which customers' providers and agents reach the hub, for example https://hub.example.com.
    Empty: http://HOST:PORT."""
    database_url: str = Field(default="", repr=False)
    """Database: postgresql+asyncpg://user:password@host/name, or sqlite+aiosqlite:///path.
    Empty: SQLite in the data folder."""
    bus_url: str = Field(default="", repr=False)
    """Bus between several nodes: nats://host:4222. Empty: one node."""
    blobs_url: str = Field(default="", repr=False)
    """Where files and recordings are stored: s3://bucket/prefix or file:///path. Empty: the data folder.
    S3 credentials are read from the usual AWS_ variables."""
    secret_keys: SecretStr = SecretStr("")
    """Keys that seal stored secrets: id:key, newest first, separated by commas. `hub new-secret-key` makes one.
    Empty: the file secret.key in the data folder, made at the first start. Without it stored secrets are lost."""
    only: Part = Part.all
    """What this process does: all, api, workers or connectors."""
    demo: bool = False
    """Serve the demo workspace with simulated customers."""
    demo_every: float = Field(default=10, ge=1)
    """About how many seconds pass between two new conversations of the demo, while somebody watches."""
    webhooks_checked_every: float = Field(default=240, ge=1)
    """Seconds between two looks at each provider: whether it still calls the hub, and what a lost call left behind."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much is logged: debug, info, warning or error."""
    log_format: Literal["console", "json"] = "console"
    """How log lines look: console for people, json for machines."""
    journal_retention_days: int = Field(default=90, ge=1)
    """Days for which raw events are kept after they were read; those not understood stay until they are."""
    webhook_max_bytes: int = Field(default=5 * 1024 * 1024, ge=1024)
    """Largest webhook body taken, in bytes."""
    attachment_max_bytes: int = Field(default=50 * 1024 * 1024, ge=1024)
    """Largest file taken or sent, in bytes; a channel's own limit may be lower."""
    attachments_per_message: int = Field(default=50, ge=1)
    """Most files kept of one message; the rest are listed by name."""
    session_hours: float = Field(default=168, gt=0)
    """Hours after which an unused session of a person ends."""
    trusted_proxies: Annotated[
        tuple[Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
    ] = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas."""
    allow_private_fetch: Annotated[
        tuple[Annotated[str, BeforeValidator(_endpoint)], ...], NoDecode, BeforeValidator(_listed)
    ] = ()
    """Endpoints in private networks that files may be fetched from, as host:port separated by commas.
    Off: private, loopback, link-local and metadata addresses are refused."""
    recordings_sealed: bool = False
    """Encrypt recordings of calls at rest, each with a key of its own. Those stored before stay as they are."""
    transcripts: Literal["none", "openai", "sherpa"] = "none"
    """What makes transcripts of recordings: none, openai (any service that takes POST /v1/audio/transcriptions), or
    sherpa (sherpa-onnx on this machine; needs the extra `stt`)."""
    transcripts_url: str = "https://api.openai.com/v1"
    """Address of the transcription service, without /audio/transcriptions."""
    transcripts_key: SecretStr = SecretStr("")
    """Key for the transcription service; empty for one that asks for none."""
    transcripts_model: str = "whisper-1"
    """Model of the transcription service, or the folder of sherpa-onnx's model."""
    transcripts_language: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$")] = ""
    """What callers speak, as en, pl or ko. Empty: the engine finds out."""

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("it must look like https://hub.example.com")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        driver = {"postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}
        scheme = driver.get(scheme, scheme)
        if value and (not separator or scheme not in driver.values()):
            raise ValueError("it must start with postgresql+asyncpg:// or sqlite+aiosqlite://")
        return f"{scheme}{separator}{rest}"

    @field_validator("transcripts_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("it must look like https://api.openai.com/v1")
        return value.rstrip("/")

    @field_validator("bus_url")
    @classmethod
    def _is_known_bus(cls, value: str) -> str:
        if value and not value.startswith(("nats://", "tls://")):
            raise ValueError("it must start with nats:// or tls://")
        return value

    @field_validator("blobs_url")
    @classmethod
    def _is_known_store(cls, value: str) -> str:
        if value and not value.startswith(("s3://", "file:///")):
            raise ValueError("it must start with s3:// or file:///")
        return value

    @property
    def base_url(self) -> str:
        """The address of this hub as others call it, without a slash at the end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        """The database's URL, with the default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'hub.db'}"

    @property
    def blobs(self) -> str:
        """The blob store's URL, with the default filled in."""
        return self.blobs_url or (self.data_dir.absolute() / "blobs").as_uri()

    @property
    def key_file(self) -> Path:
        """Where the secret keys are when `secret_keys` is empty."""
        return self.data_dir / "secret.key"

    def trusts(self, peer: str) -> bool:
        """Tell whether a connection from this address is one of our proxies."""
        try:
            address: IPv4Address | IPv6Address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.trusted_proxies)

    def does(self, part: Part) -> bool:
        """Tell whether this process does that part of the work."""
        return self.only in {Part.all, part}

    @classmethod
    def names(cls) -> Mapping[str, str]:
        """Environment variable of each field."""
        return {field: f"{PREFIX}{field.upper()}" for field in cls.model_fields}

    @classmethod
    def load(cls, *, env_file: Path | None = ENV_FILE, **given: object) -> Self:
        """Read the settings; `given` (the command line's) wins over the environment, that over the file.

        Raises SettingsInvalid with one line per mistake.
        """
        try:
            return cls(_env_file=env_file, **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]  # pydantic checks the values
        except ValidationError as error:
            raise SettingsInvalid(in_words(error, cls.names())) from None


def in_words(error: ValidationError, names: Mapping[str, str]) -> str:
    """Say what is wrong with settings, one line each, without quoting a value. `names` gives variable by field."""
    lines = []
    for mistake in error.errors(include_input=False, include_url=False):
        field = str(mistake["loc"][0]) if mistake["loc"] else ""
        plain = mistake["msg"].removeprefix("Value error, ")
        words = _PLAIN_WORDS.get(
            mistake["type"], plain.replace("Input should", "it must").replace("it must be a valid", "it must be a")
        )
        lines.append(f"  {names.get(field, field)}: {words[:1].lower()}{words[1:]}")
    return "\n".join(["These settings cannot be used. Mend them in the environment or in .env:", *dict.fromkeys(lines)])


def unknown_variables(environ: Mapping[str, str] | None = None, *, env_file: Path = ENV_FILE) -> list[str]:
    """Say in words which HUB_ variables mean nothing to the hub: most often a typing error."""
    present = {**dotenv_values(env_file), **(os.environ if environ is None else environ)}
    known = list(HubSettings.names().values())
    words = []
    for name in sorted(present):
        if name.startswith(PREFIX) and name not in known and not name.startswith(_OUTSIDE):
            near = get_close_matches(name, known, n=1)
            words.append(f"{name} is not a setting of the hub." + (f" Did you mean {near[0]}?" if near else ""))
    return words
