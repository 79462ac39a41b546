"""Calendars, who keeps which, targets, and what is due by them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.hours import Calendar, Version
from hub.domain.ids import CalendarId, ChannelId, ContactId, ConversationId, TargetId, TeamId, UserId
from hub.domain.targets import Due, Metric, RuleVersion, Target
from hub.domain.timetable import Timetable, Use
from hub.domain.views import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that waits are measured by."""

    timetable: Timetable
    targets: tuple[Target, ...]
    """In the order in which they are tried; archived ones among them, for what began before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaySource:
    """Where a calendar's holidays come from."""

    country: str = ""
    """ISO 3166-1 alpha-2: `PL`; empty: none are added."""
    subdivision: str = ""
    """As the `holidays` package names it: `BY` for Bavaria."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What days of the calendar are called, by date: `2026-11-11`."""
    own: tuple[str, ...] = ()
    """Dates somebody entered or imported; the others are the country's."""
    until: int = 0
    """The last year whose holidays are in."""


class Timetables(Protocol):
    """Calendars and targets, with all their versions."""

    async def plan(self) -> Plan:
        """Return everything; read once per change and process, so that it costs one small query."""
        ...

    async def calendars(self) -> Sequence[Calendar]:
        """Return the calendars that are not archived, by name."""
        ...

    async def calendar(self, calendar_id: CalendarId) -> Calendar | None: ...
    async def holidays(self, calendar_id: CalendarId) -> HolidaySource:
        """Return where the newest version's holidays come from, and what its days are called."""
        ...

    async def add_calendar(self, calendar: Calendar, source: HolidaySource, *, by: UserId | None) -> None: ...
    async def add_version(
        self, calendar_id: CalendarId, version: Version, source: HolidaySource, *, by: UserId | None
    ) -> None: ...
    async def rename_calendar(self, calendar_id: CalendarId, name: str) -> None: ...
    async def archive_calendar(self, calendar_id: CalendarId, at: datetime) -> None: ...
    async def use(self, use: Use) -> None: ...
    async def targets(self) -> Sequence[Target]:
        """Return the targets that are not archived, in their order."""
        ...

    async def add_target(self, target: Target, *, by: UserId | None) -> None: ...
    async def add_rule(self, target_id: TargetId, version: RuleVersion, *, by: UserId | None) -> None: ...
    async def rename_target(self, target_id: TargetId, name: str) -> None: ...
    async def archive_target(self, target_id: TargetId, at: datetime) -> None: ...
    async def forget(self, calendar_ids: Collection[CalendarId], target_ids: Collection[TargetId]) -> None:
        """Delete calendars, their uses and targets with all their versions: only where nothing real was measured."""
        ...

    async def order_targets(self, target_ids: Sequence[TargetId]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A target's time with what it belongs to."""

    due: Due
    conversation_id: ConversationId | None
    channel_id: ChannelId
    contact_id: ContactId | None = None
    team_id: TeamId | None = None
    assignee_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How many targets run on a channel, and how they stand."""

    channel_id: ChannelId
    metric: Metric
    running: int
    at_risk: int
    breached: int


class Dues(Protocol):
    """Targets whose time runs. What ended is gone from here: its wait or episode holds what was wanted."""

    async def of(self, conversation_ids: Collection[ConversationId]) -> Sequence[Owed]: ...
    async def get(self, ids: Collection[UUID]) -> Sequence[Owed]: ...
    async def put(self, owed: Collection[Owed]) -> None:
        """Write by id; their conversations' place in the list follows."""
        ...

    async def drop(self, ids: Collection[UUID]) -> None:
        """They ended; their conversations' place in the list follows."""
        ...

    async def claim(self, now: datetime, limit: int) -> Sequence[Owed]:
        """Return those of which something is to be said by now, the longest due first, locked."""
        ...

    async def next_at(self) -> datetime | None:
        """Return when something is to be said next."""
        ...

    async def page(self, *, breached: bool | None, cursor: str | None, limit: int, now: datetime) -> Page[Owed]:
        """Return those that run, the soonest due first."""
        ...

    async def risks(self, now: datetime) -> Sequence[Risk]: ...
