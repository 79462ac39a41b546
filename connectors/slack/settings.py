"""What an admin says about one Slack app in one workspace. The model becomes the form in the UI."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

OFFICIAL_API = "https://slack.com/api"

_BOT_TOKEN = re.compile(r"xox[be]-[A-Za-z0-9.-]{10,250}|xoxe\.xox[bp]-[A-Za-z0-9.-]{10,250}")
_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]{10,250}")
_SIGNING_SECRET = re.compile(r"[A-Za-z0-9]{16,128}")
_MEMBER = re.compile(r"[UWB][A-Z0-9]{2,30}")


class Mode(StrEnum):
    """How events come to us."""

    events = "events"
    """Slack calls us (Events API). Needs a public https address."""
    socket = "socket"
    """We hold a connection to Slack (Socket Mode). Works from anywhere."""


class Staff(StrEnum):
    """Who, writing in Slack itself, counts as one of us."""

    shared_channels = "shared_channels"
    """Members of our own workspace, in channels shared with other organisations."""
    everywhere = "everywhere"
    """Members of our own workspace, in every channel."""
    nobody = "nobody"
    """Only the people listed."""


class Tickets(StrEnum):
    """What is a conversation of its own in a channel."""

    message = "message"
    """Each message of the channel with its thread, where the answers go."""
    channel = "channel"
    """The channel as a whole; a thread is another."""


class SlackSettings(BaseModel):
    """Settings of one app in one workspace."""

    model_config = ConfigDict(title="Slack app", hide_input_in_errors=True)

    token: SecretStr = Field(
        title="Bot token",
        description="Your app at api.slack.com/apps → “OAuth & Permissions” → “Bot User OAuth Token” (xoxb-…).",
    )
    mode: Mode = Field(
        Mode.events,
        title="How messages arrive",
        description="events: Slack calls the hub's public https address. socket: the hub connects to Slack; works "
        "behind any firewall and needs an app-level token.",
    )
    signing_secret: SecretStr | None = Field(
        None,
        title="Signing secret",
        description="“Basic Information” → “App Credentials” → “Signing Secret”. Needed unless you use a socket.",
    )
    app_token: SecretStr | None = Field(
        None,
        title="App-level token",
        description="“Basic Information” → “App-Level Tokens”, with the scope connections:write. Begins with xapp-. "
        "Only for a socket.",
    )
    staff: Staff = Field(
        Staff.shared_channels,
        title="Your own people in Slack",
        description="Whose messages in a channel are answers of your team. shared_channels: members of your workspace, "
        "in channels shared with other companies. everywhere: members of your workspace in every channel. nobody: only "
        "the people listed below. Who writes to the app directly is always a customer.",
    )
    staff_ids: tuple[str, ...] = Field(
        (),
        title="Always your own people",
        description="Member ids (profile → ⋮ → “Copy member ID”), as U012AB3CD.",
    )
    customer_ids: tuple[str, ...] = Field(
        (), title="Always customers", description="Member ids of guests in your workspace who are customers."
    )
    tickets: Tickets = Field(
        Tickets.message,
        title="A conversation in a channel is",
        description="message: each message with its thread; you answer in that thread. channel: the channel as a "
        "whole; threads in it are conversations of their own.",
    )
    thread_days: int = Field(
        3,
        ge=1,
        le=30,
        title="Days to look back for threads",
        description="When the hub looks for what a lost call left behind, it looks into threads begun so long ago.",
    )
    history_page: int = Field(
        200,
        ge=15,
        le=999,
        title="Messages asked for at once",
        description="Slack gives distributed apps outside its Marketplace only 15 at a time.",
    )
    bot_user_id: str = Field(
        "",
        title="Member id of the app's bot",
        description="Only for Slack-compatible servers whose events do not name the app. Leave it empty for Slack.",
    )
    api_url: str = Field(OFFICIAL_API, title="Slack API address", description="Change it only for a test server.")
    previous_signing_secret: SecretStr | None = Field(
        None,
        title="Previous signing secret",
        description="Only while you change the signing secret: requests signed with the old one are taken, too.",
    )

    @field_validator("token", mode="after")
    @classmethod
    def _looks_like_a_bot_token(cls, value: SecretStr) -> SecretStr:
        return _fitting(value, _BOT_TOKEN, "This is not a bot token: it begins with xoxb-. Copy it whole.")

    @field_validator("app_token", mode="after")
    @classmethod
    def _looks_like_an_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        return _fitting(value, _APP_TOKEN, "This is not an app-level token: it begins with xapp-. Copy it whole.")

    @field_validator("signing_secret", "previous_signing_secret", mode="after")
    @classmethod
    def _looks_like_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        return _fitting(value, _SIGNING_SECRET, "This is not a signing secret: it has 32 letters and digits.")

    @field_validator("staff_ids", "customer_ids", mode="after")
    @classmethod
    def _member_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(one.strip() for one in value if one.strip()))
        for one in ids:
            if not _MEMBER.fullmatch(one):
                raise ValueError(f"“{one[:40]}” is not a member id. It looks like U012AB3CD: profile → Copy member ID.")
        return ids

    @field_validator("bot_user_id", mode="after")
    @classmethod
    def _bot_id(cls, value: str) -> str:
        if value.strip() and not _MEMBER.fullmatch(value.strip()):
            raise ValueError("A member id looks like U012AB3CD.")
        return value.strip()

    @field_validator("api_url", mode="after")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("Write the address as https://host/api.")
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("The address must not carry a name, a password, a query or a fragment.")
        if address.scheme == "http" and (address.hostname == "slack.com" or address.hostname.endswith(".slack.com")):
            raise ValueError("Slack is reached by https only, or the token would travel in the open.")
        return address.geturl()

    @model_validator(mode="after")
    def _what_the_mode_needs(self) -> "SlackSettings":
        if self.mode is Mode.events and self.signing_secret is None:
            raise ValueError("The signing secret is missing: it tells Slack's calls from a stranger's.")
        if self.mode is Mode.socket and self.app_token is None:
            raise ValueError("A socket needs the app-level token (xapp-…) with the scope connections:write.")
        return self


def _fitting(value: SecretStr, pattern: re.Pattern[str], words: str) -> SecretStr:
    text = value.get_secret_value().strip()
    if not pattern.fullmatch(text):
        raise ValueError(words)
    return SecretStr(text)
