"""What services need of the tables of calls: calls, lines, presences, missed-contact debts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hub.domain.call import Call
from hub.domain.call_marks import Mark
from hub.domain.call_numbers import CallbackNumbers, Counted
from hub.domain.call_views import CallFilter, CallRow, CallWhole, DebtRow, Waiting
from hub.domain.debts import CallWait, Debt, DebtId, Happened
from hub.domain.ids import (
    AttachmentId,
    CallId,
    ChannelId,
    ContactId,
    ContactPointId,
    ExternalId,
    InteractionId,
    JournalSeq,
    LineId,
    RecordingId,
    UserId,
)
from hub.domain.interaction import Interaction
from hub.domain.line import Line, LineVersion
from hub.domain.presence import Presence
from hub.domain.recording import Recording
from hub.domain.views import Page


@dataclass(slots=True, kw_only=True)
class KnownCall:
    """A call we have, with all that was told about it."""

    call: Call
    marks: dict[str, Mark] = field(default_factory=dict)
    """By key."""
    interaction: Interaction


@dataclass(slots=True, kw_only=True)
class KnownCalls:
    """What the database has of the calls that a batch of events speaks of."""

    calls: dict[CallId, KnownCall] = field(default_factory=dict)
    ids: dict[tuple[ChannelId, ExternalId], CallId] = field(default_factory=dict)
    """Calls by any id a provider gave them."""
    recordings: dict[tuple[ChannelId, ExternalId], Recording] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class CallFlush:
    """What a batch changed about calls; written after the rest of the batch."""

    new: dict[CallId, Call] = field(default_factory=dict)
    changed: dict[CallId, Call] = field(default_factory=dict)
    new_ids: dict[tuple[ChannelId, ExternalId], CallId] = field(default_factory=dict)
    new_marks: list[tuple[CallId, Mark, JournalSeq | None]] = field(default_factory=list)
    new_recordings: list[Recording] = field(default_factory=list)
    recordings: dict[RecordingId, Recording] = field(default_factory=dict)
    left: set[datetime] = field(default_factory=set)
    """When calls were taken to have begun until news told another moment: reports count them there no more."""


class Calls(Protocol):
    """Calls, their marks, legs and recordings."""

    async def known(
        self,
        ids: Collection[tuple[ChannelId, ExternalId]],
        own: Collection[CallId],
        recordings: Collection[tuple[ChannelId, ExternalId]],
    ) -> KnownCalls:
        """Return the calls of these ids; locked on PostgreSQL until the unit of work ends."""
        ...

    async def save(self, flush: CallFlush) -> None:
        """Write what a batch changed. Raises Conflict if another worker made one of the calls first."""
        ...

    async def get(self, call_id: CallId) -> Call | None:
        """Return a call with its legs."""
        ...

    async def find(self, channel_id: ChannelId, external_id: ExternalId) -> Call | None: ...
    async def whole(self, call_id: CallId) -> CallWhole | None: ...
    async def list(self, f: CallFilter, *, cursor: str | None, limit: int) -> Page[CallRow]:
        """Return a page, newest first. Costs the same however many calls there are."""
        ...

    async def some(self, ids: Collection[CallId]) -> Sequence[Call]:
        """Return these calls with their legs."""
        ...

    async def engaged(self) -> Mapping[UserId, bool]:
        """Return the agents on calls in progress: True if they talk, False if it only rings."""
        ...

    async def live(self) -> Sequence[Call]:
        """Return the calls in progress, with legs, oldest first."""
        ...

    async def waiting(self, limit: int | None = None) -> Sequence[Waiting]:
        """Return the callers in queues, longest wait first: all, or so many.

        Who leaves a message, is promised a callback or was put through to a number outside waits no more.
        """
        ...

    async def counted(
        self, f: CallFilter, *, by: str = "", timezone_minutes: int = 0, limit: int = 200_000
    ) -> Mapping[str, Sequence[Counted]]:
        """Return ended calls for figures, grouped `by` one of `line`, `team`, `agent`, `channel`, `hour`, or not."""
        ...

    async def handle_seconds(self, line_id: LineId | None, *, since: datetime) -> float | None:
        """Return how long an answered call took an agent on average since then; None if there was none."""
        ...

    async def set_agent_outcome(self, call_id: CallId, outcome: str) -> None: ...
    async def last_agent(self, contact_point_id: ContactPointId) -> UserId | None:
        """Return who spoke last with this number: for sticky routing."""
        ...

    async def placed_since(self, user_id: UserId, since: datetime) -> int:
        """Return how many calls somebody placed since then: for limits against toll fraud."""
        ...

    async def lost(self, before: datetime, limit: int) -> Sequence[CallId]:
        """Return calls still in progress that began before then: their end was never told."""
        ...


class Lines(Protocol):
    """Lines and the versions of their plans."""

    async def all(self) -> Sequence[Line]: ...
    async def get(self, line_id: LineId) -> Line | None: ...
    async def version(self, line_id: LineId, version: int) -> LineVersion | None: ...
    async def versions(self, line_id: LineId) -> Sequence[LineVersion]:
        """Return all versions, newest first."""
        ...

    async def add(self, line: Line, first: LineVersion) -> None:
        """Raises Conflict if the number has a line already."""
        ...

    async def add_version(self, version: LineVersion) -> None:
        """Raises Conflict if the version exists: somebody else saved meanwhile."""
        ...

    async def keep_sounds(self, line_id: LineId, files: Collection[AttachmentId]) -> None:
        """Keep uploaded sounds that a plan names from being forgotten. Raises Conflict if one is not there."""
        ...

    async def update(self, line: Line) -> None: ...
    async def delete(self, line_id: LineId) -> None: ...


class Presences(Protocol):
    """What is kept of agents' presence."""

    async def all(self) -> Mapping[UserId, Presence]: ...
    async def save(self, presence: Presence) -> None: ...


