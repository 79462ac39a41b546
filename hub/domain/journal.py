"""The journal's own records: a stored raw event with its fate, and the loss ledger of a channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import ChannelId, JournalSeq


class RawState(StrEnum):
    """What became of a raw event."""

    new = "new"
    """Stored, not read yet."""
    done = "done"
    parked = "parked"
    """Understood, but it speaks of a message we do not have yet; applied when that comes."""
    unparsed = "unparsed"
    """Not understood; waits for a fix and a replay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """A raw event in the journal."""

    seq: JournalSeq
    channel_id: ChannelId
    kind: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    received_at: datetime
    state: RawState
    error: str = ""
    read_at: datetime | None = None
    attempts: int = 0
    recovered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one reading of raw events adds to a channel's ledger."""

    shown: int = 0
    """New entries on the timeline."""
    known: int = 0
    """Events that said nothing new: repetitions."""
    unneeded: int = 0
    """Events the connector knows and does not need."""
    recovered: int = 0
    """Shown entries that reconciling found, not the webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Messages of a channel that reconciling found since somebody last dismissed the notice of it."""

    count: int
    since: datetime
    """When the first of them was found."""
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """The loss ledger of one channel over a span of days. received - stored and waiting must be 0 in a healthy hub."""

    channel_id: ChannelId
    received: int
    """Verified at the door or taken from the provider."""
    stored: int
    """In the journal."""
    waiting: int
    """Stored and not read yet, now."""
    shown: int
    known: int
    unneeded: int
    unparsed: int
    """Not understood, now."""
    parked: int
    recovered: int
    last_received_at: datetime | None
