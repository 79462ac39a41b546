"""What a system may tell the hub: the events of docs/api-channel.md, as they stand in JSON."""

import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from connectors.api_channel.limits import FILES, HTML, TEXT

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{1,30}")
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _time(moment: datetime) -> datetime:
    if not _FIRST <= moment < _LAST:
        raise ValueError("the time has to lie in this century")
    return moment.astimezone(UTC)


def _number_or_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("write the address as https://…")
    return value


def _bytes(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("has to be a text in base64")
    try:
        return binascii.a2b_base64(value, strict_mode=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64 (standard alphabet, with = at the end)") from None


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise ValueError("is not a mail address")
    return value


def _phone(value: str) -> str:
    if value and not _PHONE.fullmatch(value):
        raise ValueError("is not a phone number")
    return value


Id = Annotated[
    str,
    BeforeValidator(_number_or_text),
    StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]+$"),
]
Line = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True), AfterValidator(_clean)]
Words = Annotated[str, StringConstraints(max_length=TEXT), AfterValidator(_clean)]
Html = Annotated[str, StringConstraints(max_length=HTML), AfterValidator(_clean)]
WebAddress = Annotated[
    str, StringConstraints(max_length=4000, strip_whitespace=True), AfterValidator(_clean), AfterValidator(_web_address)
]
Moment = Annotated[AwareDatetime, AfterValidator(_time)]


class Wire(BaseModel):
    """What we know of a part; other fields are taken and named in the answer."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)


class Person(Wire):
    """Somebody on the other side."""

    id: Id
    name: Line = ""
    email: Annotated[Line, AfterValidator(_email)] = ""
    phone: Annotated[Line, AfterValidator(_phone)] = ""
    verified: bool = False
    """The system has proven that mail address and phone number are theirs."""
    avatar: WebAddress = ""
    language: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*)?$")] = ""
    fields: Annotated[Mapping[Line, Annotated[Line, BeforeValidator(_number_or_text)]], Field(max_length=50)] = {}


class Group(Wire):
    """Where several people write."""

    id: Id
    name: Line = ""


class Place(Wire):
    """A point on the map."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    name: Line = ""


class File(Wire):
    """A file: an address to fetch it from, or its content."""

    name: Line = ""
    media_type: Annotated[Line, StringConstraints(pattern=r"^([\w.+-]+/[\w.+-]+)?$")] = ""
    url: WebAddress = ""
    content: Annotated[bytes | None, BeforeValidator(_bytes)] = None
    voice: bool = False
    duration: Annotated[float | None, Field(ge=0, le=86_400)] = None

    @model_validator(mode="after")
    def _one_way(self) -> "File":
        if bool(self.url) == (self.content is not None):
            raise ValueError("give either url or content")
        return self


class Message(Wire):
    """Somebody wrote: the customer, or one of us in the system's own screens."""

    type: Literal["message"]
    id: Id
    sender: Person
    author: Literal["contact", "agent", "bot"] = "contact"
    recipient: Person | None = None
    group: Group | None = None
    thread: Id | None = None
    occurred_at: Moment | None = None
    subject: Line = ""
    text: Words = ""
    html: Html = ""
    attachments: Annotated[tuple[File, ...], Field(max_length=FILES)] = ()
    location: Place | None = None
    reply_to: Id | None = None
    source: Line = ""

    @model_validator(mode="after")
    def _says_something(self) -> "Message":
        if not (self.text.strip() or self.html.strip() or self.attachments or self.location):
            raise ValueError("has neither text, html, attachments nor a location")
        if self.author != "contact" and self.recipient is None and self.group is None:
            raise ValueError("of one of us needs a recipient or a group: whom it was written to")
        return self


class Edit(Wire):
    """A message has a new wording."""

    type: Literal["edit"]
    message: Id
    occurred_at: Moment | None = None
    text: Words = ""
    html: Html = ""


class Delete(Wire):
    """A message was taken back."""

    type: Literal["delete"]
    message: Id
    occurred_at: Moment | None = None


class Reacted(Wire):
    """Somebody reacts to a message."""

    type: Literal["reaction"]
    message: Id
    sender: Person
    emojis: Annotated[tuple[Annotated[str, StringConstraints(min_length=1, max_length=32)], ...], Field(max_length=20)]
    change: Literal["set", "add", "remove"] = "set"
    occurred_at: Moment | None = None


class Receipt(Wire):
    """What became of a message of ours: named by the id the system gave it, or by our delivery."""

    type: Literal["receipt"]
    message: Id | None = None
    delivery: UUID | None = None
    state: Literal["sent", "delivered", "read", "failed"]
    up_to: bool = False
    occurred_at: Moment | None = None
    code: Line = ""
    reason: Line = ""
    unreachable: bool = False

    @model_validator(mode="after")
    def _about_something(self) -> "Receipt":
        if self.message is None and self.delivery is None:
            raise ValueError("needs delivery (our id) or message (the id you gave it)")
        return self


class Opted(Wire):
    """Somebody asked not to be written to, or to be again."""

    type: Literal["opted_out"]
    sender: Person
    opted_out: bool = True
    keyword: Line = ""
    occurred_at: Moment | None = None


class Blocked(Wire):
    """Somebody cannot be reached any more, or can again."""

    type: Literal["blocked"]
    sender: Person
    blocked: bool = True
    reason: Line = ""
    occurred_at: Moment | None = None


class Ping(Wire):
    """A test of the signature."""

    type: Literal["ping"]


Event = Annotated[
    Message | Edit | Delete | Reacted | Receipt | Opted | Blocked | Ping,
    Field(discriminator="type"),
]
