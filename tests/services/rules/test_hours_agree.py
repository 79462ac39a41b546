"""Automatic answers, bots and their steps go by the same hours: a day of its own makes all of them open, or closed."""

from datetime import UTC, date

import pytest

from hub.domain.actions import SendReply
from hub.domain.botflow.flow import Hand, Hours
from hub.domain.botflow.records import When
from hub.domain.conversation import Conversation
from hub.domain.hours import Span
from hub.domain.ids import CalendarId
from hub.domain.rules.conditions import Condition, Field
from hub.domain.rules.records import On
from hub.domain.timetable import Keeper
from hub.ports import UnitOfWork
from hub.services import hours
from hub.services.bots.opening import opened
from hub.services.ids import new_id
from tests.domain.botflow.flows import message, question
from tests.services.bots.conftest import bots
from tests.services.rules.conftest import hub
from tests.services.rules.rulehub import RuleHub

__all__ = ["bots", "hub"]

AWAY = SendReply(texts={"en": "We are closed."})
AT_NIGHT = (Condition(field=Field.hours, values=("closed",)),)
NEVER: tuple[tuple[Span, ...], ...] = ((),) * 7
ALWAYS: tuple[tuple[Span, ...], ...] = ((Span(0, 24 * 60),),) * 7


async def office(hub: RuleHub, *, week: tuple[tuple[Span, ...], ...], today: tuple[Span, ...]) -> None:
    """Give the channel a week, and today hours of its own."""
    place, key = hub.place.hub, CalendarId(new_id())
    now = place.clock.now()
    day: date = now.astimezone(UTC).date()
    edit = hours.Edit(zone="UTC", week=week, own_days={day: hours.OwnDay(name="Today", spans=today)})
    async with place.storage.begin() as uow:
        await hours.create(uow, id=key, name="Office", edit=edit, by=None, now=now)
        await hours.choose(uow, Keeper.channel, place.channel.id, key, now=now)

    async def by_the_calendar(uow: UnitOfWork, conversation: Conversation | None, calendar: str) -> bool:
        return await opened(uow, conversation, calendar, place.clock.now())

    hub.bots.with_means(opened=by_the_calendar)


async def two_that_say_we_are_away(hub: RuleHub) -> None:
    """An automatic answer at night, and below it a bot woken by day that looks at the hours itself."""
    await hub.rule(On.message_in, AWAY, auto_reply=True, conditions=AT_NIGHT)
    day = await hub.bots.flow(
        Hours(id="look", exits={"open": "here", "closed": "away"}),
        message("here", "end", en="We are here."),
        message("away", "end", en="Nobody is here."),
        Hand(id="end"),
    )
    await hub.bots.rule(day, hours=When.open)


async def everything_said(hub: RuleHub) -> list[str]:
    row = await hub.hears("Hello?")
    await hub.bots.turns()
    await hub.look()
    return [entry.text for entry in await hub.sent(row.id)]


@pytest.mark.parametrize(
    ("week", "today", "said"),
    [
        (NEVER, (Span(9 * 60, 17 * 60),), "We are here."),
        (ALWAYS, (), "We are closed."),
        (ALWAYS, (Span(12 * 60, 17 * 60),), "We are closed."),
        (NEVER, (Span(0, 9 * 60),), "We are closed."),
    ],
)
async def test_a_day_of_its_own_counts_for_answers_and_bots_alike(
    hub: RuleHub, week: tuple[tuple[Span, ...], ...], today: tuple[Span, ...], said: str
) -> None:
    await office(hub, week=week, today=today)
    await two_that_say_we_are_away(hub)
    heard = await everything_said(hub)
    assert heard[0] == said
    assert not {"We are closed.", "We are here.", "Nobody is here."} - {said} & {*heard}


async def test_nobody_is_told_that_we_are_closed_when_we_have_opened_meanwhile(hub: RuleHub) -> None:
    await office(hub, week=NEVER, today=(Span(12 * 60, 17 * 60),))
    await two_that_say_we_are_away(hub)
    row = await hub.bots.hears("Hello?", turns=False)
    hub.place.hub.clock.forward(hours=3)  # the hub was busy, or down
    await hub.look()
    await hub.bots.turns()
    assert next(entry.text for entry in await hub.sent(row.id)) == "We are here."


async def test_who_asked_for_a_callback_at_night_and_goes_on_in_the_morning_hears_that_we_are_here(
    hub: RuleHub,
) -> None:
    await office(hub, week=NEVER, today=(Span(12 * 60, 17 * 60),))
    flow = await hub.bots.flow(
        question("what", next="look"),
        Hours(id="look", exits={"open": "here", "closed": "away"}),
        message("here", "end", en="We are here by now."),
        message("away", "end", en="We will be back."),
        Hand(id="end"),
        timeout=1440,
    )
    await hub.bots.rule(flow, hours=When.closed)
    await hub.bots.hears("Hello?")
    hub.place.hub.clock.forward(hours=3)
    await hub.bots.hears("A tent")
    assert (await hub.bots.said())[1] == "We are here by now."
