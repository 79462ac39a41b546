"""The durable table of raw events, from both sides."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hub.contract.events import RawEvent
from hub.domain.ids import (
    ChannelId,
    ExternalId,
    JournalSeq,
)
from hub.domain.journal import RawState, Recovery, StoredEvent, Tally


class Journal(Protocol):
    """The durable table of raw events. `append` is the moment after which nothing is lost."""

    async def append(
        self,
        channel_id: ChannelId,
        events: Sequence[RawEvent],
        *,
        cursor: str | None = None,
        within: float | None = None,
    ) -> Sequence[JournalSeq]:
        """Store raw events, in order, and the listener's cursor with them; return when they are durable.

        All callers waiting at the same moment share one transaction (group commit). Counts `received` and
        `stored` in the ledger. Raises the storage's error if the commit failed: then nothing was stored.
        `events` may be empty: then only the cursor moves. `within` bounds the wait, in seconds, to about a second: then
        an error is raised, and whether they are stored is open.
        """
        ...

    async def cursor(self, channel_id: ChannelId) -> str | None:
        """Return the cursor last stored with `append`."""
        ...

    async def wait_for_new(self, at_most: float) -> None:
        """Return when something was appended by this process since the last call, or after `at_most` seconds."""
        ...


class JournalReading(Protocol):
    """The reading side, inside a unit of work."""

    async def claim(self, events: Collection[StoredEvent]) -> frozenset[JournalSeq]:
        """Return which of these raw events are still `new` and ours to read until the unit of work ends.

        On PostgreSQL a channel's events are read by one worker at a time (an advisory lock per channel): events of
        a channel that another worker reads now are left out.
        """
        ...

    async def get(self, seq: JournalSeq) -> StoredEvent | None:
        """Return one raw event."""
        ...

    async def get_many(self, seqs: Collection[JournalSeq]) -> Sequence[StoredEvent]:
        """Return those that exist, oldest first."""
        ...

    async def settle(self, seqs: Collection[JournalSeq], state: RawState, *, at: datetime) -> None:
        """Mark raw events read."""
        ...

    async def set_unparsed(self, seq: JournalSeq, error: str, *, at: datetime) -> None:
        """Mark one as not understood, with the reason in words."""
        ...

    async def renew(self, *, channel_id: ChannelId | None = None, seqs: Collection[JournalSeq] = ()) -> int:
        """Put unparsed events (all of a channel, all, or those given whatever their state) back to `new`."""
        ...

    async def park(self, channel_id: ChannelId, external_id: ExternalId, seq: JournalSeq) -> None:
        """Remember that raw event `seq` speaks of a message we do not have yet."""
        ...

    async def unpark(self, channel_id: ChannelId, external_ids: Collection[ExternalId]) -> Sequence[JournalSeq]:
        """Forget what was parked for these messages and return the raw events' places."""
        ...

    async def count(self, channel_id: ChannelId, tally: Tally, *, at: datetime) -> None:
        """Add to a channel's ledger of the day."""
        ...

    async def recoveries(self) -> Mapping[ChannelId, Recovery]:
        """Return what reconciling found and nobody has dismissed yet."""
        ...

    async def dismiss_recovery(self, channel_id: ChannelId) -> None:
        """Forget what reconciling found: somebody has seen it."""
        ...

    async def renew_met(self) -> int:
        """Put parked events back to `new` whose message is here by now; returns how many.

        Two workers can miss each other: one parks a receipt at the moment in which the other stores the message.
        """
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Delete read (`done`) events received before then; returns how many."""
        ...
