"""/reports: dashboards, series, breakdowns and the waits behind every figure. Agents see their own."""

from dataclasses import dataclass
from random import random
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Limit, Time
from hub.api.report_query import Channels, Label, OfWeek, What, When, Zone
from hub.domain.ids import ContactId
from hub.domain.reports.answers import By, Selection
from hub.domain.reports.figures import FIGURES, Behind, Cohort, Unit
from hub.domain.reports.lists import ChannelUse, EntryList, ReportEntry, ReportWait, WaitList
from hub.domain.reports.period import Step
from hub.domain.user import Action
from hub.services.reports import checking, dashboard, people, trust, workload
from hub.services.reports.groups import Group, breakdown
from hub.services.reports.series import Series, series_of
from hub.services.reports.trust import Trust

routes = Routes("reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """What a figure means."""

    key: str
    name: str
    formula: str
    unit: Unit
    cohort: Cohort
    lower_is_better: bool | None
    behind: Behind
    """What it is made of: waits, listed at /reports/waits, or entries, listed at /reports/entries."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """A page of messages or calls."""

    items: tuple[ReportEntry, ...]
    next: str | None
    total: int | None
    """How many there are in all; on the first page only."""


Name = Annotated[str, StringConstraints(max_length=64)]


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
            behind=f.behind,
            by_agent=f.by_agent,
            business=f.business,
            link=f.link,
        )
        for f in FIGURES.values()
    )


@routes.get("/reports/dashboard", Action.waits_read)
async def get_dashboard(deps: ApiDeps, caller: Caller, when: When, what: What, compare: bool = True) -> DashboardView:
    """Return all of a manager's dashboard: figures, by channel, team and agent, over time, by hour of the week.

    Agents get their own figures. A figure of nothing is null, never 0; times are seconds.
    """
    found = await dashboard.dashboard(
        deps.storage.reports,
        when.period_at(deps.now()),
        what.of(caller),
        deps.now(),
        compare=compare,
        language=caller.language,
    )
    async with deps.storage.read() as uow:
        alarm = await checking.alarm(uow.facts)
    values = {name: getattr(found, name) for name in dashboard.Dashboard.__dataclass_fields__}
    return DashboardView(**values, behind=await deps.storage.rollups.dirty_count(), alarm=alarm)


@routes.get("/reports/breakdown", Action.waits_read)
async def get_breakdown(deps: ApiDeps, caller: Caller, by: By, when: When, what: What) -> tuple[Group, ...]:
    """Return the figures by channel, team, agent, tag or source, the busiest first."""
    period = when.period_at(deps.now())
    return tuple(await breakdown(deps.storage.reports, period, what.of(caller), by, deps.now()))


@routes.get("/reports/series", Action.waits_read)
async def get_series(deps: ApiDeps, caller: Caller, when: When, what: What, step: Step | None = None) -> Series:
    """Return how figures went step by step, with the backlog at each step's end.

    Without `step` it fits the period. More than 800 steps are refused.
    """
    period = when.period_at(deps.now())
    return await series_of(deps.storage.reports, period, what.of(caller), deps.now(), step)


@routes.get("/reports/waits", Action.waits_read)
async def list_report_waits(
    deps: ApiDeps,
    caller: Caller,
    when: When,
    what: What,
    week: OfWeek,
    figure: Name = "reply",
    at_least: Annotated[float | None, Field(ge=0, le=1e9)] = None,
    at: Annotated[Time | None, Field(description="With the figure `waiting`: who waited at this moment.")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> WaitPage:
    """List the waits behind a figure, the newest first, each with the messages that began and ended it.

    Give the same filter as to the dashboard: the list has exactly the waits the figure was made of. `at_least` leaves
    out those of which it counts fewer seconds.
    """
    period = when.period_at(deps.now())
    wanted = WaitList(
        figure=figure,
        span=period.span,
        now=deps.now(),
        selection=what.of(caller),
        hours=week.of(period),
        at_least=at_least,
        at=at,
    )
    page = await deps.storage.reports.waits(wanted, cursor=cursor, limit=limit)
    total = None if cursor else await deps.storage.reports.count_waits(wanted)
    return WaitPage(items=tuple(page.items), next=page.next, total=total)


@routes.get("/reports/entries", Action.waits_read)
async def list_report_entries(
    deps: ApiDeps,
    caller: Caller,
    when: When,
    what: What,
    week: OfWeek,
    figure: Name = "received",
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> EntryPage:
    """List the messages or calls behind a figure, the newest first.

    Give the same filter as to the dashboard: the list has exactly the entries the figure counted.
    """
    period = when.period_at(deps.now())
    wanted = EntryList(figure=figure, span=period.span, selection=what.of(caller), hours=week.of(period))
    page = await deps.storage.reports.entries(wanted, cursor=cursor, limit=limit)
    total = None if cursor else await deps.storage.reports.count_entries(wanted)
    return EntryPage(items=tuple(page.items), next=page.next, total=total)


@routes.get("/reports/channels", Action.reports_read)
async def list_preferred_channels(
    deps: ApiDeps, when: When, channels: Channels = (), source: Label | None = None
) -> tuple[ChannelUse, ...]:
    """Return on which channel customers write most, and answer us."""
    asked = when.period_at(deps.now()).span
    of = Selection(channel_ids=channels, source=source)
    return tuple(await deps.storage.reports.preferred_channels(asked.start, asked.end, of))


@routes.get("/reports/workload", Action.waits_read)
async def get_workload(deps: ApiDeps, caller: Caller, when: When, what: What) -> workload.Workload:
    """Return how much each agent had to do: conversations handled step by step, and how many at once.

    Of a long period its last 35 days. Agents get their own. Not by tag or source.
    """
    return await workload.workload(deps.storage.reports, when.period_at(deps.now()), what.of(caller))


@routes.get("/reports/mine", Action.waits_read, people_only=True)
async def get_my_figures(deps: ApiDeps, caller: Caller, when: When) -> people.Mine:
    """Return the caller's own figures and what they have on the table now."""
    return await people.mine(deps.storage.reports, caller.person.id, when.period_at(deps.now()), deps.now())


@routes.get("/contacts/{contact_id}/card", Action.contacts_read)
async def get_contact_card(deps: ApiDeps, contact_id: ContactId, zone: Zone = "UTC") -> people.ContactCard:
    """Return how a contact and we write to each other: channels, usual reply, best hour."""
    return await people.contact_card(deps.storage.reports, contact_id, deps.now(), zone)


@routes.get("/reports/trust", Action.waits_read)
async def get_trust(deps: ApiDeps) -> Trust:
    """Return when figures were last compared with the messages, what was found, and what is still to be counted."""
    return await trust.trust(deps.storage)


@routes.post("/reports/trust/check", Action.reports_write)
async def check_reports(deps: ApiDeps) -> Trust:
    """Compare a random sample of hours with the messages now; what differs is counted anew."""
    return await trust.check_now(deps.storage, draw=random(), now=deps.now())  # noqa: S311 - a sample, no secret


@routes.post("/reports/trust/recount", Action.reports_write)
async def recount_reports(deps: ApiDeps) -> Trust:
    """Have every hour counted anew, while the hub serves; `behind` tells how many are left."""
    return await trust.recount(deps.storage, deps.now())
