"""Calendars of business hours: versions, public holidays, iCalendar files, and who keeps which."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import CalendarId, ChannelId
from hub.domain.opening_times import parse_week
from hub.domain.timetable import Keeper
from hub.services import hours
from hub.services.holiday_days import public_holidays, read_ical
from hub.services.hours import Edit
from hub.services.ids import new_id
from tests.scripted import SmallHub, small_hub

OFFICE = parse_week([[("09:00", "17:00")]] * 5 + [[], []])
YEARS = range(2025, 2030)


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as small:
        yield small


def ical(*events: Sequence[str]) -> str:
    body = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *body, "END:VCALENDAR", ""])


async def made(hub: SmallHub, name: str = "Office", **edit: Any) -> CalendarId:
    key = CalendarId(new_id())
    async with hub.storage.begin() as uow:
        await hours.create(uow, id=key, name=name, edit=Edit(**edit), by=None, now=hub.clock.now())
    return key


async def test_an_edit_is_a_new_version_and_what_began_before_keeps_the_old_one(hub: SmallHub) -> None:
    key = await made(hub, zone="Europe/Warsaw", week=OFFICE)
    before = hub.clock.now()
    hub.clock.forward(days=1)
    async with hub.storage.begin() as uow:
        shown = await hours.change(uow, key, Edit(week=parse_week([[]] * 7)), by=None, now=hub.clock.now())
        await hours.choose(uow, Keeper.channel, hub.channel.id, key, now=before)
    assert [version.number for version in shown.calendar.versions] == [1, 2]
    async with hub.storage.read() as uow:
        timetable = (await uow.hours.plan()).timetable
    old = timetable.at(before, channel_id=hub.channel.id, team_id=None)
    new = timetable.at(hub.clock.now(), channel_id=hub.channel.id, team_id=None)
    assert [(found.version, found.hours.week == OFFICE) for found in (old, new)] == [(1, True), (2, False)]
    earlier = timetable.at(before - timedelta(seconds=1), channel_id=hub.channel.id, team_id=None)
    assert earlier.calendar_id is None


async def test_an_edit_that_changes_nothing_makes_no_version(hub: SmallHub) -> None:
    key = await made(hub, zone="Asia/Seoul", week=OFFICE, country="KR")
    async with hub.storage.begin() as uow:
        shown = await hours.change(uow, key, Edit(week=OFFICE, name="Seoul"), by=None, now=hub.clock.now())
    assert (len(shown.calendar.versions), shown.calendar.name) == (1, "Seoul")


async def test_own_days_go_before_public_holidays_and_survive_another_country(hub: SmallHub) -> None:
    year = hub.clock.now().year
    christmas, own = date(year, 12, 25), date(year, 12, 24)
    key = await made(hub, week=OFFICE, country="DE", own_days={own: hours.OwnDay(name="Party")})
    async with hub.storage.begin() as uow:
        german = await hours.shown(uow, key, now=hub.clock.now())
        korean = await hours.change(uow, key, Edit(country="KR"), by=None, now=hub.clock.now())
    assert german.source.names[christmas.isoformat()]
    assert german.calendar.hours.days[christmas] == ()
    assert korean.source.own == (own.isoformat(),)
    assert date(year, 10, 3) in korean.calendar.hours.days  # National Foundation Day
    assert korean.source.names[own.isoformat()] == "Party"


async def test_a_calendar_in_use_is_not_deleted_and_one_that_was_keeps_measuring(hub: SmallHub) -> None:
    key = await made(hub, week=OFFICE)
    start = hub.clock.now()
    async with hub.storage.begin() as uow:
        await hours.choose(uow, Keeper.company, None, key, now=start)
        with pytest.raises(Conflict, match="is used"):
            await hours.archive(uow, key, now=start)
    hub.clock.forward(days=1)
    async with hub.storage.begin() as uow:
        await hours.choose(uow, Keeper.company, None, None, now=hub.clock.now())
        await hours.archive(uow, key, now=hub.clock.now())
        assert not await uow.hours.calendars()
        plan = await uow.hours.plan()
    assert plan.timetable.at(start, channel_id=hub.channel.id, team_id=None).calendar_id == key
    assert plan.timetable.at(hub.clock.now(), channel_id=hub.channel.id, team_id=None).calendar_id is None


async def test_a_channels_calendar_goes_before_the_companys(hub: SmallHub) -> None:
    company, own = await made(hub, "Company"), await made(hub, "Own")
    now = hub.clock.now()
    async with hub.storage.begin() as uow:
        await hours.choose(uow, Keeper.company, None, company, now=now)
        await hours.choose(uow, Keeper.channel, hub.channel.id, own, now=now)
        timetable = (await uow.hours.plan()).timetable
    assert timetable.at(now, channel_id=hub.channel.id, team_id=None).calendar_id == own
    other = timetable.at(now, channel_id=ChannelId(new_id()), team_id=None)
    assert other.calendar_id == company


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"zone": "Mars/Olympus"}, "no time zone"),
        ({"country": "XX"}, "no holidays for a country"),
        ({"country": "DE", "subdivision": "ZZ"}, "no part called"),
    ],
)
async def test_what_makes_no_sense_is_refused_in_words(hub: SmallHub, edit: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await made(hub, **edit)


async def test_names_are_given_once_and_keepers_have_to_exist(hub: SmallHub) -> None:
    key = await made(hub)
    with pytest.raises(Conflict, match="already"):
        await made(hub, " office ")
    async with hub.storage.begin() as uow:
        with pytest.raises(NotFound, match="no such team"):
            await hours.choose(uow, Keeper.team, UUID(int=1), key, now=hub.clock.now())
        with pytest.raises(Invalid, match="needs its id"):
            await hours.choose(uow, Keeper.team, None, key, now=hub.clock.now())
        with pytest.raises(NotFound, match="no such calendar"):
            await hours.choose(uow, Keeper.company, None, CalendarId(new_id()), now=hub.clock.now())


async def test_the_holidays_of_years_to_come_are_written_down_in_time(hub: SmallHub) -> None:
    key = await made(hub, country="PL")
    assert await hours.extend_holidays(hub.storage, hub.clock.now()) == 0
    later = hub.clock.now() + timedelta(days=3 * 365)
    assert await hours.extend_holidays(hub.storage, later) == 1
    assert await hours.extend_holidays(hub.storage, later) == 0
    async with hub.storage.read() as uow:
        shown = await hours.shown(uow, key, now=later)
    assert date(later.year + 3, 11, 11) in shown.calendar.hours.days


def test_public_holidays_know_their_parts_of_a_country() -> None:
    assert public_holidays("DE", "BY", range(2026, 2027)).keys() > public_holidays("DE", "", range(2026, 2027)).keys()


def test_an_ical_file_closes_whole_days_also_several_and_every_years() -> None:
    text = ical(
        ("SUMMARY:Stock-taking", "DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260304"),
        ("SUMMARY:Founders", "DTSTART;VALUE=DATE:20200510", "RRULE:FREQ=YEARLY;UNTIL=20270510"),
        ("SUMMARY:Leap", "DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"),
        ("SUMMARY:Meeting", "DTSTART:20260305T090000Z"),
        ("SUMMARY:Weekly", "DTSTART;VALUE=DATE:20260306", "RRULE:FREQ=WEEKLY"),
        ("SUMMARY:For ever", "DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20300101"),
    )
    found = read_ical(text, YEARS)
    assert found.days == {
        date(2025, 5, 10): "Founders",
        date(2026, 3, 2): "Stock-taking",
        date(2026, 3, 3): "Stock-taking",
        date(2026, 5, 10): "Founders",
        date(2027, 5, 10): "Founders",
        date(2028, 2, 29): "Leap",
    }
    assert found.skipped == 3


@pytest.mark.parametrize(
    "text",
    ["", "hello", "BEGIN:VCALENDAR", ical(), "x" * 1_000_001, "\0"],
)
def test_a_file_that_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid, match="file"):
        read_ical(text, YEARS)


def test_a_date_that_is_none_closes_nothing() -> None:
    found = read_ical(ical(("SUMMARY:Odd", "DTSTART;VALUE=DATE:2026")), YEARS)
    assert (found.days, found.skipped) == ({}, 1)


async def test_importing_a_file_adds_to_the_own_days(hub: SmallHub) -> None:
    key = await made(hub, own_days={date(2026, 1, 2): hours.OwnDay(name="Bridge")})
    text = ical(("SUMMARY:Inventory", "DTSTART;VALUE=DATE:20260302"))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with hub.storage.begin() as uow:
        shown, added, skipped = await hours.import_ical(uow, key, text, by=None, now=now)
    assert (added, skipped) == (1, 0)
    assert shown.source.own == ("2026-01-02", "2026-03-02")
