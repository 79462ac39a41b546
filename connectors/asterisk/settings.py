"""What an admin says about one Asterisk. The model becomes the form in the UI."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator, model_validator

Line = Annotated[str, StringConstraints(strip_whitespace=True)]


class RecordAs(StrEnum):
    """How a talk is recorded."""

    lanes = "lanes"
    """Agent and customer each on a channel of their own."""
    mixed = "mixed"
    """Both on one."""


class AsteriskSettings(BaseModel):
    """Settings of one Stasis application of one Asterisk."""

    model_config = ConfigDict(title="Asterisk", hide_input_in_errors=True)

    url: Line = Field(
        title="Address of Asterisk",
        description="Of its web server (http.conf), e.g. http://127.0.0.1:8088 or https://pbx.example.com:8089.",
        max_length=300,
    )
    username: Line = Field(min_length=1, max_length=80, title="ARI user", description="The section's name in ari.conf.")
    password: SecretStr = Field(title="ARI password", description="The user's `password` in ari.conf.", min_length=1)
    app: Line = Field(
        "hub",
        title="Application",
        pattern=r"^[A-Za-z0-9_.-]{1,40}$",
        description="The first word in Stasis(…) of the dialplan. Each channel of the hub needs one of its own.",
    )
    number: Line = Field(
        title="Our number",
        pattern=r"^\+?[0-9*#]{2,20}$",
        description="The number customers call and see, as +48221234567.",
    )
    trunk: Line = Field(
        "PJSIP/{number}@trunk",
        title="Calling out",
        max_length=200,
        description="How to reach a number outside; {number} stands for it. FreePBX: Local/{number}@from-internal.",
    )
    browser_endpoint: Line = Field(
        "PJSIP/{identity}",
        title="Browser phones",
        max_length=200,
        description="How to ring an agent's browser phone; {identity} stands for its SIP user.",
    )
    browser_websocket: Line = Field(
        "",
        title="Browser phones: address",
        max_length=300,
        description="Where browsers reach Asterisk, e.g. wss://pbx.example.com:8089/ws. Empty: no browser phones.",
    )
    browser_domain: Line = Field(
        "", title="Browser phones: SIP domain", max_length=200, description="Empty: the host of the address above."
    )
    browser_template: Line = Field(
        "webrtc",
        title="Browser phones: context",
        max_length=80,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="The dialplan context such phones dial into.",
    )
    record_as: RecordAs = Field(
        RecordAs.lanes,
        title="Recordings",
        description="`lanes`: agent left, customer right, by two listening channels; `mixed`: both on one, easier on "
        "the machine.",
    )
    delete_recordings: bool = Field(
        True, title="Delete at Asterisk", description="Once the hub has a recording, delete Asterisk's file."
    )
    music_class: Line = Field(
        "default",
        title="Music on hold",
        pattern=r"^[A-Za-z0-9_.-]{0,60}$",
        description="The class in musiconhold.conf.",
    )
    speech_url: Line = Field(
        "",
        title="Speech service",
        max_length=500,
        description="Asterisk cannot speak texts itself. An address that answers with a WAV file: {text}, {language} "
        "and {voice} are filled in. Asterisk fetches it. Empty: only uploaded sounds and Asterisk's own are heard.",
    )
    withheld_words: str = Field(
        "anonymous, unavailable, unknown, restricted, private, withheld",
        max_length=300,
        title="Words for a hidden number",
        description="What your provider sends instead of a number when the caller hides it. Separate by commas.",
    )

    @field_validator("url")
    @classmethod
    def _a_server(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("Write http:// or https:// with a host and a port, e.g. http://127.0.0.1:8088.")
        return value.rstrip("/").removesuffix("/ari")

    @field_validator("browser_websocket")
    @classmethod
    def _a_websocket(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("ws", "wss") or not urlsplit(value).hostname):
            raise ValueError("Write wss:// with a host, a port and a path, e.g. wss://pbx.example.com:8089/ws.")
        return value

    @field_validator("speech_url")
    @classmethod
    def _a_speech_service(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or "{text}" not in value):
            raise ValueError("Write http:// or https:// with {text} in it, e.g. http://tts.internal/say?text={text}.")
        return value

    @model_validator(mode="after")
    def _placeholders(self) -> "AsteriskSettings":
        if "{number}" not in self.trunk:
            raise ValueError("Calling out: {number} is missing, e.g. PJSIP/{number}@trunk.")
        if "{identity}" not in self.browser_endpoint:
            raise ValueError("Browser phones: {identity} is missing, e.g. PJSIP/{identity}.")
        return self

    @property
    def hidden(self) -> frozenset[str]:
        """The words for a hidden number, in lower case."""
        return frozenset(word.strip().lower() for word in self.withheld_words.split(",") if word.strip())
