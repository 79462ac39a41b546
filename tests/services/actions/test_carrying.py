"""Actions do what a person would have done and say whose they are; one that cannot be done stops no other."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from hub.domain.actions import (
    AnyAction,
    Assign,
    AssignTeam,
    CallHook,
    Notify,
    SendReply,
    SendSavedReply,
    SetPriority,
    SetState,
    StartBot,
    StopBot,
    Tag,
    WriteNote,
)
from hub.domain.botflow.records import FlowId
from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import ConversationState, Priority
from hub.domain.errors import Invalid
from hub.domain.ids import ConversationId, TeamId, UserId
from hub.domain.interaction import AuthorKind
from hub.domain.saved_replies import SavedReply, SavedReplyId
from hub.domain.user import Team, User
from hub.services import hooks, saved_replies
from hub.services.actions import Acting, Done, carry_out, checked, json_of, json_schema, read_actions
from hub.services.ids import new_id
from tests.domain.botflow.flows import message, question
from tests.services.bots.bothub import BotHub

RULE = {"rule": "r1", "rule_name": "Late ones"}


async def do(bots: BotHub, key: ConversationId, *actions: AnyAction, by: User | None = None) -> Sequence[Done]:
    acting = Acting(means=bots.means, now=bots.place.hub.clock.now(), by=by, origin=RULE)
    async with bots.place.hub.storage.begin() as uow:
        return await carry_out(uow, key, actions, acting)


async def test_a_rule_changes_the_work_and_every_entry_names_it(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    team = TeamId(new_id())
    async with bots.place.hub.storage.begin() as uow:
        await uow.users.save_team(Team(id=team, name="Sales"), [bots.place.ann.id])
    done = await do(
        bots,
        row.id,
        Assign(user_id=bots.place.ann.id),
        AssignTeam(team_id=team),
        Tag(add=("late",)),
        SetPriority(priority=Priority.urgent),
        SetState(state=ConversationState.snoozed, minutes=30),
    )
    after = await bots.place.conversation(row.id)
    assert not any(one.problem or one.idle for one in done)
    assert (after.assignee_id, after.team_id, after.tags) == (bots.place.ann.id, team, ("late",))
    assert (after.priority, after.state) == (Priority.urgent, ConversationState.snoozed)
    entries = [entry for entry in await bots.place.hub.thread(row.id) if entry.kind.value == "event"]
    assert [entry.data["event"] for entry in entries] == ["assigned", "team_assigned", "tagged", "priority", "snoozed"]
    assert {entry.data["rule_name"] for entry in entries} == {"Late ones"}


async def test_what_is_so_already_is_left_alone(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    await do(bots, row.id, Tag(add=("late",)))
    assert [one.idle for one in await do(bots, row.id, Tag(add=("LATE",)), StopBot())] == [True, True]
    assert await bots.place.events(row.id) == ["tagged"]


async def test_a_rules_answer_is_a_machines_and_ends_no_wait(bots: BotHub) -> None:
    row = await bots.place.customer_writes(by="zoe")
    await do(bots, row.id, SendReply(texts={"en": "Hello {{ contact.name }}, we are closed."}))
    sent = (await bots.place.hub.thread(row.id))[-1]
    assert (sent.text, sent.author_kind) == ("Hello Zoe, we are closed.", AuthorKind.auto)
    assert (await bots.place.hub.conversations())[0].waiting_since is not None


async def test_a_rules_answer_leaves_a_resolved_conversation_closed(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    await do(bots, row.id, SetState(state=ConversationState.resolved), SendReply(texts={"en": "Thank you."}))
    assert (await bots.place.conversation(row.id)).state is ConversationState.resolved


async def test_a_macros_answer_is_the_agents_own(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    await do(bots, row.id, SendReply(texts={"en": "I look into it."}), by=bots.place.ann)
    sent = (await bots.place.hub.thread(row.id))[-1]
    assert (sent.author_kind, sent.author_id) == (AuthorKind.agent, bots.place.ann.id)
    assert (await lock(bots, row.id)) is Speaker.human


async def test_a_saved_reply_is_sent_and_counted(bots: BotHub) -> None:
    row, key = await bots.place.customer_writes(), SavedReplyId(new_id())
    now = bots.place.hub.clock.now()
    async with bots.place.hub.storage.begin() as uow:
        reply = SavedReply(id=key, name="Hi", texts={"en": "Hi there"}, created_at=now, updated_at=now)
        await saved_replies.create(uow, reply)
    await do(bots, row.id, SendSavedReply(saved_reply_id=key))
    assert (await bots.place.hub.thread(row.id))[-1].text == "Hi there"
    async with bots.place.hub.storage.read() as uow:
        assert (await saved_replies.get(uow, key)).used == 1


async def test_notes_and_notifications_are_in_the_thread_for_colleagues_alone(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    await do(
        bots,
        row.id,
        WriteNote(text="{{ contact.name }} waits"),
        Notify(user_ids=(bots.place.ann.id,), text="Please look"),
    )
    note, told = (await bots.place.hub.thread(row.id))[-2:]
    assert (note.kind.value, note.direction.value, note.text) == ("note", "internal", "Ann waits")
    assert (told.data["event"], told.data["to"], told.data["text"]) == (
        "notified",
        [str(bots.place.ann.id)],
        "Please look",
    )


async def test_one_webhook_is_told_and_no_other(bots: BotHub) -> None:
    row, key, now = await bots.place.customer_writes(), new_id(), bots.place.hub.clock.now()
    async with bots.place.hub.storage.begin() as uow:
        await hooks.create(uow, id=key, url="https://example.com/in", by=None, now=now)
        await hooks.create(uow, id=new_id(), url="https://example.com/other", by=None, now=now)
    assert [one.problem for one in await do(bots, row.id, CallHook(hook_id=key))] == [""]
    async with bots.place.hub.storage.begin() as uow:
        (queued,) = await uow.hooks.claim(now, 10)
    assert queued.hook_id == key
    assert b'"rule_name":"Late ones"' in queued.body


async def test_a_bot_is_begun_and_stopped(bots: BotHub) -> None:
    flow = await bots.flow(message("hello", "ask"), question("ask"))
    row = await bots.place.customer_writes()
    await do(bots, row.id, StartBot(flow_id=flow))
    assert (await lock(bots, row.id)) is Speaker.bot
    (refused,) = await do(bots, row.id, SendReply(texts={"en": "We are closed."}))
    assert "A bot speaks here" in refused.problem
    await do(bots, row.id, StopBot())
    assert (await lock(bots, row.id)) is Speaker.human


async def test_what_cannot_be_done_is_said_and_the_rest_is_done(bots: BotHub) -> None:
    row = await bots.place.customer_writes()
    gone = UserId(UUID(int=1))
    first, flow, last = await do(
        bots, row.id, Assign(user_id=gone), StartBot(flow_id=FlowId(UUID(int=2))), Tag(add=("late",))
    )
    assert "does not work here" in first.problem
    assert "not published" in flow.problem
    assert (last.problem, (await bots.place.conversation(row.id)).tags) == ("", ("late",))
    assert (await lock(bots, row.id)) is Speaker.nobody


async def test_actions_that_name_what_is_not_there_are_not_kept(bots: BotHub) -> None:
    async with bots.place.hub.storage.read() as uow:
        with pytest.raises(Invalid, match="Action 2: somebody named does not work here"):
            await checked(uow, [StopBot(), Assign(user_id=UserId(UUID(int=1)))])
        with pytest.raises(Invalid, match=r"contact\.nmae"):
            await checked(uow, [SendReply(texts={"en": "Hi {{ contact.nmae }}"})])
        assert await checked(uow, [Tag(add=(" late ", "LATE"))]) == (Tag(add=("late",)),)


def test_actions_are_read_back_as_they_were_written() -> None:
    actions = (Tag(add=("late",)), SetState(state=ConversationState.snoozed, minutes=5), SendReply(texts={"en": "Hi"}))
    assert read_actions(json_of(actions)) == actions
    assert "oneOf" in str(json_schema())


@pytest.mark.parametrize("value", [[{"do": "explode"}], [{"do": "tag", "ad": ["x"]}], [{"do": "assign"}], "tag", [1]])
def test_what_is_no_action_is_refused_in_words(value: object) -> None:
    with pytest.raises(Invalid, match="do not fit"):
        read_actions(value)


async def lock(bots: BotHub, key: ConversationId) -> Speaker:
    async with bots.place.hub.storage.read() as uow:
        return (await uow.speakers.get(key)).speaker
