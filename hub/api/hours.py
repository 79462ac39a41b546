"""/calendars, /hours and /holidays: business hours, and who keeps which."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Line, Word
from hub.domain.hours import Span
from hub.domain.ids import CalendarId
from hub.domain.opening_times import parse_day, parse_week
from hub.domain.timetable import Keeper, Use
from hub.domain.user import Action
from hub.services import holiday_days, hours
from hub.services.unset import UNSET

routes = Routes("hours")

Clock = Annotated[str, StringConstraints(pattern=r"^\d{2}:\d{2}$")]
"""A time of day on the wall: `09:00`; `24:00` is the day's end."""
Zone = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
"""An IANA time zone: `Europe/Warsaw`."""
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
"""ISO 3166-1 alpha-2; empty: no public holidays."""
Subdivision = Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\x00]*$")]
Year = Annotated[int, Field(ge=1990, le=2100)]


class OpenHours(Input):
    """Open from one time of day to another; up to a time before it is up to the next day's."""

    opens: Clock
    closes: Clock


Day = Annotated[tuple[OpenHours, ...], Field(max_length=12)]
Week = Annotated[tuple[Day, ...], Field(min_length=7, max_length=7)]
"""The hours of seven days, Monday first."""


class OwnDay(Input):
    """A day with hours of its own; without any it is closed."""

    date: date
    name: Line = ""
    hours: Day = ()


OwnDays = Annotated[tuple[OwnDay, ...], Field(max_length=3000)]


class NewCalendar(Input):
    """A calendar of business hours. Without more said it is open around the clock in UTC."""

    id: CalendarId
    name: Word
    zone: Zone | None = None
    week: Week | None = None
    own_days: OwnDays | None = None
    country: Country | None = None
    """Whose public holidays are closed days."""
    subdivision: Subdivision | None = None


class CalendarEdit(Input):
    """What shall change; what is left out stays. What waits already keeps the hours that held when it began."""

    name: Word | None = None
    zone: Zone | None = None
    week: Week | None = None
    own_days: OwnDays | None = None
    """Replaces all of them."""
    country: Country | None = None
    subdivision: Subdivision | None = None


class ClosedDays(Input):
    """An iCalendar file."""

    text: Annotated[str, StringConstraints(max_length=holiday_days.ICAL_LIMIT)]


class Choice(Input):
    """Which calendar a channel, a team, an agent or the company keeps from now on."""

    keeper: Keeper
    keeper_id: UUID | None = None
    """Left out for the company."""
    calendar_id: CalendarId | None = None
    """Null: none of its own. A channel's calendar goes before its team's, that before the company's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A part of a day, on the wall clock."""

    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day that is not like its weekday."""

    date: date
    name: str
    own: bool
    """Somebody entered or imported it; else it is the country's."""
    hours: tuple[SpanView, ...]
    """None: closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeeperView:
    """Who keeps a calendar, since when."""

    keeper: Keeper
    keeper_id: UUID | None
    calendar_id: CalendarId | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A calendar as it is now."""

    id: CalendarId
    name: str
    version: int
    """Rises with every edit; waits keep the one they were measured by."""
    since: datetime
    zone: str
    week: tuple[tuple[SpanView, ...], ...]
    """Monday first."""
    days: tuple[DayView, ...]
    country: str
    subdivision: str
    used_by: tuple[KeeperView, ...]
    open: bool
    """Now."""
    opens_at: datetime | None
    """When it opens next, if it is closed now."""
    closes_at: datetime | None
    """When it closes, if it is open now and ever closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """What a file gave."""

    calendar: CalendarView
    added: int
    skipped: int
    """Events that were not taken: with a time of day, or repeating in another way than every year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version of a calendar."""

    version: int
    since: datetime
    zone: str
    week: tuple[tuple[SpanView, ...], ...]
    closed_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """A country whose holidays are known."""

    code: str
    subdivisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayView:
    """A public holiday."""

    date: date
    name: str


@routes.get("/calendars", Action.waits_read)
async def list_calendars(deps: ApiDeps) -> tuple[CalendarView, ...]:
    """List the calendars, by name."""
    now = deps.now()
    async with deps.storage.read() as uow:
        return tuple(
            [_view(await hours.shown(uow, calendar.id, now=now), now) for calendar in await uow.hours.calendars()]
        )


@routes.post("/calendars", Action.hours_write)
async def create_calendar(deps: ApiDeps, caller: Caller, body: NewCalendar) -> Created[CalendarView]:
    """Make a calendar."""
    now = deps.now()
    async with deps.storage.begin() as uow:
        made = await hours.create(uow, id=body.id, name=body.name, edit=_edit(body), by=caller.user_id, now=now)
    return Created(_view(made.record, now), new=made.created)


@routes.get("/calendars/{calendar_id}", Action.waits_read)
async def get_calendar(deps: ApiDeps, calendar_id: CalendarId) -> CalendarView:
    """Return a calendar."""
    async with deps.storage.read() as uow:
        return _view(await hours.shown(uow, calendar_id, now=deps.now()), deps.now())


@routes.patch("/calendars/{calendar_id}", Action.hours_write)
async def change_calendar(deps: ApiDeps, caller: Caller, calendar_id: CalendarId, body: CalendarEdit) -> CalendarView:
    """Edit a calendar: a new version from now on."""
    now = deps.now()
    async with deps.storage.begin() as uow:
        return _view(await hours.change(uow, calendar_id, _edit(body), by=caller.user_id, now=now), now)


@routes.delete("/calendars/{calendar_id}", Action.hours_write)
async def delete_calendar(deps: ApiDeps, calendar_id: CalendarId) -> None:
    """Take a calendar out of the list. It must not be in use; what was measured by it stays as it was."""
    async with deps.storage.begin() as uow:
        await hours.archive(uow, calendar_id, now=deps.now())


@routes.get("/calendars/{calendar_id}/versions", Action.waits_read)
async def list_calendar_versions(deps: ApiDeps, calendar_id: CalendarId) -> tuple[VersionView, ...]:
    """List a calendar's versions, the newest first."""
    async with deps.storage.read() as uow:
        calendar = (await hours.shown(uow, calendar_id, now=deps.now())).calendar
    return tuple(
        VersionView(
            version=version.number,
            since=version.since,
            zone=version.hours.zone,
            week=tuple(_spans(spans) for spans in version.hours.week),
            closed_days=sum(not spans for spans in version.hours.days.values()),
        )
        for version in reversed(calendar.versions)
    )


