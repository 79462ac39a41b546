"""What an admin says about one Viber bot. The model becomes the form in the UI."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

API_URL = "https://chatapi.viber.com/pa"
NAME_LIMIT = 28
"""https://developers.viber.com/docs/api/rest-bot-api/#general-send-message-parameters (sender.name)"""

_TOKEN = re.compile(r"[0-9a-zA-Z]+(-[0-9a-zA-Z]+){2}")


class ViberSettings(BaseModel):
    """Settings of one bot."""

    model_config = ConfigDict(title="Viber bot", hide_input_in_errors=True, defer_build=True)

    token: SecretStr = Field(
        title="Authentication token",
        description="partners.viber.com → your bot → “Edit info” → “Your token”. Three groups with hyphens between.",
    )
    sender_name: str = Field(
        "",
        title="Name shown to customers",
        description=f"At most {NAME_LIMIT} characters. Empty: the agent's name, or “Support”.",
    )
    sender_avatar: str = Field(
        "", title="Picture beside the name", description="https address of a picture, at most 100 kB. May stay empty."
    )
    register_webhook: bool = Field(
        True,
        title="Register the webhook by itself",
        description="The hub tells Viber this channel's address. A bot has one only: another program that uses the "
        "same token takes it away.",
    )
    link_days: int = Field(
        7,
        ge=1,
        le=30,
        title="Days a file we send can be opened",
        description="Viber and the customer's phone fetch files from the hub.",
    )
    api_url: str = Field(API_URL, title="API address", description="Change it only for a test server.")

    @field_validator("token", mode="after")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value().strip()
        if not _TOKEN.fullmatch(text):
            raise ValueError("This is not a Viber token: three groups of letters and digits with hyphens between.")
        return SecretStr(text)

    @field_validator("sender_name", mode="after")
    @classmethod
    def _short_name(cls, value: str) -> str:
        name = " ".join(value.split())
        if len(name) > NAME_LIMIT:
            raise ValueError(f"The name is too long: Viber shows {NAME_LIMIT} characters.")
        return name

    @field_validator("sender_avatar", mode="after")
    @classmethod
    def _picture(cls, value: str) -> str:
        if value.strip() and not value.strip().startswith("https://"):
            raise ValueError("Write an https address, or leave it empty.")
        return value.strip()

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host/pa.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and address.hostname.endswith("viber.com"):
            raise ValueError("Viber is reached by https only, or the token would travel in the open.")
        return address.geturl()
