"""How Slack's ids become the opaque ids the hub stores, and back.

    thread   U1             the direct talk of a person with our app (the person's id: it can be written to at once)
             C1             a channel or a group of people as a whole
             C1/TS, U1/TS   a thread in it; TS is the `ts` of the message that began the thread
    message  C1:TS          a `ts` is unique inside one conversation only; in direct talks the conversation is D1
    file     file:F1        a file of ours whose message Slack has not named yet

A `ts` is text: as a number it loses digits (https://docs.slack.dev/messaging/retrieving-messages).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.domain.ids import ExternalId, bounded

NAMESPACE = "slack"

_TS = re.compile(r"[0-9]{1,11}\.[0-9]{1,6}")
_ID = re.compile(r"[A-Z][A-Z0-9]{1,40}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message belongs and where an answer goes."""

    place: str
    """A person (U…, W…), a channel (C…) or a group (G…)."""
    ts: str = ""
    """The message that began the thread; empty in the main flow."""

    @property
    def id(self) -> ExternalId:
        """The thread as the hub stores it."""
        return bounded(f"{self.place}/{self.ts}" if self.ts else self.place)

    @property
    def is_person(self) -> bool:
        """Whether this is the direct talk with a person."""
        return self.place[:1] in {"U", "W"}


def read_thread(thread: ExternalId) -> Thread:
    """Read a thread back. Raises ValueError for what `Thread.id` never wrote."""
    place, slash, ts = thread.partition("/")
    if not _ID.fullmatch(place) or (slash and not _TS.fullmatch(ts)):
        raise ValueError(f"not a thread of Slack: {thread!r}")
    return Thread(place, ts)


def message_id(conversation: str, ts: str) -> ExternalId:
    """Return the id of a message."""
    return bounded(f"{conversation}:{ts}")


def message_ts(message: ExternalId) -> str:
    """Return a message's `ts`; empty for ids that name no message (a file, a pressed button)."""
    ts = message.rpartition(":")[2]
    return ts if _TS.fullmatch(ts) else ""


def is_ts(value: str) -> bool:
    """Tell whether a text has the form of a `ts`."""
    return _TS.fullmatch(value) is not None


def is_id(value: str) -> bool:
    """Tell whether a text has the form of one of Slack's ids."""
    return _ID.fullmatch(value) is not None


def moment(ts: str) -> datetime:
    """Return when Slack took a message. Raises ValueError for what is no `ts`."""
    if not _TS.fullmatch(ts):
        raise ValueError(f"not a time of Slack: {ts[:40]!r}")
    seconds, _, fraction = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))


def ts_of(at: datetime) -> str:
    """Return a time as Slack writes it, to the microsecond."""
    whole = int((at - _EPOCH) / timedelta(microseconds=1))
    return f"{whole // 1_000_000}.{whole % 1_000_000:06d}"
