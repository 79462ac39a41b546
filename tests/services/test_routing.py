"""A team's queue is given to who is there, waits where nobody is, drains when somebody frees up, and moves on."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import ConversationState
from hub.domain.errors import Invalid, NotFound
from hub.domain.hours import Span
from hub.domain.ids import CalendarId, ConversationId, TeamId, UserId
from hub.domain.interaction import AuthorKind
from hub.domain.presence import STALE_AFTER, Chosen
from hub.domain.routing import Method, TeamRouting
from hub.domain.timetable import Keeper
from hub.domain.user import Team, User
from hub.services import conversations, hours, routing
from hub.services.calls import presence
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.services.workplace import Workplace


class Desk:
    """A team at its queue, driven by a test."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.team = TeamId(new_id())
        self.people: list[User] = []

    async def seats(self, *names: str, **rules: Any) -> list[User]:
        """Let people work in the team and be available, and set how it gives out."""
        self.people = [await self.place.user(name) for name in names]
        given = replace(TeamRouting(team_id=self.team, method=Method.round_robin), **rules)
        async with self.place.hub.storage.begin() as uow:
            await uow.users.save_team(Team(id=self.team, name="Sales"), [one.id for one in self.people])
            await routing.set_routing(uow, given)
        for person in self.people:
            await self.choose(person, Chosen.available)
        return self.people

    async def choose(self, person: User, chosen: Chosen) -> None:
        async with self.place.hub.storage.begin() as uow:
            await presence.choose(uow, person.id, chosen, "", now=self.place.hub.clock.now())

    async def shift(self, person: User, *, starts: timedelta, lasts: timedelta) -> None:
        """Give somebody a shift that begins so long from now; every day of the week is alike."""
        key, now = CalendarId(new_id()), self.place.hub.clock.now()
        begins = (now + starts).astimezone(UTC)
        minute = begins.hour * 60 + begins.minute
        span = Span(minute, minute + int(lasts.total_seconds() // 60))
        async with self.place.hub.storage.begin() as uow:
            edit = hours.Edit(zone="UTC", week=((span,),) * 7)
            await hours.create(uow, id=key, name=f"Shift of {person.name}", edit=edit, by=None, now=now)
            await hours.choose(uow, Keeper.agent, person.id, key, now=now)

    async def change(self, conversation_id: ConversationId, edit: Edit, by: UserId | None = None) -> None:
        async with self.place.hub.storage.begin() as uow:
            await conversations.change(uow, conversation_id, edit, by=by, now=self.place.hub.clock.now())

    async def queue(self, *customers: str) -> list[ConversationId]:
        """Let customers write, a second apart, into the team's queue."""
        found = []
        for name in customers:
            self.place.hub.clock.forward(seconds=1)
            await self.place.customer_writes(f"Hello from {name} {new_id()}", by=name)
            row = next(r for r in await self.place.hub.conversations() if r.contact_name == name.capitalize())
            await self.change(row.id, Edit(team_id=self.team))
            found.append(row.id)
        return found

    async def give_out(self) -> int:
        async with self.place.hub.storage.begin() as uow:
            return await routing.give_out(uow, self.place.hub.clock.now())

    async def owner(self, conversation_id: ConversationId) -> UserId | None:
        return (await self.place.conversation(conversation_id)).assignee_id


@pytest.fixture
def desk(place: Workplace) -> Desk:
    return Desk(place)


async def test_a_queue_goes_round_and_is_told_in_the_thread(desk: Desk) -> None:
    ben, cho = await desk.seats("Ben", "Cho")
    talks = await desk.queue("kim", "lee", "max")
    assert await desk.give_out() == 3
    got = [await desk.owner(one) for one in talks]
    assert {got[0], got[1]} == {ben.id, cho.id}
    assert got[2] == got[0]
    assert "assigned" in await desk.place.events(talks[0])
    assert await desk.give_out() == 0


async def test_what_nobody_has_room_for_waits_and_goes_out_when_somebody_frees_up(desk: Desk) -> None:
    (ben,) = await desk.seats("Ben", capacity={"": 1})
    first, second = await desk.queue("kim", "lee")
    assert await desk.give_out() == 1
    assert (await desk.owner(first), await desk.owner(second)) == (ben.id, None)
    await desk.change(first, Edit(state=ConversationState.resolved), by=ben.id)
    assert await desk.give_out() == 1
    assert await desk.owner(second) == ben.id


async def test_who_is_away_or_forgot_to_leave_gets_nothing(desk: Desk) -> None:
    ben, _ = await desk.seats("Ben", "Cho")
    await desk.choose(ben, Chosen.away)
    desk.place.hub.clock.forward(seconds=STALE_AFTER.total_seconds() + 60)
    (talk,) = await desk.queue("kim")
    assert await desk.give_out() == 0
    await desk.choose(ben, Chosen.available)
    assert await desk.give_out() == 1
    assert await desk.owner(talk) == ben.id


async def test_who_is_off_shift_gets_nothing_until_it_begins(desk: Desk) -> None:
    ben, cho = await desk.seats("Ben", "Cho", capacity={"": 1})
    await desk.shift(ben, starts=timedelta(hours=1), lasts=timedelta(hours=2))
    await desk.shift(cho, starts=timedelta(minutes=-30), lasts=timedelta(hours=1))
    first, second = await desk.queue("kim", "lee")
    assert await desk.give_out() == 1
    assert (await desk.owner(first), await desk.owner(second)) == (cho.id, None)
    desk.place.hub.clock.forward(seconds=timedelta(hours=1).total_seconds())
    assert await desk.give_out() == 1
    assert await desk.owner(second) == ben.id


async def test_an_unanswered_conversation_goes_to_the_next_and_an_answered_one_stays(desk: Desk) -> None:
    people = await desk.seats("Ben", "Cho", next_after=5)
    kept, moved = await desk.queue("kim", "lee")
    await desk.give_out()
    first = await desk.owner(moved)
    await desk.place.customer_writes("On its way.", by="kim", author=AuthorKind.agent)
    assert (await desk.place.conversation(kept)).state is ConversationState.open
    desk.place.hub.clock.forward(seconds=timedelta(minutes=6).total_seconds())
    assert await desk.give_out() == 1
    assert {first, await desk.owner(moved)} == {one.id for one in people}
    desk.place.hub.clock.forward(seconds=timedelta(minutes=6).total_seconds())
    assert await desk.give_out() == 0


async def test_a_customer_who_comes_back_gets_who_had_them(desk: Desk) -> None:
    _, cho = await desk.seats("Ben", "Cho")
    (talk,) = await desk.queue("kim")
    await desk.change(talk, Edit(assignee_id=cho.id), by=cho.id)
    await desk.change(talk, Edit(state=ConversationState.resolved), by=cho.id)
    desk.place.hub.clock.forward(seconds=timedelta(days=30).total_seconds())
    await desk.choose(cho, Chosen.available)
    await desk.place.customer_writes("Me again", by="kim")
    again = next(r for r in await desk.place.hub.conversations() if r.state is ConversationState.open)
    assert again.id != talk
    await desk.change(again.id, Edit(team_id=desk.team))
    assert await desk.give_out() == 1
    assert await desk.owner(again.id) == cho.id


async def test_what_a_bot_speaks_in_waits_for_its_hand_over(desk: Desk) -> None:
    await desk.seats("Ben")
    (talk,) = await desk.queue("kim")
    now = desk.place.hub.clock.now()
    async with desk.place.hub.storage.begin() as uow:
        await uow.conversations.get(talk)
        await uow.speakers.give(talk, Speaker.bot, bot="flow:x", by=None, at=now)
    assert await desk.give_out() == 0
    async with desk.place.hub.storage.begin() as uow:
        await uow.conversations.get(talk)
        await uow.speakers.give(talk, Speaker.human, by=None, at=now)
    assert await desk.give_out() == 1


async def test_what_does_not_fit_is_refused_in_words(desk: Desk) -> None:
    await desk.seats("Ben")
    rules = TeamRouting(team_id=desk.team, method=Method.least_busy)
    async with desk.place.hub.storage.begin() as uow:
        with pytest.raises(NotFound, match="no such team"):
            await routing.set_routing(uow, replace(rules, team_id=TeamId(new_id())))
        with pytest.raises(Invalid, match="room for 1 to"):
            await routing.set_routing(uow, replace(rules, capacity={"sms": 0}))
        with pytest.raises(Invalid, match="1440 minutes"):
            await routing.set_routing(uow, replace(rules, next_after=100_000))
