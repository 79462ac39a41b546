"""What an admin says about one LINE Official Account. The model becomes the form in the UI."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

API_URL = "https://api.line.me"
DATA_URL = "https://api-data.line.me"
STICKER_URL = "https://stickershop.line-scdn.net/stickershop/v1/sticker/{id}/android/sticker.png"

_BOT_ID = re.compile(r"U[0-9a-f]{32}")
_SECRET = re.compile(r"[0-9a-zA-Z]{16,128}")


class LineSettings(BaseModel):
    """Settings of one Messaging API channel."""

    model_config = ConfigDict(title="LINE Official Account", hide_input_in_errors=True, defer_build=True)

    channel_secret: SecretStr = Field(
        title="Channel secret",
        description="developers.line.biz/console → your Messaging API channel → “Basic settings” → Channel secret.",
    )
    token: SecretStr = Field(
        title="Channel access token",
        description="The same channel → “Messaging API” → “Channel access token (long-lived)” → Issue.",
    )
    bot_user_id: str = Field(
        "",
        title="User ID of the account",
        description="U and 32 letters and digits; the connect wizard shows it. With it, events of any other account "
        "are refused even if they are signed with this channel's secret.",
    )
    register_webhook: bool = Field(
        True,
        title="Register the webhook by itself",
        description="The hub tells LINE this channel's address. Switch it off if you entered it in LINE's console.",
    )
    link_days: int = Field(
        30,
        ge=1,
        le=30,
        title="Days a file we send can be opened",
        description="LINE shows files straight from the hub. After so many days they cannot be opened any more.",
    )
    api_url: str = Field(API_URL, title="API address", description="Change it only for a test server.")
    data_url: str = Field(
        DATA_URL, title="Address of customers' files", description="Change it only for a test server."
    )
    sticker_url: str = Field(
        STICKER_URL,
        title="Address of sticker pictures",
        description="{id} stands for the sticker's number. Empty: stickers show as words.",
    )

    @field_validator("channel_secret", mode="after")
    @classmethod
    def _looks_like_a_secret(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value().strip()
        if not _SECRET.fullmatch(text):
            raise ValueError("This is not a channel secret: it has 32 letters and digits. Copy it whole.")
        return SecretStr(text)

    @field_validator("token", mode="after")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value().strip()
        if len(text) < 20 or not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("This is not a channel access token: a long text without blanks. Copy it whole.")
        return SecretStr(text)

    @field_validator("bot_user_id", mode="after")
    @classmethod
    def _looks_like_a_user_id(cls, value: str) -> str:
        if value.strip() and not _BOT_ID.fullmatch(value.strip()):
            raise ValueError("A user ID is U and 32 letters and digits. It is not the @name.")
        return value.strip()

    @field_validator("api_url", "data_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and address.hostname.endswith("line.me"):
            raise ValueError("LINE is reached by https only, or the token would travel in the open.")
        return address.geturl()

    @field_validator("sticker_url", mode="after")
    @classmethod
    def _names_the_sticker(cls, value: str) -> str:
        if value.strip() and (not value.strip().startswith("https://") or "{id}" not in value):
            raise ValueError("Write an https address with {id} in it, or leave it empty.")
        return value.strip()
