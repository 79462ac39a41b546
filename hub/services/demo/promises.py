"""The demo shop's business hours and targets, so that its reports have something to hold its answers to."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from hub.domain.channel import ChannelKind
from hub.domain.ids import CalendarId, ChannelId, TargetId
from hub.domain.opening_times import parse_week
from hub.domain.targets import Metric, Rule
from hub.domain.timetable import Keeper
from hub.ports import UnitOfWork
from hub.services import hours, targets
from hub.services.ids import new_id

FACT = "demo_promises"
"""The ids of the demo's calendars, commas between them, and of its targets."""
BEFORE = timedelta(days=60)
"""They hold since before the month the demo tells of."""
ZONE, COUNTRY = "Europe/Warsaw", "PL"
WEEK = [[("09:00", "18:00")]] * 5 + [[("10:00", "14:00")], []]
HOUR = 3600.0
VOICE = ChannelKind("voice")
GOALS = {
    Metric.first_response: HOUR,
    Metric.next_response: 2 * HOUR,
    Metric.resolution: 18 * HOUR,
    Metric.service_level: HOUR / 2,
}
ON_THE_PHONE = {Metric.service_level: 45.0, Metric.callback: HOUR}


async def make(
    uow: UnitOfWork, channel_ids: Collection[ChannelId], *, at_night: Collection[ChannelId] = (), now: datetime
) -> None:
    """Give the demo's channels their hours, and targets for messages and calls.

    `at_night` are channels whose hours never come: what bots do then is seen there at any time of day.
    """
    since, calendar_id, night_id = now - BEFORE, CalendarId(new_id()), CalendarId(new_id())
    edit = hours.Edit(zone=ZONE, week=parse_week(WEEK), country=COUNTRY)
    await hours.create(uow, id=calendar_id, name=f"Shop hours (demo) {now:%Y-%m-%d}", edit=edit, by=None, now=since)
    never = hours.Edit(zone=ZONE, week=parse_week([[]] * 7))
    await hours.create(uow, id=night_id, name=f"Always night (demo) {now:%Y-%m-%d}", edit=never, by=None, now=since)
    for hours_id, kept_by in ((calendar_id, channel_ids), (night_id, at_night)):
        for channel_id in kept_by:
            await hours.choose(uow, Keeper.channel, channel_id, hours_id, now=since)
    phones = tuple(one.id for one in await uow.channels.all() if one.id in channel_ids and one.kind == VOICE)
    made = {"Answers (demo)": Rule(channels=tuple(channel_ids), goals=GOALS)}
    if phones:
        made = {"Telephone (demo)": Rule(channels=phones, goals=ON_THE_PHONE), **made}
    ids = [f"{calendar_id},{night_id}"]
    for name, rule in made.items():
        target_id = TargetId(new_id())
        await targets.create(uow, id=target_id, name=name, rule=rule, by=None, now=since)
        ids.append(str(target_id))
    await uow.facts.put(FACT, " ".join(ids))


async def remove(uow: UnitOfWork) -> None:
    """Delete them; what was measured by them goes with the demo's channels."""
    made = await uow.facts.get(FACT)
    if made:
        calendars, *made_targets = made.split()
        await uow.hours.forget(
            [CalendarId(UUID(one)) for one in calendars.split(",")], [TargetId(UUID(one)) for one in made_targets]
        )
        await uow.facts.put(FACT, "")
