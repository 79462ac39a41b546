"""The work around a conversation changes visibly, once, and the waits follow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.domain.conversation import ConversationState, Priority
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ConversationId, TeamId, UserId
from hub.domain.views import Draft
from hub.services import conversations, users
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.scripted import says
from tests.services.workplace import Workplace


async def change(place: Workplace, conversation_id: ConversationId, **edit: object) -> None:
    async with place.hub.storage.begin() as uow:
        wanted = Edit(**edit)  # type: ignore[arg-type]  # a builder: the test says what changes
        await conversations.change(uow, conversation_id, wanted, by=place.ann.id, now=place.hub.clock.now())


async def test_resolving_ends_the_wait_without_a_reply_and_is_seen_in_the_thread(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(minutes=30)
    await change(place, row.id, state=ConversationState.resolved)
    await change(place, row.id, state=ConversationState.resolved)
    found = await place.conversation(row.id)
    (wait,) = (
        await place.hub.storage.queries.waits(conversation_id=row.id, channel_id=None, cursor=None, limit=9)
    ).items
    event = (await place.hub.thread(row.id))[-1]
    assert (found.state, found.resolved_at) == (ConversationState.resolved, place.hub.clock.now())
    assert (wait.ended_by, wait.seconds) == ("closed", 1800)
    assert await place.events(row.id) == ["resolved"]
    assert (event.author_name, event.data["by"]) == ("Ann", str(place.ann.id))


async def test_a_snooze_wakes_by_the_clock_and_by_the_customer(place: Workplace) -> None:
    row = await place.customer_writes()
    until = place.hub.clock.now() + timedelta(hours=1)
    await change(place, row.id, state=ConversationState.snoozed, snoozed_until=until)
    assert await conversations.wake_due(place.hub.storage, until - timedelta(seconds=1)) == 0
    assert await conversations.wake_due(place.hub.storage, until) == 1
    assert (await place.conversation(row.id)).state is ConversationState.open
    place.hub.clock.forward(hours=2)
    await change(place, row.id, state=ConversationState.snoozed)
    assert (await place.conversation(row.id)).snoozed_until is None
    await place.hub.hears(says("again", at=place.hub.clock.now()))
    assert (await place.conversation(row.id)).state is ConversationState.open
    assert await place.events(row.id) == ["snoozed", "woken", "snoozed"]


async def test_a_snooze_needs_a_time_to_come(place: Workplace) -> None:
    row = await place.customer_writes()
    with pytest.raises(Invalid, match="has passed already"):
        await change(place, row.id, state=ConversationState.snoozed, snoozed_until=place.hub.clock.now())
    later = place.hub.clock.now() + timedelta(hours=1)
    with pytest.raises(Invalid, match="only a snoozed conversation"):
        await change(place, row.id, state=ConversationState.open, snoozed_until=later)


async def test_who_does_it_and_how_urgent_it_is_are_seen_in_the_thread(place: Workplace) -> None:
    row = await place.customer_writes()
    bob = await place.user("Bob")
    async with place.hub.storage.begin() as uow:
        team = await users.save_team(uow, id=TeamId(new_id()), name="Sales", member_ids=[bob.id])
    await change(
        place, row.id, assignee_id=bob.id, team_id=team.id, priority=Priority.urgent, tags=(" VIP ", "vip", "b  c")
    )
    await change(place, row.id, assignee_id=None, subject="  New \n subject ")
    found = await place.conversation(row.id)
    entries = [entry.data for entry in await place.hub.thread(row.id)][1:]
    assert (found.assignee_id, found.team_id, found.priority) == (None, team.id, Priority.urgent)
    assert (found.tags, found.subject) == (("VIP", "b c"), "New subject")
    assert [(e["event"], e.get("to_name", e.get("to"))) for e in entries] == [
        ("assigned", "Bob"),
        ("team_assigned", "Sales"),
        ("priority", "urgent"),
        ("tagged", None),
        ("assigned", ""),
    ]


async def test_work_goes_to_nobody_who_is_gone(place: Workplace) -> None:
    row = await place.customer_writes()
    bob = await place.user("Bob")
    async with place.hub.storage.begin() as uow:
        await uow.users.update(replace(bob, active=False))
    for nobody in (bob.id, UserId(new_id())):
        with pytest.raises(Invalid, match="does not work here"):
            await change(place, row.id, assignee_id=nobody)
    with pytest.raises(Invalid, match="no such team"):
        await change(place, row.id, team_id=TeamId(new_id()))
    with pytest.raises(Invalid, match="too long"):
        await change(place, row.id, tags=("x" * 51,))
    with pytest.raises(NotFound):
        await change(place, ConversationId(new_id()), priority=Priority.low)


async def test_spam_was_no_wait(place: Workplace) -> None:
    row = await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        await conversations.mark_spam(uow, row.id, by=place.ann.id, now=place.hub.clock.now())
    (wait,) = (
        await place.hub.storage.queries.waits(conversation_id=row.id, channel_id=None, cursor=None, limit=9)
    ).items
    assert wait.ended_by == "void"
    assert (await place.conversation(row.id)).state is ConversationState.resolved


async def test_a_hint_is_accepted_or_dismissed(place: Workplace) -> None:
    one = await place.customer_writes()
    await place.hub.hears(says("other", by="bob", at=place.hub.clock.now()))
    other = next(row for row in await place.hub.conversations() if row.id != one.id)
    async with place.hub.storage.begin() as uow:
        hinted = replace(await place.conversation(one.id), related_id=other.id, related_reason="Same subject.")
        await uow.conversations.update(hinted)
    async with place.hub.storage.begin() as uow:
        accepted = await conversations.accept_related(uow, one.id, by=place.ann.id, now=place.hub.clock.now())
        dismissed = await conversations.dismiss_related(uow, one.id, by=place.ann.id, now=place.hub.clock.now())
        with pytest.raises(Invalid):
            await conversations.accept_related(uow, one.id, by=place.ann.id, now=place.hub.clock.now())
    assert (accepted.related_id, accepted.related_reason) == (other.id, "")
    assert dismissed.related_id is None
    assert await place.events(one.id) == ["related_accepted", "related_dismissed"]


async def test_a_draft_is_kept_until_it_is_empty(place: Workplace) -> None:
    row = await place.customer_writes()
    draft = Draft(conversation_id=row.id, user_id=place.ann.id, text="We", updated_at=place.hub.clock.now())
    async with place.hub.storage.begin() as uow:
        await conversations.save_draft(uow, draft)
    kept = await place.hub.storage.queries.draft(row.id, place.ann.id)
    async with place.hub.storage.begin() as uow:
        await conversations.save_draft(uow, replace(draft, text=" "))
    assert kept is not None
    assert kept.text == "We"
    assert await place.hub.storage.queries.draft(row.id, place.ann.id) is None
