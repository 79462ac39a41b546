"""Rules are kept alike by both engines: run once, found when due, looked through by week."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hub.domain.actions import Tag
from hub.domain.ids import ConversationId
from hub.domain.rules.records import On, Outcome, Rule, RuleBody, RuleRun, Timer, Timing, WorkRuleId
from hub.services.ids import new_id
from tests.scripted import SmallHub, says, small_hub

BODY = RuleBody(triggers=(On.unanswered,), timing=Timing(minutes=5), actions=(Tag(add=("late",)),))


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as running:
        yield running


async def kept(hub: SmallHub) -> tuple[Rule, ConversationId]:
    now = hub.clock.now()
    rule = Rule(id=WorkRuleId(new_id()), name="Late", active=True, body=BODY, created_at=now, updated_at=now)
    await hub.hears(says("Hello"))
    async with hub.storage.begin() as uow:
        await uow.rules.save(rule)
    return rule, (await hub.conversations())[0].id


def run(rule: Rule, key: ConversationId, hub: SmallHub) -> RuleRun:
    return RuleRun(
        id=new_id(),
        rule_id=rule.id,
        version=1,
        event="unanswered:1",
        on=On.unanswered,
        conversation_id=key,
        at=hub.clock.now(),
        outcome=Outcome.held,
    )


async def test_a_version_runs_once_for_an_event_and_is_counted(hub: SmallHub) -> None:
    rule, key = await kept(hub)
    async with hub.storage.begin() as uow:
        first = run(rule, key, hub)
        assert await uow.rules.begin(first)
        assert not await uow.rules.begin(run(rule, key, hub))
        await uow.rules.finish(replace(first, outcome=Outcome.done, done=({"do": "tag"},)))
        assert [await uow.rules.take_once(rule.id, key) for _ in range(2)] == [True, False]
    async with hub.storage.read() as uow:
        (found,) = await uow.rules.all(active=True)
        page = await uow.rules.log(rule.id, cursor=None, limit=10)
        since = hub.clock.now() - timedelta(hours=1)
        assert (found.body, found.ran, found.failed) == (BODY, 1, 0)
        assert [(one.outcome, one.done) for one in page.items] == [(Outcome.done, ({"do": "tag"},))]
        assert await uow.rules.runs_since(rule.id, key, since) == 1
    async with hub.storage.begin() as uow:
        assert await uow.rules.prune(hub.clock.now() + timedelta(seconds=1), 10) == 1
        await uow.rules.order([rule.id])
        await uow.rules.go_on(7)
        assert await uow.rules.place() == 7


async def test_what_is_due_is_found_by_its_time_alone(hub: SmallHub) -> None:
    rule, key = await kept(hub)
    due = hub.clock.now() + timedelta(minutes=5)
    timer = Timer(rule_id=rule.id, conversation_id=key, percent=100, anchor="a", due_at=due)
    async with hub.storage.begin() as uow:
        await uow.rules.put_timers([timer])
        assert await uow.rules.next_due() == due
        assert list(await uow.rules.due(due - timedelta(seconds=1), 10)) == []
        assert list(await uow.rules.due(due, 10)) == [timer]
        await uow.rules.put_timers([replace(timer, due_at=None)])
        assert (await uow.rules.next_due(), len(await uow.rules.timers(key))) == (None, 1)
        await uow.rules.drop_timers(rule.id, key)
        assert list(await uow.rules.timers(key)) == []


async def test_what_was_stored_is_looked_through_in_order(hub: SmallHub) -> None:
    _, key = await kept(hub)
    await hub.hears(says("Once more"))
    # Ids are made by the machine's clock: a span wide enough for it and the test's.
    since, until = hub.clock.now() - timedelta(days=1), hub.clock.now() + timedelta(days=3650)
    async with hub.storage.read() as uow:
        first, second = await uow.rules.entries(None, since, until, 10)
        assert list(await uow.rules.entries(first, since, until, 10)) == [second]
        assert [wait.item for wait in await uow.rules.past_waits(None, since, until, 10)] == [first]
        assert await uow.rules.wrote_before(key, second)
        assert not await uow.rules.wrote_before(key, first)
        assert list(await uow.rules.unresolved(None, 10)) == [key]
        assert (await uow.rules.work([key]))[key].tags == ()
        contact = (await hub.conversations())[0].contact_id
        assert list(await uow.rules.open_of(contact, 10)) == [key]
        assert await uow.rules.debt_of(contact) is None
