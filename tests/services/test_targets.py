"""Targets at work: what becomes due with a wait, stands still, is said in time, and is over with its end."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.domain.changes import ChangeKind
from hub.domain.conversation import ConversationState, Priority
from hub.domain.debts import CallWait, CallWaitEnd
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ContactId, ConversationId, InteractionId, TargetId
from hub.domain.interaction import AuthorKind
from hub.domain.targets import Metric, Rule
from hub.domain.views import ConversationRow
from hub.domain.waiting import Episode, Wait
from hub.ports.hours import Owed
from hub.services import callbacks, conversations, targets, waits
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.scripted import T0, SmallHub, says, small_hub
from tests.services.test_waits import echo, rebuilt, stored

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def hub(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(sqlite_url, tmp_path) as small:
        small.clock.time = T0 + MINUTE
        yield small


@pytest.fixture
async def either(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    """On each engine, for what asks the database something new."""
    async with small_hub(database_url, tmp_path) as small:
        small.clock.time = T0 + MINUTE
        yield small


async def target(hub: SmallHub, **rule: Any) -> TargetId:
    key = TargetId(new_id())
    async with hub.storage.begin() as uow:
        asked = Rule(**{"goals": {Metric.first_response: 3600.0, Metric.next_response: 1800.0}, **rule})
        await targets.create(uow, id=key, name="Answer", rule=asked, by=None, now=T0 - HOUR)
    return key


async def running(hub: SmallHub, conversation_id: ConversationId) -> Sequence[Owed]:
    async with hub.storage.read() as uow:
        return await uow.dues.of([conversation_id])


async def the_row(hub: SmallHub) -> ConversationRow:
    (row,) = await hub.conversations()
    return row


async def only(hub: SmallHub) -> tuple[Sequence[Wait], Sequence[Episode]]:
    return await stored(hub, (await the_row(hub)).id)


async def set_state(hub: SmallHub, row: ConversationRow, state: ConversationState) -> None:
    async with hub.storage.begin() as uow:
        await conversations.change(uow, row.id, Edit(state=state), by=None, now=hub.clock.now())


async def told(hub: SmallHub) -> list[ChangeKind]:
    kinds = (ChangeKind.target_at_risk, ChangeKind.target_breached)
    notices = await hub.storage.queries.notices(after=0, limit=1000)
    return [notice.change.kind for notice in notices if notice.change.kind in kinds]


async def test_a_wait_is_due_by_its_target_and_the_list_shows_it(either: SmallHub) -> None:
    key = await target(either)
    await either.hears(says("hello", at=T0))
    row = await the_row(either)
    assert (row.due_at, row.due_warn_at, row.due_metric) == (T0 + HOUR, T0 + 45 * MINUTE, Metric.first_response)
    ((wait,), _) = await only(either)
    assert (wait.target_id, wait.due_at) == (key, T0 + HOUR)


async def test_an_answer_ends_the_time_and_the_next_wait_has_the_next_goal(hub: SmallHub) -> None:
    await target(hub)
    hub.clock.forward(hours=3)
    await hub.hears(says("hello", at=T0), echo("hi", at=T0 + 10 * MINUTE))
    row = await the_row(hub)
    assert (row.due_at, await running(hub, row.id)) == (None, [])
    await hub.hears(says("and?", at=T0 + HOUR))
    row = await the_row(hub)
    assert (row.due_at, row.due_metric) == (T0 + HOUR + 30 * MINUTE, Metric.next_response)
    found, _ = await only(hub)
    assert [wait.due_at for wait in found] == [T0 + HOUR, T0 + HOUR + 30 * MINUTE]


async def test_what_is_nearly_due_and_what_is_late_is_said_once(either: SmallHub) -> None:
    await target(either)
    await either.hears(says("hello", at=T0))
    assert await targets.say_due(either.storage, T0 + 44 * MINUTE) == 0
    assert await targets.say_due(either.storage, T0 + 46 * MINUTE) == 1
    assert await targets.say_due(either.storage, T0 + 46 * MINUTE) == 0
    assert await targets.say_due(either.storage, T0 + 2 * HOUR) == 1
    assert await targets.say_due(either.storage, T0 + 3 * HOUR) == 0
    assert await told(either) == [ChangeKind.target_at_risk, ChangeKind.target_breached]
    async with either.storage.read() as uow:
        (risk,) = await uow.dues.risks(T0 + 2 * HOUR)
        late = await uow.dues.page(breached=True, cursor=None, limit=10, now=T0 + 2 * HOUR)
        timely = await uow.dues.page(breached=False, cursor=None, limit=10, now=T0 + 2 * HOUR)
    assert (risk.running, risk.at_risk, risk.breached) == (1, 0, 1)
    assert (len(late.items), len(timely.items)) == (1, 0)


async def test_nothing_is_due_without_targets_and_what_waited_before_one_was_made_has_none(hub: SmallHub) -> None:
    await hub.hears(says("hello", at=T0 - 2 * HOUR))
    await target(hub)
    await hub.hears(says("still here", at=T0))
    assert (await the_row(hub)).due_at is None


async def test_a_resolution_stands_still_while_pending_and_is_kept_with_the_episode(either: SmallHub) -> None:
    key = await target(either, goals={Metric.resolution: 7200.0})
    await either.hears(says("hello", at=T0))
    row = await the_row(either)
    assert (row.due_at, row.due_metric) == (T0 + 2 * HOUR, Metric.resolution)
    either.clock.forward(minutes=59)
    await set_state(either, row, ConversationState.pending)
    (owed,) = await running(either, row.id)
    assert (owed.due.since, owed.due.left, (await the_row(either)).due_at) == (None, 3600, None)
    either.clock.forward(hours=5)
    await either.hears(says("here is what you asked for", at=either.clock.now()))
    assert (await the_row(either)).due_at == T0 + 7 * HOUR
    await set_state(either, row, ConversationState.resolved)
    _, (episode,) = await only(either)
    assert (episode.target_id, episode.due_at, await running(either, row.id)) == (key, T0 + 7 * HOUR, [])
    assert (await rebuilt(either, row.id))[1] == [episode]


async def test_a_bots_answer_neither_restarts_nor_resumes_what_is_due(hub: SmallHub) -> None:
    await target(hub, goals={Metric.resolution: 7200.0})
    await hub.hears(says("hello", at=T0))
    row = await the_row(hub)
    hub.clock.forward(minutes=59)
    await set_state(hub, row, ConversationState.pending)
    before = await running(hub, row.id)
    hub.clock.forward(minutes=5)
    await hub.hears(replace(echo("One moment", at=hub.clock.now()), author=AuthorKind.bot))
    ((wait,), _) = await only(hub)
    assert wait.bot_at == hub.clock.now()
    assert await running(hub, row.id) == before


async def test_an_edit_of_targets_changes_nothing_that_waits_already_even_if_it_is_built_anew(hub: SmallHub) -> None:
    key = await target(hub)
    await hub.hears(says("hello", at=T0))
    async with hub.storage.begin() as uow:
        rule = Rule(goals={Metric.first_response: 60.0})
        await targets.change(uow, key, targets.Edit(rule=rule), by=None, now=hub.clock.now())
    row = await the_row(hub)
    before = await stored(hub, row.id), await running(hub, row.id)
    assert (await rebuilt(hub, row.id), await running(hub, row.id)) == before
    assert (await the_row(hub)).due_at == T0 + HOUR


async def test_a_late_message_moves_the_due_time_to_where_it_would_have_been(hub: SmallHub) -> None:
    await target(hub)
    hub.clock.forward(minutes=30)
    await hub.hears(says("second", at=T0 + 20 * MINUTE), echo("hi", at=T0 + 25 * MINUTE))
    await hub.hears(says("first", at=T0))
    ((wait,), _) = await only(hub)
    assert (wait.started_at, wait.due_at) == (T0, T0 + HOUR)


async def test_spam_owes_nothing(hub: SmallHub) -> None:
    await target(hub, goals={Metric.first_response: 3600.0, Metric.resolution: 7200.0})
    await hub.hears(says("buy now", at=T0))
    row = await the_row(hub)
    assert len(await running(hub, row.id)) == 2
    async with hub.storage.begin() as uow:
        await conversations.mark_spam(uow, row.id, by=None, now=hub.clock.now())
    ((wait,), (episode,)) = await only(hub)
    assert (wait.due_at, wait.target_id, episode.due_at, episode.void) == (None, None, None, True)
    assert not await running(hub, row.id)


async def test_a_contacts_segment_chooses_the_target(hub: SmallHub) -> None:
    await target(hub, segments=(("Segment", "gold"),))
    await hub.hears(says("hello", at=T0), says("hello", by="bob", at=T0))
    rows = {row.address: row for row in await hub.conversations()}
    assert {row.due_at for row in rows.values()} == {None}
    async with hub.storage.begin() as uow:
        contact = await uow.contacts.get(rows["bob"].contact_id)
        assert contact is not None
        await uow.contacts.update(replace(contact, fields=(("segment", "Gold"),)))
        await waits.rebuild_all(uow, [rows["bob"].id])
    again = {row.address: row.due_at for row in await hub.conversations()}
    assert again == {"ann": None, "bob": T0 + HOUR}


async def test_targets_are_tried_in_the_order_somebody_set(hub: SmallHub) -> None:
    one, two = await target(hub), await target(hub, goals={Metric.first_response: 60.0})
    async with hub.storage.begin() as uow:
        assert [t.id for t in await targets.put_in_order(uow, [two, one])] == [two, one]
        with pytest.raises(Invalid, match="once"):
            await targets.put_in_order(uow, [two])
    await hub.hears(says("hello", at=T0))
    assert (await the_row(hub)).due_at == T0 + MINUTE


async def test_what_becomes_urgent_is_due_by_the_urgent_target_from_its_start(hub: SmallHub) -> None:
    urgent = await target(hub, priorities=(Priority.urgent,), goals={Metric.first_response: 300.0})
    key = await target(hub)
    await hub.hears(says("hello", at=T0))
    row = await the_row(hub)
    assert row.due_at == T0 + HOUR
    for priority, due, chosen in ((Priority.urgent, T0 + 5 * MINUTE, urgent), (Priority.low, T0 + HOUR, key)):
        async with hub.storage.begin() as uow:
            await conversations.change(uow, row.id, Edit(priority=priority), by=None, now=hub.clock.now())
        ((wait,), _) = await only(hub)
        assert ((await the_row(hub)).due_at, wait.target_id, wait.due_at) == (due, chosen, due)
        assert (await rebuilt(hub, row.id))[0] == [wait]


async def test_a_deleted_target_is_gone_for_what_comes(hub: SmallHub) -> None:
    key = await target(hub)
    async with hub.storage.begin() as uow:
        await targets.archive(uow, key, by=None, now=T0)
        with pytest.raises(NotFound, match="no such target"):
            await targets.get(uow, key)
    await hub.hears(says("hello", at=T0 + MINUTE))
    assert (await the_row(hub)).due_at is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"goals": {}}, "at least one goal"),
        ({"goals": {Metric.resolution: 0.5}}, "between one second and one year"),
        ({"goals": {Metric.resolution: 1e9}}, "between one second and one year"),
        ({"warn_after": 0.0}, "warning"),
        ({"share": 1.5}, "share"),
        ({"pause_when": frozenset({ConversationState.open})}, "pending or snoozed"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_in_words(rule: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        targets.check(Rule(**{"goals": {Metric.first_response: 60.0}, **rule}))


async def test_a_missed_caller_is_due_a_callback_until_somebody_comes_back(either: SmallHub) -> None:
    await target(either, goals={Metric.callback: 3600.0})
    missed = CallWait(
        id=InteractionId(new_id()), contact_id=ContactId(new_id()), channel_id=either.channel.id, started_at=T0
    )
    async with either.storage.begin() as uow:
        await callbacks.changed(uow, [missed])
        (owed,) = await uow.dues.get([missed.id])
        assert (owed.due.metric, owed.due.due_at, owed.contact_id) == (Metric.callback, T0 + HOUR, missed.contact_id)
    assert await targets.say_due(either.storage, T0 + 2 * HOUR) == 1
    assert await told(either) == [ChangeKind.target_breached]
    async with either.storage.begin() as uow:
        await callbacks.changed(uow, [missed])
        (late,) = await uow.dues.get([missed.id])
        assert late.due.breached_at == T0 + HOUR
        await callbacks.changed(uow, [replace(missed, ended_at=T0 + 3 * HOUR, ended_by=CallWaitEnd.callback)])
        assert not await uow.dues.get([missed.id])
