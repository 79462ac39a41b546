"""The conversation list: longest wait first, complete pages, counts and unread marks."""

from datetime import timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from hub.domain.conversation import Conversation, ConversationState
from hub.domain.errors import Invalid
from hub.domain.ids import TargetId, TeamId, UserId, WaitId
from hub.domain.targets import Due, Metric
from hub.domain.views import ConversationFilter
from hub.domain.waiting import Clock, Wait
from hub.ports.hours import Owed
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, later

ALL_STATES = tuple(ConversationState)


def waiting_since(minutes: float) -> Clock:
    return Clock(episode=1, open=Wait(id=WaitId(uuid7()), episode=1, started_at=later(minutes=minutes), first=True))


def owed_by(talk: Conversation, minutes: float) -> Owed:
    """Something due in so many minutes, at risk five minutes before."""
    due = Due(
        id=uuid7(),
        metric=Metric.first_response,
        target_id=TargetId(uuid7()),
        target_version=1,
        target_name="Quick",
        started_at=NOW,
        since=NOW,
        left=60 * minutes,
        due_at=later(minutes=minutes),
        warn_at=later(minutes=minutes - 5),
    )
    return Owed(due=due, conversation_id=talk.id, channel_id=talk.channel_id)


async def pages(storage: SqlStorage, f: ConversationFilter, *, limit: int, viewer: UserId | None = None) -> list[str]:
    """Return the subjects of all pages."""
    page = await storage.queries.conversations(f, viewer=viewer, cursor=None, limit=limit)
    seen = [*page.items]
    while page.next is not None:
        page = await storage.queries.conversations(f, viewer=viewer, cursor=page.next, limit=limit)
        seen += page.items
    return [row.subject for row in seen]


