"""What an admin says about one Matrix account. The model becomes the form in the UI."""

import re
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

NAMESPACE = "matrix"
"""Of the addresses there: user ids (`@anna:example.org`) and, for groups, room ids."""

_PATTERN = re.compile(r"@[^\s,:]*:[^\s,]+")


class Invites(StrEnum):
    """Whose invitations to a room are accepted."""

    everyone = "everyone"
    own_server = "own_server"
    """Only those by users of our own homeserver."""
    nobody = "nobody"
    """A person joins rooms with another client of the same account."""


class MatrixSettings(BaseModel):
    """Settings of one account."""

    model_config = ConfigDict(title="Matrix account", hide_input_in_errors=True)

    homeserver: str = Field(
        title="Homeserver address",
        description="Where the account lives, such as https://matrix.example.org. It is often not the name behind the "
        "colon of the user id: Element shows it under Settings → Help & About.",
    )
    access_token: SecretStr = Field(
        min_length=8,
        title="Access token",
        description="Of a login made for the hub alone (see the guide on this page), or from Element: Settings → Help "
        "& About → Advanced. Keep it secret.",
    )
    invites: Invites = Field(
        Invites.everyone,
        title="Accept invitations",
        description="A customer starts a chat by inviting the account into a room. own_server: only from users of "
        "the same homeserver. nobody: you join rooms yourself.",
    )
    ignored: str = Field(
        "",
        title="Ignored users",
        description="Users whose messages are not shown, separated by spaces; * stands for anything. For the ghosts "
        "and bots of bridges: @telegram_*:example.org @whatsappbot:example.org",
    )

    @field_validator("homeserver")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://matrix.example.org.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and not _is_near(address.hostname):
            raise ValueError("Use https, or the access token would travel in the open.")
        return address.geturl()

    @field_validator("access_token")
    @classmethod
    def _one_word(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError("This is not an access token: it has letters and digits only, without spaces.")
        return SecretStr(token)

    @field_validator("ignored")
    @classmethod
    def _user_ids(cls, value: str) -> str:
        patterns = value.replace(",", " ").split()
        if wrong := [pattern for pattern in patterns if not _PATTERN.fullmatch(pattern)]:
            raise ValueError(f"“{wrong[0][:60]}” is not a user id such as @telegram_*:example.org.")
        return " ".join(patterns)


def _is_near(host: str) -> bool:
    """Tell whether a host is this machine or in our own network: a name without a dot, or a private number."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host
