"""A rule is tried on last week's targets, missed contacts and changed contacts, alike on both engines."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hub.domain.actions import Tag
from hub.domain.conversation import ConversationState
from hub.domain.debts import DebtEnd, DebtId
from hub.domain.errors import Invalid
from hub.domain.ids import ExternalId, TargetId
from hub.domain.rules.conditions import Condition, Field
from hub.domain.rules.records import On, RuleBody
from hub.domain.targets import Metric
from hub.domain.targets import Rule as TargetRule
from hub.domain.views import ConversationRow
from hub.services import contacts, conversations, targets
from hub.services.calls.following import note_overdue_chats
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.rules.trying import Tried, TriedPage, try_week
from tests.scripted import SmallHub, says, small_hub


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[SmallHub]:
    async with small_hub(database_url, tmp_path) as running:
        # Ids are made by the machine's clock, and the week is looked through by them.
        running.clock.forward(seconds=(new_id().int >> 80) / 1000 - running.clock.now().timestamp())
        yield running


async def hears(hub: SmallHub, **said: Any) -> ConversationRow:
    await hub.hears(says("Where is it?", at=hub.clock.now(), **said))
    return (await hub.conversations())[0]


async def resolve(hub: SmallHub, row: ConversationRow) -> None:
    async with hub.storage.begin() as uow:
        await conversations.change(uow, row.id, Edit(state=ConversationState.resolved), by=None, now=hub.clock.now())


async def edit(hub: SmallHub, row: ConversationRow, **changed: Any) -> None:
    async with hub.storage.begin() as uow:
        await contacts.change(uow, row.contact_id, contacts.Edit(**changed))


async def page(hub: SmallHub, *triggers: On, cursor: str | None = None, **more: Any) -> TriedPage:
    hub.clock.forward(seconds=1)
    body = RuleBody(triggers=triggers, actions=(Tag(add=("seen",)),), **more)
    return await try_week(hub.storage, body, now=hub.clock.now(), cursor=cursor)


async def tried(hub: SmallHub, *triggers: On, **more: Any) -> list[Tried]:
    """Look through all stretches of the week."""
    found: list[Tried] = []
    cursor = None
    while True:
        looked = await page(hub, *triggers, cursor=cursor, **more)
        found += looked.items
        cursor = looked.next
        if cursor is None:
            assert (looked.share, looked.untried) == (1.0, ())
            return found


async def test_targets_at_risk_and_breached_are_found_when_they_were_said(hub: SmallHub) -> None:
    rule = TargetRule(goals={Metric.first_response: 3600}, warn_after=0.5)
    async with hub.storage.begin() as uow:
        await targets.create(uow, id=TargetId(new_id()), name="Answer", rule=rule, by=None, now=hub.clock.now())
    row = await hears(hub)
    assert await tried(hub, On.target_at_risk, On.target_breached) == []
    hub.clock.forward(minutes=40)
    await targets.say_due(hub.storage, hub.clock.now())
    said = hub.clock.now()
    hub.clock.forward(minutes=40)
    await targets.say_due(hub.storage, hub.clock.now())
    late = hub.clock.now()
    await resolve(hub, row)
    found = await tried(hub, On.target_at_risk, On.target_breached)
    assert [(one.on, one.conversation_id, one.at) for one in found] == [
        (On.target_at_risk, row.id, said),
        (On.target_breached, row.id, late),
    ]
    assert [one.on for one in await tried(hub, On.target_breached)] == [On.target_breached]
    vip = Condition(field=Field.tags, values=("vip",))
    assert await tried(hub, On.target_breached, conditions=(vip,)) == []


async def test_who_came_to_the_board_is_found_though_nothing_is_owed_any_more(hub: SmallHub) -> None:
    row = await hears(hub)
    came = hub.clock.now()
    hub.clock.forward(days=1)
    await note_overdue_chats(hub.storage, hub.clock.now())
    assert [(one.on, one.at) for one in await tried(hub, On.missed_contact)] == [(On.missed_contact, came)]
    async with hub.storage.begin() as uow:
        owed = await uow.rules.debt_of(row.contact_id)
        assert owed is not None
        debt = await uow.debts.get(DebtId(owed.item))
        assert debt is not None
        assert debt is not None
        await uow.debts.update(replace(debt, closed_at=hub.clock.now(), closed_by=DebtEnd.dismissed))
    found = await tried(hub, On.missed_contact)
    assert [(one.conversation_id, one.actions) for one in found] == [(row.id, ("tag",))]


async def test_a_changed_contact_is_found_by_its_fields_where_it_was_not_resolved_then(hub: SmallHub) -> None:
    before = await hears(hub)
    await resolve(hub, before)
    hub.clock.forward(days=1)
    row = await hears(hub, by="other")
    await edit(hub, row, fields=(("tier", "gold"),))
    await edit(hub, before, fields=(("tier", "gold"),))
    hub.clock.forward(hours=1)
    await resolve(hub, row)
    hub.clock.forward(hours=1)
    await edit(hub, row, fields=(("tier", "silver"),))
    found = await tried(hub, On.contact_changed, contact_fields=("Tier",))
    assert [one.conversation_id for one in found] == [row.id]
    assert await tried(hub, On.contact_changed, contact_fields=("size",)) == []


async def test_a_rule_of_several_triggers_is_tried_on_each_trace_in_turn(hub: SmallHub) -> None:
    row = await hears(hub)
    await edit(hub, row, name="Anna")
    hub.clock.forward(days=1)
    await note_overdue_chats(hub.storage, hub.clock.now())
    triggers = (On.missed_contact, On.contact_changed, On.message_in)
    first = await page(hub, *triggers)
    assert (first.share, [one.on for one in first.items]) == (1 / 3, [On.message_in])
    assert [one.on for one in await tried(hub, *triggers)] == [On.message_in, On.contact_changed, On.missed_contact]


async def test_a_trace_that_is_gone_or_begins_within_the_week_is_said(hub: SmallHub) -> None:
    nothing = await page(hub, On.target_breached, On.missed_contact)
    assert (nothing.untried, nothing.partly) == ((On.target_breached,), ())
    row = await hears(hub)
    begins = hub.clock.now()
    hub.clock.forward(days=6)
    await edit(hub, row, name="Anna")
    young = await page(hub, On.contact_changed, On.message_in)
    assert (young.untried, young.partly, young.kept_since) == ((), (On.contact_changed,), begins)
    hub.clock.forward(hours=23)
    whole = await page(hub, On.contact_changed)
    assert (len(whole.items), whole.partly, whole.kept_since) == (1, (), None)
    assert (await page(hub, On.message_in)).partly == ()


async def test_what_was_stored_within_the_week_and_happened_before_is_left_out(hub: SmallHub) -> None:
    await hub.hears(says("From long ago", at=hub.clock.now()))
    hub.clock.forward(days=6)
    assert len(await tried(hub, On.message_in)) == 1
    hub.clock.forward(seconds=-7 * 86_400)
    await hub.hears(says("Fetched later", at=hub.clock.now(), external_id=ExternalId("old")))
    hub.clock.forward(days=7, hours=12)
    assert [one.text for one in await tried(hub, On.message_in)] == ["From long ago"]


@pytest.mark.parametrize("cursor", ["debts.", "notices.x", "notices.٣", "notices.-1", "f" * 32, ".", ""])
async def test_a_cursor_nobody_was_given_is_refused(hub: SmallHub, cursor: str) -> None:
    with pytest.raises(Invalid, match="not one of ours"):
        await page(hub, On.target_breached, cursor=cursor)
