"""What an admin says about one Telegram bot. The model becomes the form in the UI."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

OFFICIAL_API = "https://api.telegram.org"

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")


class Mode(StrEnum):
    """How updates come to us."""

    webhook = "webhook"
    """Telegram calls us. Needs a public https address."""
    polling = "polling"
    """We ask Telegram. Works from anywhere."""


class UpdateKind(StrEnum):
    """A kind of update to ask Telegram for: those the connector makes something of.

    https://core.telegram.org/bots/api#update
    """

    message = "message"
    edited_message = "edited_message"
    channel_post = "channel_post"
    edited_channel_post = "edited_channel_post"
    business_connection = "business_connection"
    business_message = "business_message"
    edited_business_message = "edited_business_message"
    deleted_business_messages = "deleted_business_messages"
    callback_query = "callback_query"
    message_reaction = "message_reaction"
    my_chat_member = "my_chat_member"


class TelegramSettings(BaseModel):
    """Settings of one bot."""

    model_config = ConfigDict(title="Telegram bot", hide_input_in_errors=True)

    token: SecretStr = Field(
        title="Bot token",
        description="From @BotFather: open the bot, then “API Token”. Looks like 123456789:AAE… Keep it secret.",
    )
    mode: Mode = Field(
        Mode.polling,
        title="How messages arrive",
        description="polling works from anywhere. webhook is faster at high load; it needs the hub's public address "
        "to be https on port 443, 80, 88 or 8443.",
    )
    updates: tuple[UpdateKind, ...] = Field(
        tuple(UpdateKind),
        title="What to receive",
        description="Kinds of update to ask Telegram for. Leave all on unless you know better; reactions come only "
        "from groups in which the bot is an administrator.",
    )
    api_url: str = Field(
        OFFICIAL_API,
        title="Bot API address",
        description="Change it only if you run your own Bot API server (without --local).",
    )
    previous_token: SecretStr | None = Field(
        None,
        title="Previous token",
        description="Only while you change the token: requests Telegram still signs for the old one are taken, too.",
    )

    @field_validator("token", "previous_token", mode="after")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value().strip()):
            raise ValueError("This is not a bot token. It has digits, a colon and some 35 characters: copy it whole.")
        return SecretStr(value.get_secret_value().strip()) if value is not None else None

    @field_validator("updates", mode="after")
    @classmethod
    def _messages_at_least(cls, value: tuple[UpdateKind, ...]) -> tuple[UpdateKind, ...]:
        if UpdateKind.message not in value:
            raise ValueError("Without “message” nothing a customer writes would arrive. Switch it on.")
        return tuple(dict.fromkeys(value))

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host or http://host:8081.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and address.hostname == "api.telegram.org":
            raise ValueError("Telegram's own server is reached by https only, or the token would travel in the open.")
        return address.geturl()
