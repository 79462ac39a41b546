"""Two conversations made one have the waits of the whole, and undoing gives back what was there before."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from hub.contract import InboundMessage
from hub.domain.conversation import ConversationMerge, ConversationState
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ConversationId, ExternalId, MergeId, TargetId, UserId
from hub.domain.interaction import AuthorKind
from hub.domain.targets import Metric, Rule
from hub.domain.views import ConversationRow, Draft
from hub.domain.waiting import Episode, Wait, WaitEnd
from hub.services import conversations, merging, targets, waits
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.scripted import T0, SmallHub, says, small_hub

MINUTE = timedelta(minutes=1)


def asks(text: str, thread: str, minute: int) -> InboundMessage:
    return says(text, at=T0 + minute * MINUTE, thread=ExternalId(thread))


def answers(text: str, thread: str, minute: int) -> InboundMessage:
    return says(
        text,
        by="us",
        at=T0 + minute * MINUTE,
        author=AuthorKind.agent,
        counterpart=says("").sender,
        thread=ExternalId(thread),
    )


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as small:
        small.clock.forward(hours=2)
        yield small


async def two(hub: SmallHub) -> tuple[ConversationRow, ConversationRow]:
    """Golden 15: asked twice at 10:00 and 10:05, the first answered at 10:20."""
    await hub.hears(asks("invoice?", "first", 0), asks("and the order?", "second", 5), answers("here", "first", 20))
    first, second = sorted(await hub.conversations(), key=lambda row: row.created_at)
    return first, second


async def merged(hub: SmallHub, kept: ConversationRow, gone: ConversationRow) -> ConversationMerge:
    async with hub.storage.begin() as uow:
        return await merging.merge(uow, kept.id, gone.id, reason="One matter", by=None, now=T0 + 30 * MINUTE)


async def undone(hub: SmallHub, merge: ConversationMerge) -> None:
    async with hub.storage.begin() as uow:
        await merging.undo(uow, merge.id, by=None, now=T0 + 60 * MINUTE)


async def figures(hub: SmallHub, row: ConversationRow) -> tuple[Sequence[Wait], Sequence[Episode]]:
    async with hub.storage.read() as uow:
        return await uow.timeline.waits(row.id), await uow.timeline.episodes(row.id)


async def as_it_is(hub: SmallHub, row: ConversationRow) -> tuple[object, ...]:
    """What people see of a conversation beside its log."""
    (now,) = await hub.storage.queries.conversation_rows([row.id], viewer=None)
    said = [entry.text for entry in await hub.thread(row.id) if entry.text]
    return now, said, await figures(hub, row)


async def test_golden_15_merged_conversations_have_one_wait_and_the_others_is_void(hub: SmallHub) -> None:
    first, second = await two(hub)
    await merged(hub, first, second)
    ((wait,), _), (none, _) = await figures(hub, first), await figures(hub, second)
    assert (wait.first, wait.ended_by, wait.seconds) == (True, WaitEnd.reply, 1200)
    assert none == []
    assert [entry.text for entry in await hub.thread(first.id) if entry.text] == [
        "invoice?",
        "and the order?",
        "here",
    ]
    assert [row.id for row in await hub.conversations(states=tuple(ConversationState))] == [first.id]


async def test_building_the_waits_anew_changes_nothing_of_a_merge(hub: SmallHub) -> None:
    first, second = await two(hub)
    await merged(hub, second, first)
    before = [await figures(hub, row) for row in (first, second)]
    async with hub.storage.begin() as uow:
        _, _, mended = await waits.rebuild_page(uow, None, 10)
    assert mended == 0
    assert [await figures(hub, row) for row in (first, second)] == before


async def test_undoing_gives_back_exactly_what_was_there(hub: SmallHub) -> None:
    first, second = await two(hub)
    before = [await as_it_is(hub, row) for row in (first, second)]
    await undone(hub, await merged(hub, first, second))
    assert [await as_it_is(hub, row) for row in (first, second)] == before


async def test_what_comes_to_the_old_thread_stands_in_the_one_that_was_kept_and_stays_there(hub: SmallHub) -> None:
    first, second = await two(hub)
    merge = await merged(hub, first, second)
    await hub.hears(asks("anything new?", "second", 40))
    ((answered, waiting), _) = await figures(hub, first)
    assert (answered.seconds, waiting.started_at, waiting.ended_at) == (1200, T0 + 40 * MINUTE, None)
    assert len(await hub.conversations()) == 1
    await undone(hub, merge)
    assert [entry.text for entry in await hub.thread(second.id)] == ["and the order?"]
    assert "anything new?" in [entry.text for entry in await hub.thread(first.id)]


async def test_a_merge_of_a_merge_is_undone_from_the_last_one_on(hub: SmallHub) -> None:
    first, second = await two(hub)
    await hub.hears(asks("third", "third", 25))
    third = next(row for row in await hub.conversations() if row.id not in (first.id, second.id))
    inner = await merged(hub, second, third)
    outer = await merged(hub, first, second)
    with pytest.raises(Conflict, match="merged into another conversation since"):
        await undone(hub, inner)
    await hub.hears(asks("more of the third", "third", 45))
    assert "more of the third" in [entry.text for entry in await hub.thread(first.id)]
    await undone(hub, outer)
    await hub.hears(asks("still the third", "third", 50))
    assert [e.text for e in await hub.thread(second.id) if e.text] == ["and the order?", "third", "still the third"]
    await undone(hub, inner)
    assert [entry.text for entry in await hub.thread(third.id)] == ["third"]
    with pytest.raises(Conflict, match="already"):
        await undone(hub, inner)


async def test_a_targets_time_goes_on_from_the_earlier_question(hub: SmallHub) -> None:
    async with hub.storage.begin() as uow:
        rule = Rule(goals={Metric.first_response: 3600, Metric.resolution: 7200})
        await targets.create(uow, id=TargetId(new_id()), name="Quick", rule=rule, by=None, now=T0 - MINUTE)
    await hub.hears(asks("invoice?", "first", 0), asks("and the order?", "second", 5))
    first, second = sorted(await hub.conversations(), key=lambda row: row.created_at)
    merge = await merged(hub, second, first)
    async with hub.storage.begin() as uow:
        running = await uow.dues.of([first.id, second.id])
    assert {(owed.conversation_id, owed.due.metric, owed.due.started_at) for owed in running} == {
        (second.id, Metric.first_response, T0),
        (second.id, Metric.resolution, T0),
    }
    await undone(hub, merge)
    async with hub.storage.begin() as uow:
        apart = await uow.dues.of([first.id, second.id])
    assert {(owed.conversation_id, owed.due.metric, owed.due.started_at) for owed in apart} == {
        (first.id, Metric.first_response, T0),
        (first.id, Metric.resolution, T0),
        (second.id, Metric.first_response, T0 + 5 * MINUTE),
        (second.id, Metric.resolution, T0 + 5 * MINUTE),
    }


async def test_a_draft_goes_along_and_a_resolved_conversation_opens_for_an_open_one(hub: SmallHub) -> None:
    first, second = await two(hub)
    ben = UserId(new_id())
    async with hub.storage.begin() as uow:
        await conversations.change(uow, first.id, Edit(state=ConversationState.resolved), by=None, now=T0)
        draft = Draft(conversation_id=second.id, user_id=ben, text="Dear Ann", updated_at=T0)
        await conversations.save_draft(uow, draft)
    await merged(hub, first, second)
    (row,) = await hub.conversations()
    kept = await hub.storage.queries.draft(first.id, ben)
    assert (row.id, row.state, kept.text if kept else None) == (first.id, ConversationState.open, "Dear Ann")


async def test_nothing_is_done_in_a_conversation_that_is_part_of_another(hub: SmallHub) -> None:
    first, second = await two(hub)
    await merged(hub, first, second)
    async with hub.storage.begin() as uow:
        with pytest.raises(Conflict, match="merged into another one"):
            await conversations.change(uow, second.id, Edit(subject="?"), by=None, now=T0)
        with pytest.raises(Conflict, match="merged into another one"):
            await merging.merge(uow, first.id, second.id, by=None, now=T0)


async def test_what_cannot_be_one_is_refused_in_words(hub: SmallHub) -> None:
    first, _ = await two(hub)
    await hub.hears(says("hi", by="bob"))
    bobs = next(row for row in await hub.conversations() if row.address == "bob")
    async with hub.storage.begin() as uow:
        with pytest.raises(Invalid, match="different addresses"):
            await merging.merge(uow, first.id, bobs.id, by=None, now=T0)
        with pytest.raises(Invalid, match="same"):
            await merging.merge(uow, first.id, first.id, by=None, now=T0)
        with pytest.raises(NotFound):
            await merging.merge(uow, first.id, ConversationId(new_id()), by=None, now=T0)
        with pytest.raises(NotFound):
            await merging.undo(uow, MergeId(new_id()), by=None, now=T0)


async def test_only_conversations_with_the_same_address_are_offered(hub: SmallHub) -> None:
    first, second = await two(hub)
    await hub.hears(says("hi", by="bob"))
    offered = await hub.storage.queries.mergeable(first.id, viewer=None, limit=5)
    assert [row.id for row in offered] == [second.id]
