"""What an admin says about one Discord bot. The model becomes the form in the UI."""

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

OFFICIAL_API = "https://discord.com/api/v10"
EVERYWHERE = "*"

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}\.[A-Za-z0-9_-]{5,10}\.[A-Za-z0-9_-]{20,80}")
_ID = re.compile(r"[1-9][0-9]{14,19}", re.ASCII)


class DiscordSettings(BaseModel):
    """Settings of one bot."""

    model_config = ConfigDict(title="Discord bot", hide_input_in_errors=True)

    token: SecretStr = Field(
        title="Bot token",
        description="discord.com/developers → your application → “Bot” → “Reset Token”. It is shown once.",
    )
    channels: tuple[str, ...] = Field(
        (),
        title="Channels customers write in",
        description="Ids of channels, forums or categories (right click → “Copy Channel ID”, with Developer Mode on); "
        "threads in them are included. * for all the bot can see. Empty: direct messages only, which always arrive.",
    )
    staff_roles: tuple[str, ...] = Field(
        (),
        title="Roles of your own people",
        description="Ids of roles whose members, writing in Discord itself, answer for your team (right click → "
        "“Copy Role ID”).",
    )
    staff_ids: tuple[str, ...] = Field(
        (),
        title="Your own people",
        description="Ids of people who answer for your team (right click → “Copy User ID”).",
    )
    api_url: str = Field(OFFICIAL_API, title="Discord API address", description="Change it only for a test server.")

    @field_validator("token", mode="after")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip().removeprefix("Bot ")
        if not _TOKEN.fullmatch(token):
            raise ValueError("This is not a bot token: it has three parts joined by dots. Copy it whole.")
        return SecretStr(token)

    @field_validator("channels", "staff_roles", "staff_ids", mode="after")
    @classmethod
    def _ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(one.strip() for one in value if one.strip()))
        for one in ids:
            if one != EVERYWHERE and not _ID.fullmatch(one):
                raise ValueError(
                    f"“{one[:40]}” is not an id: it is a number of 17 to 20 digits. Switch on Developer Mode in "
                    "Discord (Settings → Advanced), then right click → Copy ID."
                )
        return ids

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host/api/v10.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and (address.hostname or "").endswith("discord.com"):
            raise ValueError("Discord is reached by https only, or the token would travel in the open.")
        return address.geturl()
