"""Calendars of business hours: made, edited into new versions, chosen for channels, teams, agents and the company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.hours import CLOSED, Calendar, Hours, Spans, Version
from hub.domain.ids import CalendarId, ChannelId, UserId
from hub.domain.timetable import Keeper, Timetable, Use
from hub.ports import Storage, UnitOfWork
from hub.ports.hours import HolidaySource
from hub.services.holiday_days import DAYS_LIMIT, public_holidays, read_ical
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

CALENDARS_LIMIT = 200
NAME_LIMIT = 100
YEARS_BACK, YEARS_AHEAD = 10, 3
"""Holidays are written down for these years around the edit: imported history is measured by them, too."""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day with hours of its own; none: closed."""

    name: str = ""
    spans: Spans = CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    name: str | Unset = UNSET
    zone: str | Unset = UNSET
    week: tuple[Spans, ...] | Unset = UNSET
    own_days: Mapping[date, OwnDay] | Unset = UNSET
    country: str | Unset = UNSET
    """Empty: no public holidays."""
    subdivision: str | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A calendar with the names of its days."""

    calendar: Calendar
    source: HolidaySource
    used_by: Sequence[Use] = field(default_factory=tuple)
    """Whose it is now."""


NOTHING: Final = Edit()


async def create(
    uow: UnitOfWork,
    *,
    id: CalendarId,  # noqa: A002 - as the domain calls it
    name: str,
    edit: Edit,
    by: UserId | None,
    now: datetime,
) -> Made[Shown]:
    """Make a calendar. Without more said it is open around the clock in UTC. Raises Invalid, Conflict."""
    found = await uow.hours.calendar(id)
    if found is not None:
        return Made(await shown(uow, id, now=now), created=False)
    known = await uow.hours.calendars()
    if len(known) >= CALENDARS_LIMIT:
        raise Conflict(f"There are {CALENDARS_LIMIT} calendars already. Delete one that is not used.")
    hours, source = _applied(Hours(), HolidaySource(), edit, now)
    version = Version(number=1, since=now, hours=hours)
    calendar = Calendar(id=id, name=_named(name, known, id), versions=(version,))
    await uow.hours.add_calendar(calendar, source, by=by)
    return Made(await shown(uow, id, now=now), created=True)


async def change(uow: UnitOfWork, calendar_id: CalendarId, edit: Edit, *, by: UserId | None, now: datetime) -> Shown:
    """Edit a calendar from now on: what began before keeps the hours that held then. Raises NotFound, Invalid."""
    calendar = await _get(uow, calendar_id)
    if not isinstance(edit.name, Unset):
        await uow.hours.rename_calendar(calendar_id, _named(edit.name, await uow.hours.calendars(), calendar_id))
    before = await uow.hours.holidays(calendar_id)
    hours, source = _applied(calendar.hours, before, edit, now)
    if hours != calendar.hours or source != before:
        version = Version(number=calendar.versions[-1].number + 1, since=now, hours=hours)
        await uow.hours.add_version(calendar_id, version, source, by=by)
    return await shown(uow, calendar_id, now=now)


async def import_ical(
    uow: UnitOfWork, calendar_id: CalendarId, text: str, *, by: UserId | None, now: datetime
) -> tuple[Shown, int, int]:
    """Add the closed days of an iCalendar file. Returns the calendar, how many days it gave, how many it skipped."""
    calendar = await _get(uow, calendar_id)
    found = read_ical(text, _years(now))
    source = await uow.hours.holidays(calendar_id)
    own = own_days(calendar.hours, source)
    days = {**own, **{day: OwnDay(name=name) for day, name in found.days.items()}}
    after = await change(uow, calendar_id, Edit(own_days=days), by=by, now=now)
    return after, len(found.days), found.skipped


async def archive(uow: UnitOfWork, calendar_id: CalendarId, *, now: datetime) -> None:
    """Take a calendar out of the list; what was measured by it keeps it. Raises NotFound, Conflict if it is used."""
    await _get(uow, calendar_id)
    plan = await uow.hours.plan()
    used = [use for use in in_use(plan.timetable, now) if use.calendar_id == calendar_id]
    if used:
        words = ", ".join(sorted({use.keeper.value for use in used}))
        raise Conflict(f"This calendar is used ({words}). Choose another there first, then delete it.")
    await uow.hours.archive_calendar(calendar_id, now)


async def choose(
    uow: UnitOfWork, keeper: Keeper, keeper_id: UUID | None, calendar_id: CalendarId | None, *, now: datetime
) -> Use:
    """Choose a calendar for a channel, a team, an agent or the company from now on; None: none of its own.

    Raises NotFound, Invalid.
    """
    if (keeper is Keeper.company) != (keeper_id is None):
        raise Invalid("The company keeps one calendar; a channel, a team or an agent needs its id.")
    await _check_keeper(uow, keeper, keeper_id)
    if calendar_id is not None:
        await _get(uow, calendar_id)
    plan = await uow.hours.plan()
    current = next((u for u in in_use(plan.timetable, now) if (u.keeper, u.keeper_id) == (keeper, keeper_id)), None)
    use = Use(keeper=keeper, keeper_id=keeper_id, calendar_id=calendar_id, since=now)
    if (current.calendar_id if current else None) != calendar_id:
        await uow.hours.use(use)
    return use


async def shown(uow: UnitOfWork, calendar_id: CalendarId, *, now: datetime) -> Shown:
    """Return a calendar as screens show it. Raises NotFound."""
    calendar = await _get(uow, calendar_id)
    uses = in_use((await uow.hours.plan()).timetable, now)
    return Shown(
        calendar=calendar,
        source=await uow.hours.holidays(calendar_id),
        used_by=[use for use in uses if use.calendar_id == calendar_id],
    )


async def extend_holidays(storage: Storage, now: datetime) -> int:
    """Write down the holidays of the year to come where they are not; returns of how many calendars. A daily job."""
    async with storage.begin() as uow:
        done = 0
        for calendar in await uow.hours.calendars():
            source = await uow.hours.holidays(calendar.id)
            if source.country and source.until < now.year + 1:
                await change(uow, calendar.id, Edit(country=source.country), by=None, now=now)
                done += 1
        return done


def in_use(timetable: Timetable, now: datetime) -> Sequence[Use]:
    """Return who keeps which calendar at present."""
    found: list[Use] = []
    for uses in timetable.uses.values():
        held = [use for use in uses if use.since <= now]
        if held and held[-1].calendar_id is not None:
            found.append(held[-1])
    return found


def own_days(hours: Hours, source: HolidaySource) -> Mapping[date, OwnDay]:
    """Return the days somebody entered or imported."""
    return {
        day: OwnDay(name=source.names.get(day.isoformat(), ""), spans=spans)
        for day, spans in hours.days.items()
        if day.isoformat() in source.own
    }


def _applied(hours: Hours, source: HolidaySource, edit: Edit, now: datetime) -> tuple[Hours, HolidaySource]:
    own = own_days(hours, source) if isinstance(edit.own_days, Unset) else edit.own_days
    if len(own) > DAYS_LIMIT:
        raise Invalid(f"A calendar has at most {DAYS_LIMIT} days of its own.")
    country = source.country if isinstance(edit.country, Unset) else edit.country
    subdivision = source.subdivision if isinstance(edit.subdivision, Unset) else edit.subdivision
    if country != source.country and isinstance(edit.subdivision, Unset):
        subdivision = ""
    public: Mapping[date, str] = {}
    until = source.until if country else 0
    if country:
        renew = not (isinstance(edit.country, Unset) and isinstance(edit.subdivision, Unset))
        if renew:
            public, until = public_holidays(country, subdivision, _years(now)), _years(now).stop - 1
        else:
            public = {date.fromisoformat(d): name for d, name in source.names.items() if d not in source.own}
    after = Hours(
        zone=hours.zone if isinstance(edit.zone, Unset) else edit.zone,
        week=hours.week if isinstance(edit.week, Unset) else edit.week,
        days={**dict.fromkeys(public, CLOSED), **{day: own_day.spans for day, own_day in own.items()}},
    )
    names = {**public, **{day: own_day.name for day, own_day in own.items()}}
    told = HolidaySource(
        country=country,
        subdivision=subdivision if country else "",
        names={day.isoformat(): name for day, name in sorted(names.items())},
        own=tuple(sorted(day.isoformat() for day in own)),
        until=until,
    )
    return after, told


def _years(now: datetime) -> range:
    return range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)


def _named(name: str, known: Sequence[Calendar], calendar_id: CalendarId) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_LIMIT:
        raise Invalid(f"A calendar's name has 1 to {NAME_LIMIT} characters.")
    if any(c.name.casefold() == tidy.casefold() and c.id != calendar_id for c in known):
        raise Conflict(f"There is a calendar called “{tidy}” already. Choose another name.")
    return tidy


async def _get(uow: UnitOfWork, calendar_id: CalendarId) -> Calendar:
    found = await uow.hours.calendar(calendar_id)
    if found is None:
        raise NotFound("There is no such calendar; it may have been deleted.")
    return found


async def _check_keeper(uow: UnitOfWork, keeper: Keeper, keeper_id: UUID | None) -> None:
    match keeper:
        case Keeper.channel:
            found: object = await uow.channels.get(ChannelId(keeper_id)) if keeper_id else None
        case Keeper.team:
            found = next((team for team in await uow.users.teams() if team.id == keeper_id), None)
        case Keeper.agent:
            found = await uow.users.get(UserId(keeper_id)) if keeper_id else None
        case Keeper.company:
            return
    if found is None:
        raise NotFound(f"There is no such {keeper.value}; it may have been deleted.")