async def test_who_waits_longest_comes_first_then_the_newest(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        first = await make.begin_thread(uow, subject="quiet old", last_at=later(minutes=1))
        on = first.channel
        await make.begin_thread(uow, on=on, subject="waits 2", clock=waiting_since(2), last_at=later(minutes=50))
        await make.begin_thread(uow, on=on, subject="waits 1", clock=waiting_since(1), last_at=later(minutes=2))
        await make.begin_thread(
            uow, on=on, subject="pending", state=ConversationState.pending, last_at=later(minutes=5)
        )
        await make.begin_thread(uow, on=on, subject="quiet new", last_at=later(minutes=9))
        await make.begin_thread(uow, on=on, subject="done", state=ConversationState.resolved, last_at=later(minutes=99))
    expected = ["waits 1", "waits 2", "quiet new", "pending", "quiet old"]
    for limit in (1, 2, 3, 50):
        assert await pages(storage, ConversationFilter(), limit=limit) == expected
    assert await pages(storage, ConversationFilter(waiting=True), limit=1) == ["waits 1", "waits 2"]
    assert await pages(storage, ConversationFilter(sort="newest"), limit=2) == [
        "waits 2", "quiet new", "pending", "waits 1", "quiet old",
    ]  # fmt: skip
    assert await pages(storage, ConversationFilter(states=ALL_STATES), limit=2) == [
        "waits 1", "waits 2", "done", "quiet new", "pending", "quiet old",
    ]  # fmt: skip


async def test_what_is_due_soonest_comes_first_then_the_newest(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        first = await make.begin_thread(uow, subject="nothing due, newest", last_at=later(minutes=9))
        await make.begin_thread(uow, on=first.channel, subject="nothing due", last_at=later(minutes=1))
        for minutes in (30, 10, 20):
            talk = await make.begin_thread(uow, on=first.channel, subject=f"due in {minutes}")
            await uow.dues.put([owed_by(talk.conversation, minutes)])
    by_due = ["due in 10", "due in 20", "due in 30"]
    for limit in (1, 2, 50):
        seen = await pages(storage, ConversationFilter(sort="due"), limit=limit)
        assert seen == [*by_due, "nothing due, newest", "nothing due"]
    risky = ConversationFilter(at_risk=later(minutes=15))
    assert await pages(storage, risky, limit=1) == ["due in 10", "due in 20"]


async def test_equal_times_neither_double_nor_skip_anybody(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        first = await make.begin_thread(uow, subject="0")
        for n in range(1, 12):
            clock = waiting_since(0) if n % 2 else Clock()
            await make.begin_thread(uow, on=first.channel, subject=str(n), clock=clock)
    for sort in ("waiting", "newest"):
        seen = await pages(storage, ConversationFilter(sort=sort), limit=2)
        assert sorted(seen, key=int) == [str(n) for n in range(12)]


async def test_what_arrives_while_somebody_pages_neither_hides_nor_doubles_the_rest(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        first = await make.begin_thread(uow, subject="0", last_at=NOW)
        for n in range(1, 6):
            await make.begin_thread(uow, on=first.channel, subject=str(n), last_at=later(minutes=-n))
    one = await storage.queries.conversations(ConversationFilter(), viewer=None, cursor=None, limit=3)
    async with storage.begin() as uow:
        await make.begin_thread(uow, on=first.channel, subject="new", last_at=later(minutes=5))
    two = await storage.queries.conversations(ConversationFilter(), viewer=None, cursor=one.next, limit=9)
    assert [row.subject for row in (*one.items, *two.items)] == ["0", "1", "2", "3", "4", "5"]


async def test_filters_narrow_the_list(storage: SqlStorage) -> None:
    me, team = UserId(uuid7()), TeamId(uuid7())
    async with storage.begin() as uow:
        mine = await make.begin_thread(uow, subject="mine", assignee_id=me, tags=("vip", "pl"))
        other = await make.begin_thread(uow, subject="other", team_id=team, tags=("kr",))
        await make.begin_thread(uow, on=mine.channel, subject="theirs", assignee_id=UserId(uuid7()))
    cases = {
        "mine": ConversationFilter(view="mine"),
        "other": ConversationFilter(view="unassigned"),
        "theirs": ConversationFilter(channel_ids=(mine.channel.id,), tags=()),
    }
    assert await pages(storage, cases["mine"], limit=5, viewer=me) == ["mine"]
    assert await pages(storage, cases["mine"], limit=5) == []
    assert await pages(storage, cases["other"], limit=5) == ["other"]
    assert set(await pages(storage, cases["theirs"], limit=5)) == {"mine", "theirs"}
    assert await pages(storage, ConversationFilter(tags=("vip", "zzz")), limit=5) == ["mine"]
    assert await pages(storage, ConversationFilter(team_ids=(team,)), limit=5) == ["other"]
    assert await pages(storage, ConversationFilter(assignee_ids=(me,)), limit=5) == ["mine"]
    assert await pages(storage, ConversationFilter(contact_id=other.contact.id), limit=5) == ["other"]


async def test_counts_are_those_of_the_views(storage: SqlStorage) -> None:
    me = UserId(uuid7())
    async with storage.begin() as uow:
        first = await make.begin_thread(uow, assignee_id=me, clock=waiting_since(3))
        for state in ALL_STATES:
            await make.begin_thread(uow, on=first.channel, state=state)
    counts = await storage.queries.counts(viewer=me)
    assert (counts.mine, counts.unassigned, counts.all, counts.snoozed, counts.waiting) == (1, 2, 3, 1, 1)
    assert counts.oldest_wait == later(minutes=3)
    assert (await storage.queries.counts(viewer=None)).mine == 0


async def test_a_conversation_is_unread_until_its_user_has_looked(storage: SqlStorage) -> None:
    me, you = UserId(uuid7()), UserId(uuid7())
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow, last_inbound_at=NOW)
    key = thread.conversation.id

    async def unread(viewer: UserId | None) -> bool | None:
        return (await storage.queries.conversation_rows([key], viewer=viewer))[0].unread

    assert await unread(me)
    assert not await unread(None)
    async with storage.begin() as uow:
        await uow.conversations.mark_read(key, me, later(minutes=1))
        await uow.conversations.mark_read(key, me, NOW - timedelta(days=1))
    assert not await unread(me)
    assert await unread(you)
    async with storage.begin() as uow:
        await uow.conversations.update(make.renewed(thread.conversation, last_inbound_at=later(minutes=2)))
    assert await unread(me)


async def test_snoozed_conversations_come_due(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        given: dict[str, Any] = {"state": ConversationState.snoozed}
        due = await make.begin_thread(uow, **given, snoozed_until=later(minutes=1))
        await make.begin_thread(uow, on=due.channel, **given, snoozed_until=later(minutes=9))
        found = await uow.conversations.due_snoozes(later(minutes=5), 10)
    assert [c.id for c in found] == [due.conversation.id]


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ", "ż" * 3, "W10", "a" * 5000, "WyJ6IiwxLCJ4Il0"])
async def test_a_cursor_that_is_not_ours_is_refused_in_words(storage: SqlStorage, cursor: str) -> None:
    queries = storage.queries
    with pytest.raises(Invalid, match="cursor"):
        await queries.conversations(ConversationFilter(), viewer=None, cursor=cursor, limit=5)
    with pytest.raises(Invalid, match="cursor"):
        await queries.search("a", cursor=cursor, limit=5)
    with pytest.raises(Invalid, match="cursor"):
        await queries.contacts("", cursor=cursor, limit=5)


async def test_an_unknown_view_is_refused(storage: SqlStorage) -> None:
    with pytest.raises(Invalid, match="view"):
        await storage.queries.conversations(ConversationFilter(view="x"), viewer=None, cursor=None, limit=5)
