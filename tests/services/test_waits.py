"""Waits as they are stored: any order and any rebuild give the same, other channels count, calendars measure them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.contract import InboundEvent, InboundMessage, MessageDeleted
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.ids import CalendarId, ConversationId, ExternalId
from hub.domain.interaction import AuthorKind
from hub.domain.opening_times import parse_week
from hub.domain.timetable import Keeper
from hub.domain.waiting import Episode, Wait, WaitEnd
from hub.services import conversations, hours, identity, waits, waits_upkeep
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.databases import Sqlite
from tests.scripted import T0, SmallHub, says, small_hub

MINUTE = timedelta(minutes=1)
DAYS = timedelta(days=1)


def echo(text: str, *, to: str = "ann", at: datetime, **more: Any) -> InboundMessage:
    """An agent's message from the provider's own app."""
    return says(text, by="us", at=at, author=AuthorKind.agent, counterpart=says("", by=to).sender, thread=to, **more)


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as small:
        yield small


@pytest.fixture
async def either(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    """On each engine, for what asks the database something new."""
    async with small_hub(database_url, tmp_path) as small:
        yield small


async def stored(hub: SmallHub, conversation_id: ConversationId) -> tuple[Sequence[Wait], Sequence[Episode]]:
    async with hub.storage.read() as uow:
        return await uow.timeline.waits(conversation_id), await uow.timeline.episodes(conversation_id)


async def rebuilt(hub: SmallHub, conversation_id: ConversationId) -> tuple[Sequence[Wait], Sequence[Episode]]:
    async with hub.storage.begin() as uow:
        await waits.rebuild_all(uow, [conversation_id])
    return await stored(hub, conversation_id)


async def the_only(hub: SmallHub) -> Conversation:
    (row,) = await hub.conversations()
    async with hub.storage.begin() as uow:
        found = await uow.conversations.get(row.id)
    assert found is not None
    return found


async def office(hub: SmallHub) -> None:
    """Open from nine to five on every day, in UTC, for the whole company and all that happened."""
    async with hub.storage.begin() as uow:
        key = CalendarId(new_id())
        week = parse_week([[("09:00", "17:00")]] * 7)
        await hours.create(uow, id=key, name="Office", edit=hours.Edit(week=week), by=None, now=T0 - 99 * DAYS)
        await hours.choose(uow, Keeper.company, None, key, now=T0 - 99 * DAYS)


async def test_an_ended_wait_is_stored_with_its_seconds_and_the_calendar_they_were_counted_by(hub: SmallHub) -> None:
    await office(hub)
    evening = T0.replace(hour=16, minute=50)
    hub.clock.forward(days=2)
    await hub.hears(says("hello", at=evening))
    await hub.hears(echo("good morning", at=evening + timedelta(hours=17)))
    ((wait,), _) = await stored(hub, (await the_only(hub)).id)
    assert (wait.ended_by, wait.seconds, wait.business_seconds) == (WaitEnd.reply, 17 * 3600, 600 + 50 * 60)
    assert wait.calendar_version == 1
    assert wait.heard_at == wait.ended_at
    assert not wait.via_other_channel


async def test_a_later_edit_of_the_calendar_changes_no_wait_even_if_it_is_built_anew(hub: SmallHub) -> None:
    await office(hub)
    hub.clock.forward(days=30)
    await hub.hears(says("hello", at=T0), echo("hi", at=T0 + 10 * MINUTE))
    talk = await the_only(hub)
    before = await stored(hub, talk.id)
    async with hub.storage.begin() as uow:
        (calendar,) = await uow.hours.calendars()
        closed = hours.Edit(week=parse_week([[]] * 7))
        await hours.change(uow, calendar.id, closed, by=None, now=hub.clock.now())
    assert await rebuilt(hub, talk.id) == before


async def test_resolving_and_coming_back_keeps_the_first_resolution_of_the_episode(either: SmallHub) -> None:
    await either.hears(says("hello", at=T0))
    talk = await the_only(either)
    async with either.storage.begin() as uow:
        done = Edit(state=ConversationState.resolved)
        await conversations.change(uow, talk.id, done, by=None, now=T0 + 20 * MINUTE)
    either.clock.forward(hours=1)
    await either.hears(says("one more thing", at=T0 + 40 * MINUTE))
    _, (episode,) = await stored(either, talk.id)
    assert (episode.first_resolved_at, episode.reopen_count, episode.ended_at) == (T0 + 20 * MINUTE, 1, None)
    assert await rebuilt(either, talk.id) == await stored(either, talk.id)


async def test_an_answer_on_another_channel_is_heard_and_leaves_the_wait_to_its_conversation(either: SmallHub) -> None:
    either.clock.forward(hours=2)
    await either.hears(says("by chat", at=T0), says("by mail", by="ann@mail", at=T0 + MINUTE))
    chat, mail = sorted(await either.conversations(), key=lambda row: row.created_at)
    async with either.storage.begin() as uow:
        await identity.merge(uow, chat.contact_id, mail.contact_id, by=None, now=either.clock.now())
    await either.hears(echo("answered by mail", to="ann@mail", at=T0 + 30 * MINUTE))
    ((waiting,), _), ((answered,), _) = await stored(either, chat.id), await stored(either, mail.id)
    assert (waiting.ended_at, waiting.heard_at, waiting.via_other_channel) == (None, T0 + 30 * MINUTE, True)
    assert (answered.ended_at, answered.via_other_channel) == (T0 + 30 * MINUTE, False)
    assert (await rebuilt(either, chat.id))[0] == [waiting]
    await either.hears(echo("and here", to="ann", at=T0 + 60 * MINUTE))
    ((after,), _) = await stored(either, chat.id)
    assert (after.ended_at, after.heard_at, after.via_other_channel) == (T0 + 60 * MINUTE, T0 + 30 * MINUTE, True)
    # A page of the rebuild sees what was said elsewhere, too.
    async with either.storage.begin() as uow:
        assert (await waits.rebuild_page(uow, None, 5))[1:] == (4, 0)
        await uow.timeline.save_waits(chat.id, [replace(after, heard_at=None, heard_item=None)], replace=True)
        assert (await waits.rebuild_page(uow, None, 5))[2] == 1
    assert (await stored(either, chat.id))[0] == [after]


async def test_who_is_who_decides_what_a_contact_heard_whenever_it_is_decided(hub: SmallHub) -> None:
    hub.clock.forward(hours=2)
    await hub.hears(says("by chat", at=T0), says("by mail", by="ann@mail", at=T0 + MINUTE))
    chat, mail = sorted(await hub.conversations(), key=lambda row: row.created_at)
    await hub.hears(echo("answered by mail", to="ann@mail", at=T0 + 30 * MINUTE))
    async with hub.storage.begin() as uow:
        decision = await identity.merge(uow, chat.contact_id, mail.contact_id, by=None, now=hub.clock.now())
    ((merged,), _) = await stored(hub, chat.id)
    async with hub.storage.begin() as uow:
        await identity.undo(uow, decision.id, by=None, now=hub.clock.now())
    ((alone,), _) = await stored(hub, chat.id)
    assert (merged.heard_at, alone.heard_at) == (T0 + 30 * MINUTE, None)


async def test_waits_of_an_older_definition_are_built_anew_once_while_the_hub_serves(hub: SmallHub) -> None:
    await hub.hears(says("hello", at=T0))
    talk = await the_only(hub)
    before = await stored(hub, talk.id)
    async with hub.storage.begin() as uow:
        await uow.timeline.save_waits(talk.id, [], replace=True)
    assert await waits_upkeep.bring_up_to_date(hub.storage, T0) == 1
    assert await stored(hub, talk.id) == before
    async with hub.storage.begin() as uow:
        await uow.timeline.save_waits(talk.id, [], replace=True)
    assert await waits_upkeep.bring_up_to_date(hub.storage, T0) == 0


STORY: Sequence[InboundEvent] = (
    says("hello", external_id="1", at=T0),
    says("anybody?", external_id="2", at=T0 + 5 * MINUTE),
    echo("yes", external_id="3", at=T0 + 20 * MINUTE),
    says("wrong chat", external_id="4", at=T0 + 30 * MINUTE),
    MessageDeleted(external_id=ExternalId("4"), occurred_at=T0 + 31 * MINUTE),
    says("great", external_id="5", at=T0 + 40 * MINUTE),
    echo("you're welcome", external_id="6", at=T0 + 2 * DAYS),
    says("hello again", external_id="7", at=T0 + 20 * DAYS),
    echo("hello", external_id="8", at=T0 + 21 * DAYS),
)


def figures(found: tuple[Sequence[Wait], Sequence[Episode]]) -> object:
    """All that is told of waits and episodes, without ids, which differ from hub to hub."""
    ids = ("id", "ended_item", "heard_item", "calendar_id")
    told = [{n: getattr(w, n) for n in Wait.__dataclass_fields__ if n not in ids} for w in found[0]]
    return told, list(found[1])


@given(seed=st.integers())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_repetition_and_rebuild_gives_the_same_figures(
    sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    base = tmp_path_factory.mktemp("waits")
    chance = Random(seed)  # noqa: S311 - orders the events and chooses where batches end, no secret
    async with small_hub(sqlite.fresh(base), base) as plain:
        await office(plain)
        plain.clock.forward(days=30)
        for event in STORY:
            await plain.hears(event)
        expected = figures(await stored(plain, (await the_only(plain)).id))
    (base / "other").mkdir()
    async with small_hub(sqlite.fresh(base / "other"), base / "other") as hub:
        await office(hub)
        hub.clock.forward(days=30)
        bodies = [hub.script.body(event) for event in STORY] * 2
        for body in chance.sample(bodies, len(bodies)):
            await hub.journal(body=body)
            for _ in range(chance.choice(range(4)) == 1):
                await hub.read()
        await hub.read()
        talk = await the_only(hub)
        assert figures(await stored(hub, talk.id)) == expected
        assert figures(await rebuilt(hub, talk.id)) == expected


async def test_a_rebuild_of_all_puts_right_what_is_wrong_and_leaves_the_rest_untouched(either: SmallHub) -> None:
    either.clock.forward(days=30)
    await either.hears(*STORY, says("hello", by="bob", at=T0), echo("hi bob", to="bob", at=T0 + MINUTE))
    talks = {row.address: row.id for row in await either.conversations()}
    before = {name: await stored(either, key) for name, key in talks.items()}
    async with either.storage.begin() as uow:
        first = (before["bob"][0])[0]
        await uow.timeline.save_waits(talks["bob"], [replace(first, seconds=1.0)], replace=True)
    looked, mended, place = 0, 0, None
    for _ in range(3):
        async with either.storage.begin() as uow:
            place, entries, put_right = await waits.rebuild_page(uow, place, 1)
        looked, mended = looked + entries, mended + put_right
    assert (place, mended) == (None, 1)
    assert looked == 8 + 2
    assert {name: await stored(either, key) for name, key in talks.items()} == before
