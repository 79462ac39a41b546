"""/reports: dashboards, series, breakdowns and the waits behind every figure. Agents see their own."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Limit, Time
from hub.domain.errors import Forbidden, Invalid
from hub.domain.ids import ChannelId, ContactId, TeamId, UserId
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.figures import FIGURES, Cohort, Unit
from hub.domain.reports.lists import ChannelUse, ReportWait, WaitList
from hub.domain.reports.period import Named as PeriodName
from hub.domain.reports.period import Period, Step, period_between, period_named
from hub.domain.user import Action
from hub.services.reports import checking, dashboard, people
from hub.services.reports.groups import Group, breakdown
from hub.services.reports.series import Series, series_of

routes = Routes("reports")

From = Annotated[Time | None, Named(name="from")]
To = Annotated[Time | None, Named(name="to")]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Channels = Annotated[tuple[ChannelId, ...], Named(name="channel")]
Teams = Annotated[tuple[TeamId, ...], Named(name="team")]
Agents = Annotated[tuple[UserId, ...], Named(name="agent")]
Label = Annotated[str, StringConstraints(max_length=200)]
_NAMED = PeriodName.last_7_days


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """What a figure means."""

    key: str
    name: str
    formula: str
    unit: Unit
    cohort: Cohort
    lower_is_better: bool | None
    opens: bool
    """Its waits can be listed at /reports/waits."""
    by_agent: bool
    business: bool
    link: str
    """Where it is explained with an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardView(dashboard.Dashboard):
    """A dashboard, and how far it can be trusted."""

    behind: int
    """How many hours have changed and are still to be counted anew; 0 when all is counted."""
    alarm: str
    """What the nightly check found wrong, in words; empty if all was right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitPage:
    """A page of waits."""

    items: tuple[ReportWait, ...]
    next: str | None
    total: int | None
    """How many there are in all; on the first page only."""


@routes.get("/reports/figures", Action.waits_read)
async def list_figures() -> tuple[FigureView, ...]:
    """List all figures with what they mean."""
    return tuple(
        FigureView(
            key=f.key,
            name=f.name,
            formula=f.formula,
            unit=f.unit,
            cohort=f.cohort,
            lower_is_better=f.lower_is_better,
            opens=f.opens,
            by_agent=f.by_agent,
            business=f.business,
            link=f.link,
        )
        for f in FIGURES.values()
    )


@routes.get("/reports/dashboard", Action.waits_read)
async def get_dashboard(
    deps: ApiDeps,
    caller: Caller,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
    channels: Channels = (),
    teams: Teams = (),
    agents: Agents = (),
    tag: Label | None = None,
    source: Label | None = None,
    compare: bool = True,
) -> DashboardView:
    """Return all of a manager's dashboard: figures, by channel, team and agent, over time, by hour of the week.

    The period is one by name, or `from` and `to`; days are those of `zone`. Agents get their own figures.
    """
    of = own(caller, Selection(channel_ids=channels, team_ids=teams, agent_ids=agents, tag=tag, source=source))
    asked = period_of(deps, period, start, end, zone)
    found = await dashboard.dashboard(deps.storage.reports, asked, of, deps.now(), compare=compare)
    async with deps.storage.read() as uow:
        alarm = await checking.alarm(uow.facts)
    values = {name: getattr(found, name) for name in dashboard.Dashboard.__dataclass_fields__}
    return DashboardView(**values, behind=await deps.storage.rollups.dirty_count(), alarm=alarm)


@routes.get("/reports/breakdown", Action.waits_read)
async def get_breakdown(
    deps: ApiDeps,
    caller: Caller,
    by: By,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
    channels: Channels = (),
    teams: Teams = (),
    agents: Agents = (),
    tag: Label | None = None,
    source: Label | None = None,
) -> tuple[Group, ...]:
    """Return the figures by channel, team, agent, tag or source, the busiest first."""
    of = own(caller, Selection(channel_ids=channels, team_ids=teams, agent_ids=agents, tag=tag, source=source))
    asked = period_of(deps, period, start, end, zone)
    return tuple(await breakdown(deps.storage.reports, asked, of, by))


@routes.get("/reports/series", Action.waits_read)
async def get_series(
    deps: ApiDeps,
    caller: Caller,
    step: Step | None = None,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
    channels: Channels = (),
    teams: Teams = (),
    agents: Agents = (),
    tag: Label | None = None,
    source: Label | None = None,
) -> Series:
    """Return how figures went step by step, with the backlog at each step's end."""
    of = own(caller, Selection(channel_ids=channels, team_ids=teams, agent_ids=agents, tag=tag, source=source))
    asked = period_of(deps, period, start, end, zone)
    return await series_of(deps.storage.reports, asked, of, deps.now(), step)


