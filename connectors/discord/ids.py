"""How Discord's ids become the opaque ids the hub stores, and back.

    thread      USER        the direct talk of a person with our bot (the person's id: it can be written to at once)
                cCHANNEL    a channel or a thread of a server
    message     MESSAGE     unique everywhere
    attachment  CHANNEL/MESSAGE/ATTACHMENT/URL

Ids are 64-bit numbers written as text; they tell when they were made: https://docs.discord.com/developers/reference#snowflakes
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hub.domain.ids import EXTERNAL_ID_LIMIT, DeliveryId, ExternalId

NAMESPACE = "discord"

_ID = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NONCE_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message belongs and where an answer goes: a person, or a channel."""

    person: str = ""
    channel: str = ""

    @property
    def id(self) -> ExternalId:
        """The thread as the hub stores it."""
        return ExternalId(self.person or f"c{self.channel}")


def read_thread(thread: ExternalId) -> Thread:
    """Read a thread back. Raises ValueError for what `Thread.id` never wrote."""
    number = thread.removeprefix("c")
    if not is_id(number):
        raise ValueError(f"not a thread of Discord: {thread!r}")
    return Thread(channel=number) if thread.startswith("c") else Thread(person=number)


def is_id(value: str) -> bool:
    """Tell whether a text has the form of one of Discord's ids."""
    return _ID.fullmatch(value) is not None and int(value) < 2**64


def moment(snowflake: str) -> datetime:
    """Return when something was made, by its id, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=int(snowflake) >> 22)


def snowflake_at(at: datetime) -> str:
    """Return the lowest id of a moment, to ask for what came after it."""
    return str(max(0, (at - _EPOCH) // timedelta(milliseconds=1)) << 22)


def nonce(delivery_id: DeliveryId, part: int) -> str:
    """Return the key by which Discord knows a message it took already: at most 25 characters, one for each part.

    https://docs.discord.com/developers/resources/message#create-message (nonce, enforce_nonce)
    """
    number = int.from_bytes(sha256(f"{delivery_id}/{part}".encode()).digest()[:16], "big")
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = _DIGITS[digit] + out
    return out[:_NONCE_LENGTH] or "0"


def attachment_source(channel: str, message: str, attachment: str, url: str) -> ExternalId:
    """Return where a file is fetched: its address while that works, and its place to ask for a new one."""
    place = f"{channel}/{message}/{attachment}/"
    return ExternalId(place + url if len(place) + len(url) <= EXTERNAL_ID_LIMIT else place)
