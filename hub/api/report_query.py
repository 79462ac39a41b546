"""What reports are asked for in a query: a period in a time zone, and a filter."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hub.api._framework.params import Named, query
from hub.api.caller import Caller
from hub.api.inputs import Time
from hub.domain.errors import Forbidden, Invalid
from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.answers import Selection
from hub.domain.reports.period import Named as PeriodName
from hub.domain.reports.period import Period, Span, hours_of_week, period_between, period_named
from hub.domain.user import Action

Zone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    Field(description="An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock."),
]
Channels = Annotated[tuple[ChannelId, ...], Named(name="channel")]
Teams = Annotated[
    tuple[TeamId | Literal["none"], ...],
    Named(name="team"),
    Field(description="`none` is what is with no team."),
]
Agents = Annotated[tuple[UserId, ...], Named(name="agent")]
Label = Annotated[str, StringConstraints(max_length=200)]
_END = "With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name."


def teams_of(asked: tuple[TeamId | Literal["none"], ...]) -> tuple[TeamId | None, ...]:
    """Return the teams that are asked for; None is no team."""
    return tuple(None if one == "none" else one for one in asked)


@query
@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A period by name, or `from` and `to`; days are those of `zone`. By itself: the last seven days."""

    period: Annotated[PeriodName | None, Field(description="A period by name, as of now; last_7_days by itself.")] = (
        None
    )
    start: Annotated[Time | None, Named(name="from"), Field(description=f"The first moment. {_END}")] = None
    end: Annotated[Time | None, Named(name="to"), Field(description=f"The moment it ends before. {_END}")] = None
    zone: Zone = "UTC"

    def period_at(self, now: datetime) -> Period:
        """Return the period as of a moment. Raises Invalid."""
        if self.start is None and self.end is None:
            return period_named(self.period or PeriodName.last_7_days, now, self.zone)
        if self.period is not None or self.start is None or self.end is None:
            raise Invalid("Give a period by name, or both `from` and `to`.")
        return period_between(self.start, self.end, self.zone)


@query
@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """Channels, teams, agents, a tag or a source; by itself all."""

    channels: Channels = ()
    teams: Teams = ()
    agents: Agents = ()
    tag: Annotated[Label | None, Field(description="Only conversations with this tag; not together with agents.")] = (
        None
    )
    source: Annotated[
        Label | None, Field(description="Only contacts that came from there; not together with agents or a tag.")
    ] = None

    def of(self, caller: Caller) -> Selection:
        """Return what the caller may see of it. Raises Forbidden."""
        return own(
            caller,
            Selection(
                channel_ids=self.channels,
                team_ids=teams_of(self.teams),
                agent_ids=self.agents,
                tag=self.tag,
                source=self.source,
            ),
        )


@query
@dataclass(frozen=True, slots=True, kw_only=True)
class OfWeek:
    """One hour of the week, by the clock of `zone`, of those the period has; by itself all hours."""

    weekday: Annotated[int | None, Field(ge=0, le=6, description="0 is Monday; together with `hour`.")] = None
    hour: Annotated[int | None, Field(ge=0, le=23)] = None

    def of(self, period: Period) -> tuple[Span, ...]:
        """Return the hours of a period it means; none means all of them. Raises Invalid."""
        return hours_of_week(period, self.weekday, self.hour)


def own(caller: Caller, of: Selection) -> Selection:
    """Return what the caller may see of it: an agent only what they answered themselves. Raises Forbidden."""
    if caller.user is None or Action.reports_read in caller.actions:
        return of
    if set(of.agent_ids) - {caller.user.id}:
        raise Forbidden("You can see your own figures. Those of colleagues are for managers.")
    return replace(of, agent_ids=(caller.user.id,))
