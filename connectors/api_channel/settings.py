"""What an admin says about one system of their own. The model becomes the form in the UI."""

import re
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

NAMESPACE = "api"

_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class Ids(StrEnum):
    """What the ids are by which your system names people."""

    own = "own"
    """Ids of its own making."""
    phone = "phone"
    """Phone numbers: the same person's calls and SMS are on one timeline."""
    email = "email"
    """Mail addresses."""


class ApiSettings(BaseModel):
    """Settings of one system."""

    model_config = ConfigDict(
        title="A system of your own", hide_input_in_errors=True, str_strip_whitespace=True, defer_build=True
    )

    system: str = Field(
        title="Short name of your system",
        description="A word such as `shop` or `game`. Its people are shown as shop:17, so that user 17 of another "
        "system is somebody else. Do not change it later.",
        pattern=r"^[a-z][a-z0-9_-]{0,29}$",
    )
    secret: SecretStr = Field(
        min_length=32,
        max_length=200,
        title="Signing secret",
        description="Signs what goes either way. Make one: openssl rand -hex 32. Your system needs the same.",
    )
    callback_url: str = Field(
        "",
        max_length=2000,
        title="Callback address",
        description="Where the hub posts what agents write. Empty: the channel only receives. An address in a private "
        "network has to be named in HUB_ALLOW_PRIVATE_FETCH.",
    )
    list_url: str = Field(
        "",
        max_length=2000,
        title="Address of missed events",
        description="Optional: the hub asks here every few minutes for what it may have missed.",
    )
    ids: Ids = Field(
        Ids.own,
        title="People's ids are",
        description="own: ids of your system's making. phone, email: then contacts match across channels.",
    )
    takes_once: bool = Field(
        False,
        title="Your system takes each delivery once",
        description="Switch on if it knows a delivery again by its id. Then the hub repeats a message of which it is "
        "unclear whether it arrived; otherwise a person decides.",
    )
    signs: bool = Field(
        True, title="Tell when an agent reads or types", description="As `read` and `typing` to the callback address."
    )
    file_days: int = Field(
        7,
        ge=1,
        le=30,
        title="Days for which a file's link works",
        description="Files go out as links; who has a link can read that file.",
    )
    previous_secret: SecretStr | None = Field(
        None,
        title="Previous signing secret",
        description="Only while you change the secret: both are accepted, and the hub signs with both.",
    )

    @field_validator("callback_url", "list_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value:
            return ""
        try:
            address = urlsplit(value)
            complete = address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
        except ValueError:
            complete = False
        if not complete or not value.isprintable() or " " in value:
            raise ValueError("Write the address as https://app.example.com/hub.")
        if address.username is not None or address.fragment:
            raise ValueError("The address must not carry a name, a password or a fragment.")
        if address.scheme == "http" and not _is_inside(address.hostname or ""):
            raise ValueError("Use https: over http everybody on the way can read your customers' messages.")
        return value

    @field_validator("list_url", mode="after")
    @classmethod
    def _no_query(cls, value: str) -> str:
        if urlsplit(value).query:
            raise ValueError("Leave out the question mark and what follows; the hub adds its own.")
        return value

    @field_validator("previous_secret", mode="after")
    @classmethod
    def _empty_is_none(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        if len(value.get_secret_value()) < 32:
            raise ValueError("The previous secret had at least 32 characters.")
        return value

    @model_validator(mode="after")
    def _printable(self) -> "ApiSettings":
        if any(not re.fullmatch(r"[!-~]+", secret) for secret in self.secrets):
            raise ValueError("The secret holds a space or a letter beyond ASCII. Make one: openssl rand -hex 32.")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets that are good now, the current one first."""
        given = (self.secret, self.previous_secret)
        return tuple(secret.get_secret_value() for secret in given if secret is not None)


def _is_inside(host: str) -> bool:
    """Tell whether a host is in a network of ours, where http may do: a private number, or a name without a dot."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.lower().endswith(_INSIDE)