@routes.get("/reports/waits", Action.waits_read)
async def list_report_waits(
    deps: ApiDeps,
    caller: Caller,
    figure: Annotated[str, StringConstraints(max_length=64)] = "reply",
    at_least: Annotated[float | None, Field(ge=0, le=1e9)] = None,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
    channels: Channels = (),
    teams: Teams = (),
    agents: Agents = (),
    tag: Label | None = None,
    source: Label | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> WaitPage:
    """List the waits behind a figure, the newest first, each with the messages that began and ended it.

    Give the same filter as to the dashboard: the list has exactly the waits the figure was made of.
    """
    of = own(caller, Selection(channel_ids=channels, team_ids=teams, agent_ids=agents, tag=tag, source=source))
    asked = period_of(deps, period, start, end, zone)
    wanted = WaitList(figure=figure, span=asked.span, now=deps.now(), selection=of, at_least=at_least)
    page = await deps.storage.reports.waits(wanted, cursor=cursor, limit=limit)
    total = None if cursor else await deps.storage.reports.count_waits(wanted)
    return WaitPage(items=tuple(page.items), next=page.next, total=total)


@routes.get("/reports/channels", Action.reports_read)
async def list_preferred_channels(
    deps: ApiDeps,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
    channels: Channels = (),
    source: Label | None = None,
) -> tuple[ChannelUse, ...]:
    """Return on which channel customers write most, and answer us."""
    asked = period_of(deps, period, start, end, zone).span
    of = Selection(channel_ids=channels, source=source)
    return tuple(await deps.storage.reports.preferred_channels(asked.start, asked.end, of))


@routes.get("/reports/mine", Action.waits_read, people_only=True)
async def get_my_figures(
    deps: ApiDeps,
    caller: Caller,
    period: PeriodName | None = None,
    start: From = None,
    end: To = None,
    zone: Zone = "UTC",
) -> people.Mine:
    """Return the caller's own figures and what they have on the table now."""
    asked = period_of(deps, period, start, end, zone)
    return await people.mine(deps.storage.reports, caller.person.id, asked, deps.now())


@routes.get("/contacts/{contact_id}/card", Action.contacts_read)
async def get_contact_card(deps: ApiDeps, contact_id: ContactId, zone: Zone = "UTC") -> people.ContactCard:
    """Return how a contact and we write to each other: channels, usual reply, best hour."""
    return await people.contact_card(deps.storage.reports, contact_id, deps.now(), zone)


def period_of(
    deps: ApiDeps, name: PeriodName | None, start: datetime | None, end: datetime | None, zone: str
) -> Period:
    """Return the period a request asks for. Raises Invalid."""
    if start is None and end is None:
        return period_named(name or _NAMED, deps.now(), zone)
    if name is not None or start is None or end is None:
        raise Invalid("Give a period by name, or both `from` and `to`.")
    return period_between(start, end, zone)


def own(caller: Caller, of: Selection) -> Selection:
    """Return what the caller may see of it: an agent only what they answered themselves. Raises Forbidden."""
    if caller.user is None or Action.reports_read in caller.actions:
        return of
    if set(of.agent_ids) - {caller.user.id}:
        raise Forbidden("You can see your own figures. Those of colleagues are for managers.")
    return replace(of, agent_ids=(caller.user.id,))