@routes.post("/calendars/{calendar_id}/closed-days", Action.hours_write)
async def import_closed_days(deps: ApiDeps, caller: Caller, calendar_id: CalendarId, body: ClosedDays) -> ImportView:
    """Add the all-day events of an iCalendar file (.ics) as closed days."""
    now = deps.now()
    async with deps.storage.begin() as uow:
        after, added, skipped = await hours.import_ical(uow, calendar_id, body.text, by=caller.user_id, now=now)
    return ImportView(calendar=_view(after, now), added=added, skipped=skipped)


@routes.get("/hours", Action.waits_read)
async def list_hours(deps: ApiDeps) -> tuple[KeeperView, ...]:
    """List who keeps which calendar now. Who is not named keeps none of their own."""
    async with deps.storage.read() as uow:
        plan = await uow.hours.plan()
    return tuple(_keeper(use) for use in hours.in_use(plan.timetable, deps.now()))


@routes.put("/hours", Action.hours_write)
async def choose_hours(deps: ApiDeps, body: Choice) -> KeeperView:
    """Choose a calendar for a channel, a team, an agent's shift or the company, from now on."""
    async with deps.storage.begin() as uow:
        return _keeper(await hours.choose(uow, body.keeper, body.keeper_id, body.calendar_id, now=deps.now()))


@routes.get("/holidays/countries", Action.waits_read)
async def list_holiday_countries(deps: ApiDeps) -> tuple[CountryView, ...]:  # noqa: ARG001 - all get it
    """List the countries whose public holidays are known."""
    known = holiday_days.countries()
    return tuple(CountryView(code=code, subdivisions=tuple(parts)) for code, parts in sorted(known.items()))


@routes.get("/holidays", Action.waits_read)
async def list_holidays(
    deps: ApiDeps,  # noqa: ARG001 - all get it
    country: Country,
    year: Year,
    subdivision: Subdivision = "",
) -> tuple[HolidayView, ...]:
    """List a country's public holidays of a year: what a calendar of that country closes on."""
    found = holiday_days.public_holidays(country, subdivision, range(year, year + 1))
    return tuple(HolidayView(date=day, name=name) for day, name in found.items())


def _edit(body: NewCalendar | CalendarEdit) -> hours.Edit:
    return hours.Edit(
        name=UNSET if body.name is None else body.name,
        zone=UNSET if body.zone is None else body.zone,
        week=UNSET if body.week is None else parse_week([_pairs(day) for day in body.week]),
        own_days=UNSET
        if body.own_days is None
        else {
            day.date: hours.OwnDay(name=" ".join(day.name.split()), spans=parse_day(_pairs(day.hours)))
            for day in body.own_days
        },
        country=UNSET if body.country is None else body.country,
        subdivision=UNSET if body.subdivision is None else body.subdivision,
    )


def _pairs(day: tuple[OpenHours, ...]) -> list[tuple[str, str]]:
    return [(part.opens, part.closes) for part in day]


def _view(shown: hours.Shown, now: datetime) -> CalendarView:
    calendar, source = shown.calendar, shown.source
    newest = calendar.versions[-1]
    is_open = newest.hours.is_open(now)
    return CalendarView(
        id=calendar.id,
        name=calendar.name,
        version=newest.number,
        since=newest.since,
        zone=newest.hours.zone,
        week=tuple(_spans(spans) for spans in newest.hours.week),
        days=tuple(
            DayView(
                date=day,
                name=source.names.get(day.isoformat(), ""),
                own=day.isoformat() in source.own,
                hours=_spans(spans),
            )
            for day, spans in sorted(newest.hours.days.items())
        ),
        country=source.country,
        subdivision=source.subdivision,
        used_by=tuple(_keeper(use) for use in shown.used_by),
        open=is_open,
        opens_at=None if is_open else newest.hours.next_opening(now),
        closes_at=newest.hours.closes_at(now),
    )


def _spans(spans: tuple[Span, ...]) -> tuple[SpanView, ...]:
    return tuple(
        SpanView(opens=opens, closes=closes) for opens, closes in (str(span).split("-", maxsplit=1) for span in spans)
    )


def _keeper(use: Use) -> KeeperView:
    return KeeperView(keeper=use.keeper, keeper_id=use.keeper_id, calendar_id=use.calendar_id, since=use.since)