class Debts(Protocol):
    """Call waits and the missed-contact board."""

    async def people(self, items: Collection[InteractionId]) -> Mapping[ContactId, datetime]:
        """Return whom these entries may put in our debt or settle with (as they are shown), and from when on.

        Only calls and agents' messages matter; of people without a debt only what may open one.
        """
        ...

    async def things(self, contact_id: ContactId, *, since: datetime) -> Sequence[Happened]:
        """Return all that passed between us and a person on all channels since then, as it matters here."""
        ...

    async def waiting_chats(self, contact_id: ContactId, *, before: datetime) -> Sequence[Happened]:
        """Return the conversations of a person that wait since before then, as causes. Calls' own are left out."""
        ...

    async def keep(
        self, contact_id: ContactId, debts: Sequence[Debt], waits: Sequence[CallWait], *, since: datetime
    ) -> bool:
        """Replace a person's debts and call waits that opened since then; dismissed ones and who took them stay.

        Returns whether anything changed.
        """
        ...

    async def overdue_chats(self, *, before: datetime, limit: int) -> Mapping[ContactId, datetime]:
        """Return people whose conversation waits since before then and who have no debt for it yet; since when."""
        ...

    async def board(
        self, *, closed: bool, cursor: str | None, limit: int, assignee_id: UserId | None = None
    ) -> Page[DebtRow]:
        """Return a page of the board: open ones by due time, closed ones newest first."""
        ...

    async def shown(self, debt: Debt) -> tuple[str, str]:
        """Return the name and the address a debt is shown with."""
        ...

    async def is_owed(self, contact_id: ContactId) -> bool:
        """Tell whether a person has an open debt."""
        ...

    async def get(self, debt_id: DebtId) -> Debt | None: ...
    async def update(self, debt: Debt) -> None: ...
    async def counts(self, now: datetime) -> tuple[int, int]:
        """Return how many debts are open, and how many of them overdue."""
        ...

    async def callbacks(self, *, since: datetime, until: datetime, line_ids: Collection[LineId]) -> CallbackNumbers:
        """Return the figures of call waits that started in the period."""
        ...
