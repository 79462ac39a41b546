"""The timetable: which calendar holds for a channel, a team, an agent or the whole company, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.domain.hours import ALWAYS, Calendar, Hours
from hub.domain.ids import CalendarId, ChannelId, TeamId, UserId


class Keeper(StrEnum):
    """Who keeps the hours of a calendar."""

    channel = "channel"
    team = "team"
    agent = "agent"
    """The calendar is the agent's shift."""
    company = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A calendar chosen for a keeper from one moment on; None: none of its own any more."""

    keeper: Keeper
    keeper_id: UUID | None = None
    """None for the company."""
    calendar_id: CalendarId | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The hours that hold for a wait."""

    calendar_id: CalendarId | None = None
    """None where nobody chose a calendar: then it is around the clock."""
    version: int | None = None
    hours: Hours = ALWAYS


AROUND_THE_CLOCK = Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """All calendars, and who keeps which since when."""

    calendars: Mapping[CalendarId, Calendar] = field(default_factory=dict)
    uses: Mapping[tuple[Keeper, UUID | None], Sequence[Use]] = field(default_factory=dict)
    """Oldest first."""

    def at(self, moment: datetime, *, channel_id: ChannelId, team_id: TeamId | None) -> Chosen:
        """Return the hours that hold for what starts at a moment: the channel's, else the team's, else the company's.

        Neither a later edit of a calendar nor a later choice changes the answer.
        """
        if not self.uses:
            return AROUND_THE_CLOCK
        keepers = ((Keeper.channel, channel_id), (Keeper.team, team_id), (Keeper.company, None))
        for keeper, keeper_id in keepers:
            if keeper_id is None and keeper is not Keeper.company:
                continue
            found = self.of(keeper, keeper_id, moment)
            if found is not None:
                return found
        return AROUND_THE_CLOCK

    def shift(self, agent: UserId, moment: datetime) -> Chosen | None:
        """Return the hours of an agent's shift at a moment; None if the agent has none of their own."""
        return self.of(Keeper.agent, agent, moment)

    def of(self, keeper: Keeper, keeper_id: UUID | None, moment: datetime) -> Chosen | None:
        """Return the hours a keeper itself had chosen at a moment."""
        chosen: CalendarId | None = None
        for use in self.uses.get((keeper, keeper_id), ()):
            if use.since <= moment:
                chosen = use.calendar_id
        calendar = self.calendars.get(chosen) if chosen is not None else None
        if calendar is None:
            return None
        version = calendar.version_at(moment)
        return Chosen(calendar_id=calendar.id, version=version.number, hours=version.hours)


EMPTY = Timetable()
