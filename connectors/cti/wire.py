"""What a telephone system tells, read into one shape: JSON or a form, in our words or those of Zammad's CTI. Pure.

Ours: `event` (started, ringing, answered, held, resumed, ended, recording), `id`, `direction` (in, out), `from`, `to`,
`at`. Zammad's generic CTI (https://docs.zammad.org/en/latest/api/generic-cti/index.html), which many systems speak:
`event` (newCall, answer, hangup), `callId`, `user[]`, `cause`, `answeringNumber`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from connectors._lib.json_body import read_object
from hub.contract import UnparseableEvent

FORM = "application/x-www-form-urlencoded"
_EVENTS = {
    "newcall": "started",
    "new_call": "started",
    "register": "started",
    "answer": "answered",
    "hangup": "ended",
    "finish": "ended",
    "hold": "held",
    "unhold": "resumed",
    "record": "recording",
}
_DIRECTIONS = {"inbound": "in", "incoming": "in", "outbound": "out", "outgoing": "out"}
_NAMES = {
    "callid": "id",
    "call_id": "id",
    "calldirection": "direction",
    "answeringnumber": "agent",
    "answering_number": "agent",
    "extension": "agent",
    "users": "user",
    "recordingurl": "recording_url",
    "record_url": "recording_url",
    "timestamp": "at",
    "startedat": "started_at",
    "answeredat": "answered_at",
}
_MOST_FIELDS = 200


class Told(BaseModel):
    """One thing a telephone system told."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    event: str
    id: str = Field("", max_length=200)
    direction: str = ""
    from_: str = Field("", alias="from", max_length=200)
    to: str = Field("", max_length=200)
    agent: str = Field("", max_length=200)
    """The extension that rings, answers or calls."""
    user: tuple[str, ...] = ()
    """More extensions that ring."""
    at: datetime | None = None
    started_at: datetime | None = None
    answered_at: datetime | None = None
    cause: str = Field("", max_length=100)
    queued: bool = True
    """False where the caller hears something first: then `queued` comes as an event of its own."""
    call: str = Field("", max_length=64)
    """What click-to-call gave along."""
    recording_url: str = Field("", max_length=500)
    kind: str = Field("call", max_length=20)
    """Of a recording: `call` or `voicemail`."""
    recording: str = Field("", max_length=200)
    """The recording's id, where there are several."""
    lanes: str = Field("", max_length=40)
    """Of a recording: whose voice is on which track, the left one first: `agent,contact`; empty if they are mixed."""
    duration: float | None = Field(None, ge=0, le=7 * 24 * 3600)

    @field_validator("event", mode="after")
    @classmethod
    def _event(cls, value: str) -> str:
        word = value.strip().lower()
        return _EVENTS.get(word, word)

    @field_validator("direction", mode="after")
    @classmethod
    def _direction(cls, value: str) -> str:
        word = value.strip().lower()
        return _DIRECTIONS.get(word, word)

    @field_validator("from_", "to", mode="after")
    @classmethod
    def _number(cls, value: str) -> str:
        """Return a number with its plus, which many systems leave out; extensions and 00 stay as they are."""
        text = value.strip()
        return f"+{text}" if text.isdecimal() and len(text) >= 9 and not text.startswith("0") else text

    @field_validator("user", mode="before")
    @classmethod
    def _user(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("at", "started_at", "answered_at", mode="before")
    @classmethod
    def _time(cls, value: object) -> object:
        """Return a moment: ISO 8601 (UTC where it names no zone), or seconds since 1970."""
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
                return datetime.fromtimestamp(float(text), UTC)
            found = datetime.fromisoformat(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError("not a time") from error

    @property
    def key(self) -> str:
        """The call's name: the system's own, else one made of who calls whom since when; "" if it cannot be told.

        So a system that registers a call twice, as some do for half an hour, speaks of the same call both times.
        """
        if self.id.strip():
            return self.id.strip()
        if self.started_at is None or not (self.from_ or self.to):
            return ""
        parts = (self.direction, self.from_, self.to, self.started_at.isoformat())
        return sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def read(body: bytes) -> Told:
    """Read a body: JSON if it begins as an object, else a form. Raises UnparseableEvent."""
    values = read_object(body, "The telephone system") if body.lstrip()[:1] == b"{" else _form(body)
    named = {_name(key): value for key, value in values.items()}
    try:
        return Told.model_validate(named)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:60]
        raise UnparseableEvent(f"The telephone system told something that cannot be read: {place}.") from None


def _form(body: bytes) -> Mapping[str, Any]:
    try:
        pairs = parse_qsl(body.decode("utf-8").replace("\x00", ""), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise UnparseableEvent("The telephone system sent neither JSON nor a form.") from None
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name.endswith("[]"):
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return values


def _name(key: str) -> str:
    word = key.removesuffix("[]").strip().lower()
    return _NAMES.get(word, word)
