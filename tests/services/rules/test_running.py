"""Rules run once for what happened, in order, never round in circles, and answer customers with good manners."""

import asyncio
from datetime import timedelta

import pytest

from hub.domain.actions import AnyAction, Assign, Notify, SendReply, SetPriority, SetState, Tag, WriteNote
from hub.domain.conversation import ConversationState, Priority
from hub.domain.ids import UserId
from hub.domain.interaction import AuthorKind
from hub.domain.rules.conditions import Condition, Field, Op
from hub.domain.rules.matching import RUNS_PER_HOUR
from hub.domain.rules.records import On, Outcome, Step, Timing
from hub.services.conversations import Edit
from tests.services.rules.rulehub import RuleHub

LATE = Tag(add=("late",))
CLOSED = SendReply(texts={"en": "We are closed."})


async def test_a_rule_acts_on_the_messages_its_conditions_fit(hub: RuleHub) -> None:
    refund = Condition(field=Field.text, op=Op.contains, values=("refund",))
    rule = await hub.rule(On.message_in, Tag(add=("refund",)), conditions=(refund,))
    first = await hub.hears("Where is my order?")
    assert await hub.tags(first.id) == ()
    second = await hub.hears("I want a REFUND")
    assert await hub.tags(second.id) == ("refund",)
    (run,) = await hub.log(rule)
    assert (run.outcome, run.conversation_id, (await hub.now(rule.id)).ran) == (Outcome.done, second.id, 1)


async def test_what_was_looked_at_is_not_looked_at_again(hub: RuleHub) -> None:
    rule = await hub.rule(On.message_in, WriteNote(text="Look"))
    row = await hub.hears()
    async with hub.place.hub.storage.begin() as uow:
        await uow.rules.go_on(0)
    await hub.look()
    assert len(await hub.log(rule)) == 1
    assert [e.text for e in await hub.place.hub.thread(row.id) if e.kind.value == "note"] == ["Look"]


async def test_what_happened_while_a_rule_was_off_does_not_concern_it(hub: RuleHub) -> None:
    row = await hub.hears()
    await hub.rule(On.message_in, LATE)
    await hub.look()
    assert await hub.tags(row.id) == ()


async def test_rules_look_in_order_and_one_may_stop_the_rest(hub: RuleHub) -> None:
    await hub.rule(On.message_in, Tag(add=("a",)))
    await hub.rule(On.message_in, Tag(add=("b",)), stop=True)
    await hub.rule(On.message_in, Tag(add=("c",)))
    assert await hub.tags((await hub.hears()).id) == ("a", "b")


async def test_a_later_rule_sees_what_an_earlier_one_did(hub: RuleHub) -> None:
    await hub.rule(On.message_in, Tag(add=("a",)))
    tagged = Condition(field=Field.tags, values=("a",))
    await hub.rule(On.message_in, SetPriority(priority=Priority.high), conditions=(tagged,))
    assert (await hub.hears()).priority is Priority.high


@pytest.mark.parametrize(
    ("on", "edit"),
    [
        (On.resolved, Edit(state=ConversationState.resolved)),
        (On.state_changed, Edit(state=ConversationState.pending)),
        (On.tagged, Edit(tags=("vip",))),
        (On.priority_changed, Edit(priority=Priority.high)),
    ],
)
async def test_changes_of_the_work_set_rules_off(hub: RuleHub, on: On, edit: Edit) -> None:
    rule = await hub.rule(on, WriteNote(text="Seen"))
    row = await hub.hears()
    assert await hub.log(rule) == ()
    await hub.change(row.id, edit)
    assert [run.on for run in await hub.log(rule)] == [on]


async def test_a_new_a_reopened_and_an_answered_conversation_set_rules_off(hub: RuleHub) -> None:
    opened = await hub.rule(On.opened, WriteNote(text="New"))
    again = await hub.rule(On.reopened, WriteNote(text="Back"))
    answered = await hub.rule(On.message_out, WriteNote(text="Sent"))
    row = await hub.hears()
    await hub.place.reply(row.id)
    await hub.change(row.id, Edit(state=ConversationState.resolved))
    await hub.hears("Once more")
    assert [len(await hub.log(rule)) for rule in (opened, again, answered)] == [1, 1, 1]


async def test_a_rule_does_not_set_itself_off_by_way_of_another(hub: RuleHub) -> None:
    ping = await hub.rule(On.priority_changed, Tag(remove=("b",)), Tag(add=("a",)), name="ping")
    pong = await hub.rule(
        On.tagged,
        SetPriority(priority=Priority.high),
        SetPriority(priority=Priority.low),
        Tag(remove=("a",)),
        name="pong",
    )
    row = await hub.hears()
    await hub.change(row.id, Edit(tags=("start",)))
    outcomes = {run.outcome for rule in (ping, pong) for run in await hub.log(rule)}
    assert Outcome.held in outcomes
    assert len(await hub.log(ping)) + len(await hub.log(pong)) < 20
    assert "set itself off" in (await hub.now(pong.id)).paused
    assert not (await hub.now(pong.id)).active


async def test_a_rule_that_runs_too_often_in_a_conversation_is_held_back_for_an_hour(hub: RuleHub) -> None:
    rule = await hub.rule(On.message_in, WriteNote(text="Look"))
    for _ in range(RUNS_PER_HOUR + 2):
        await hub.hears()
    assert [run.outcome for run in (await hub.log(rule))[:2]] == [Outcome.held, Outcome.held]
    assert (await hub.now(rule.id)).active
    await hub.waits(hours=1)
    await hub.hears()
    assert (await hub.log(rule))[0].outcome is Outcome.done


