"""What sets rules off beside messages and changes of the work: targets, missed contacts, changed contacts."""

from dataclasses import dataclass

import pytest

from hub.domain.actions import Tag, WriteNote
from hub.domain.conversation import ConversationState
from hub.domain.ids import TargetId
from hub.domain.rules.conditions import Condition, Field, Op
from hub.domain.rules.records import On, Outcome
from hub.domain.targets import Metric
from hub.domain.targets import Rule as TargetRule
from hub.domain.views import ConversationRow
from hub.services import contacts, targets
from hub.services.calls.following import note_overdue_chats
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.services.rules.rulehub import RuleHub

NOTED = WriteNote(text="Look here")


@dataclass
class Watch:
    """A hub that says what is due as time passes."""

    hub: RuleHub

    async def target(self, **goals: float) -> None:
        """Promise something, in seconds."""
        place = self.hub.place.hub
        rule = TargetRule(goals={Metric(name): seconds for name, seconds in goals.items()}, warn_after=0.5)
        async with place.storage.begin() as uow:
            await targets.create(uow, id=TargetId(new_id()), name="Answer", rule=rule, by=None, now=place.clock.now())

    async def passes(self, **span: float) -> None:
        """Let time pass, let what is due be said, and rules look."""
        place = self.hub.place.hub
        place.clock.forward(**span)
        await targets.say_due(place.storage, place.clock.now())
        await self.hub.look()


@pytest.fixture
def watch(hub: RuleHub) -> Watch:
    return Watch(hub)


async def notes(hub: RuleHub, row: ConversationRow) -> int:
    return len([entry for entry in await hub.place.hub.thread(row.id) if entry.text == NOTED.text])


async def test_a_target_at_risk_and_a_breached_one_set_rules_off_once_each(watch: Watch) -> None:
    hub = watch.hub
    await watch.target(first_response=3600)
    warned = await hub.rule(On.target_at_risk, Tag(add=("soon",)))
    broken = await hub.rule(On.target_breached, NOTED)
    row = await hub.hears()
    await watch.passes(minutes=20)
    assert await hub.tags(row.id) == ()
    await watch.passes(minutes=20)
    assert (await hub.tags(row.id), await notes(hub, row)) == (("soon",), 0)
    await watch.passes(minutes=30)
    await watch.passes(minutes=30)
    assert await notes(hub, row) == 1
    assert [len(await hub.log(rule)) for rule in (warned, broken)] == [1, 1]


async def test_who_was_resolved_in_time_sets_off_no_rule_of_targets(watch: Watch) -> None:
    hub = watch.hub
    await watch.target(first_response=3600)
    rules = [await hub.rule(On.target_at_risk, NOTED), await hub.rule(On.target_breached, NOTED)]
    row = await hub.hears()
    await hub.change(row.id, Edit(state=ConversationState.resolved))
    await watch.passes(hours=2)
    assert [await hub.log(rule) for rule in rules] == [(), ()]


async def test_a_rule_of_targets_looks_at_its_conditions_too(watch: Watch) -> None:
    hub = watch.hub
    await watch.target(first_response=3600)
    vip = Condition(field=Field.tags, op=Op.is_any, values=("vip",))
    await hub.rule(On.target_breached, NOTED, conditions=(vip,))
    plain, important = await hub.hears(by="plain"), await hub.hears(by="important")
    await hub.change(important.id, Edit(tags=("vip",)))
    await watch.passes(hours=2)
    assert [await notes(hub, row) for row in (plain, important)] == [0, 1]


async def test_a_contact_that_comes_to_the_board_of_missed_ones_sets_rules_off_once(hub: RuleHub) -> None:
    rule = await hub.rule(On.missed_contact, Tag(add=("call back",)))
    row = await hub.hears()
    storage, clock = hub.place.hub.storage, hub.place.hub.clock
    assert await note_overdue_chats(storage, clock.now()) == 0
    for _ in range(2):
        clock.forward(days=1)
        await note_overdue_chats(storage, clock.now())
        await hub.look()
    assert (await hub.tags(row.id), [run.outcome for run in await hub.log(rule)]) == (("call back",), [Outcome.done])


async def test_a_changed_contact_sets_rules_off_in_each_open_conversation_of_theirs(hub: RuleHub) -> None:
    gold = Condition(field=Field.contact, name="tier", op=Op.is_any, values=("gold",))
    rule = await hub.rule(On.contact_changed, NOTED, conditions=(gold,))
    row = await hub.hears()
    other = await hub.hears(by="other")
    await change_contact(hub, row, contacts.Edit(fields=(("tier", "gold"),)))
    assert [await notes(hub, one) for one in (row, other)] == [1, 0]
    await hub.change(row.id, Edit(state=ConversationState.resolved))
    await change_contact(hub, row, contacts.Edit(name="Anna"))
    assert len(await hub.log(rule)) == 1


async def test_a_rule_that_names_fields_looks_only_when_one_of_them_changed(hub: RuleHub) -> None:
    rule = await hub.rule(On.contact_changed, NOTED, contact_fields=("Tier", "phone"))
    row = await hub.hears()
    await change_contact(hub, row, contacts.Edit(name="Anna", fields=(("size", "XL"),)))
    assert await notes(hub, row) == 0
    for value in ("gold", "silver"):
        await change_contact(hub, row, contacts.Edit(fields=(("size", "XL"), ("tier", value))))
    await change_contact(hub, row, contacts.Edit(fields=(("size", "XL"),)))
    assert await notes(hub, row) == 3
    async with hub.place.hub.storage.begin() as uow:
        point = contacts.NewPoint(namespace="phone", address="+48601234567")
        await contacts.add_point(uow, row.contact_id, point, now=hub.place.hub.clock.now())
    await hub.look()
    assert await notes(hub, row) == 4
    assert len(await hub.log(rule)) == 4


async def change_contact(hub: RuleHub, row: ConversationRow, edit: contacts.Edit) -> None:
    async with hub.place.hub.storage.begin() as uow:
        await contacts.change(uow, row.contact_id, edit)
    await hub.look()
