"""What an admin says about one VK community. The model becomes the form in the UI."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

API_URL = "https://api.vk.com/method"
API_VERSION = "5.199"

_SECRET = re.compile(r"[A-Za-z0-9]{8,50}")
_VERSION = re.compile(r"5\.[0-9]{2,3}")


class Mode(StrEnum):
    """How events come to us."""

    callback = "callback"
    """VK calls us (Callback API). Needs a public https address."""
    longpoll = "longpoll"
    """We ask VK (Bots Long Poll). Works from anywhere."""


class VkSettings(BaseModel):
    """Settings of one community."""

    model_config = ConfigDict(title="VK community", hide_input_in_errors=True, defer_build=True)

    group_id: int = Field(
        gt=0,
        lt=2_000_000_000,
        title="Community ID",
        description="The number of the community: “Manage” → “API usage” shows it, or vk.com/club123456.",
    )
    token: SecretStr = Field(
        title="Access token",
        description="“Manage” → “API usage” → “Access tokens” → Create, with messages, photos, files and community "
        "management.",
    )
    mode: Mode = Field(
        Mode.callback,
        title="How messages arrive",
        description="callback: VK calls the hub's public https address. longpoll: the hub asks VK; works behind any "
        "firewall.",
    )
    secret: SecretStr | None = Field(
        None,
        title="Secret key",
        description="Only if you enter the server at VK by hand: the key you wrote there. Empty: the hub makes one.",
    )
    confirmation: str = Field(
        "",
        max_length=60,
        title="Confirmation string",
        description="Only if you enter the server at VK by hand: what VK wants to hear. Empty: the hub asks VK.",
    )
    register_webhook: bool = Field(
        True,
        title="Register the server by itself",
        description="The hub adds itself to the community's Callback servers, with the events it needs.",
    )
    api_version: str = Field(
        API_VERSION, title="API version", description="What VK's answers and events look like. Raise it with the hub."
    )
    api_url: str = Field(API_URL, title="API address", description="Change it only for a test server.")

    @field_validator("token", mode="after")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value().strip()
        if len(text) < 20 or not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("This is not an access token: a long text without blanks. Copy it whole.")
        return SecretStr(text)

    @field_validator("secret", mode="after")
    @classmethod
    def _looks_like_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().strip() if value is not None else ""
        if text and not _SECRET.fullmatch(text):
            raise ValueError("A secret key has 8 to 50 letters and digits, and nothing else.")
        return SecretStr(text) if text else None

    @field_validator("api_version", mode="after")
    @classmethod
    def _looks_like_a_version(cls, value: str) -> str:
        if not _VERSION.fullmatch(value.strip()):
            raise ValueError("Write the version as VK does: 5.199.")
        return value.strip()

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host/method.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and address.hostname.endswith(("vk.com", "vk.ru")):
            raise ValueError("VK is reached by https only, or the token would travel in the open.")
        return address.geturl()