async def test_what_cannot_be_done_is_in_the_log_in_words(hub: RuleHub) -> None:
    rule = await hub.rule(On.message_in, Notify(assignee=True), LATE)
    row = await hub.hears()
    (run,) = await hub.log(rule)
    assert (run.outcome, await hub.tags(row.id)) == (Outcome.failed, ("late",))
    assert "Nobody was there to be told" in run.words


async def test_an_automatic_answer_goes_out_once_and_never_after_a_human(hub: RuleHub) -> None:
    rule = await hub.rule(On.message_in, CLOSED, auto_reply=True)
    row = await hub.hears()
    await hub.hears("Anybody there?")
    (sent,) = await hub.sent(row.id)
    assert (sent.text, sent.author_kind) == ("We are closed.", AuthorKind.auto)
    assert [run.outcome for run in await hub.log(rule)] == [Outcome.done]


async def test_an_automatic_answer_is_silent_where_a_human_spoke(hub: RuleHub) -> None:
    row = await hub.hears()
    await hub.place.reply(row.id)
    await hub.rule(On.message_in, CLOSED, auto_reply=True)
    await hub.hears("Thanks")
    assert [entry.author_kind for entry in await hub.sent(row.id)] == [AuthorKind.agent]


async def test_machines_get_no_automatic_answer(hub: RuleHub) -> None:
    await hub.rule(On.message_in, CLOSED, auto_reply=True)
    row = await hub.hears("Out of office", author=AuthorKind.auto, opens_wait=False)
    assert await hub.sent(row.id) == []


async def test_an_unanswered_customer_is_escalated_step_by_step(hub: RuleHub) -> None:
    steps = (Step(percent=50, actions=(Tag(add=("soon",)),)), Step(percent=200, actions=(Tag(add=("very late",)),)))
    await hub.rule(On.unanswered, LATE, timing=Timing(minutes=10, business=False), steps=steps)
    row = await hub.hears()
    await hub.waits(minutes=4)
    assert await hub.tags(row.id) == ()
    await hub.waits(minutes=2)
    assert await hub.tags(row.id) == ("soon",)
    await hub.waits(minutes=5)
    assert await hub.tags(row.id) == ("soon", "late")
    await hub.waits(minutes=10)
    assert await hub.tags(row.id) == ("soon", "late", "very late")


async def test_who_was_resolved_in_time_is_not_escalated(hub: RuleHub) -> None:
    rule = await hub.rule(On.unanswered, LATE, timing=Timing(minutes=10, business=False))
    row = await hub.hears()
    await hub.waits(minutes=9)
    await hub.change(row.id, Edit(state=ConversationState.resolved))
    await hub.waits(minutes=9)
    assert (await hub.log(rule), await hub.tags(row.id)) == ((), ())


async def test_who_waited_before_a_rule_was_switched_on_is_escalated_when_the_time_is_up_since(hub: RuleHub) -> None:
    old = await hub.hears(by="old")
    hub.place.hub.clock.forward(minutes=20)
    young = await hub.hears(by="young")
    await hub.rule(On.unanswered, LATE, timing=Timing(minutes=10, business=False))
    await hub.look()
    await hub.waits(minutes=11)
    assert [await hub.tags(row.id) for row in (old, young)] == [(), ("late",)]


async def test_a_reminder_is_sent_once_though_it_is_itself_an_entry(hub: RuleHub) -> None:
    rule = await hub.rule(On.idle, SendReply(texts={"en": "Still there?"}), timing=Timing(minutes=60, business=False))
    row = await hub.hears()
    for _ in range(5):
        await hub.waits(minutes=61)
    assert len(await hub.sent(row.id)) == 1
    await hub.hears("Yes")
    await hub.waits(minutes=61)
    assert len(await hub.log(rule)) == 2


async def test_a_worker_killed_anywhere_does_nothing_twice_and_forgets_nothing(hub: RuleHub) -> None:
    rule = await hub.rule(On.message_in, WriteNote(text="Look"))
    hub.worker, worker = RuleHub.open(hub.bots).worker, hub.worker
    await hub.place.customer_writes("one")
    for turns in range(60):
        task = asyncio.create_task(worker.drain())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await hub.look()
    row = (await hub.place.hub.conversations())[0]
    assert len([e for e in await hub.place.hub.thread(row.id) if e.kind.value == "note"]) == 1
    assert len(await hub.log(rule)) == 1


async def test_a_person_who_left_is_no_reason_to_lose_the_rest(hub: RuleHub) -> None:
    actions: tuple[AnyAction, ...] = (Assign(user_id=hub.place.ann.id), SetState(state=ConversationState.pending))
    rule = await hub.rule(On.message_in, *actions)
    async with hub.place.hub.storage.begin() as uow:
        ann = await uow.users.get(UserId(hub.place.ann.id))
        assert ann is not None
        from dataclasses import replace

        await uow.users.update(replace(ann, active=False))
    row = await hub.hears()
    assert row.state is ConversationState.pending
    assert (await hub.log(rule))[0].outcome is Outcome.failed


async def test_old_lines_of_the_log_go(hub: RuleHub) -> None:
    from hub.runtime.rules_worker import KEPT, prune_logs

    rule = await hub.rule(On.message_in, LATE)
    await hub.hears()
    storage, now = hub.place.hub.storage, hub.place.hub.clock.now()
    assert await prune_logs(storage, now + KEPT - timedelta(minutes=1)) == 0
    assert await prune_logs(storage, now + KEPT + timedelta(minutes=1)) == 1
    assert await hub.log(rule) == ()
