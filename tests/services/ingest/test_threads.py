"""Which conversation a message joins: references, threads, subjects, and the guard against strangers."""

from dataclasses import replace
from datetime import datetime, timedelta

from hub.contract import Address, InboundMessage, ThreadReference
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId, ExternalId
from tests.scripted import T0, SmallHub, says

HOUR = timedelta(hours=1)


def mail(
    number: int,
    *,
    by: str = "ann",
    refs: tuple[str, ...] = (),
    subject: str = "invoice",
    answers: bool = False,
    **changed: object,
) -> InboundMessage:
    """A mail starts a thread of its own; only its references tie it to others."""
    reference = ThreadReference(
        message_ids=tuple(ExternalId(ref) for ref in refs), base_subject=subject, answers=answers
    )
    base = says(f"mail {number}", by=by, external_id=f"<{number}>", thread=f"<{number}>", reference=reference)
    return replace(base, subject=subject, **changed)  # type: ignore[arg-type]  # a builder: the test says what differs


async def resolve(hub: SmallHub, conversation_id: ConversationId, at: datetime) -> None:
    async with hub.storage.begin() as uow:
        conversation = await uow.conversations.get(conversation_id)
        assert conversation is not None
        await uow.conversations.update(replace(conversation, state=ConversationState.resolved, resolved_at=at))


async def test_an_answer_joins_by_its_references(hub: SmallHub) -> None:
    await hub.hears(mail(1))
    await hub.hears(mail(2, refs=("<unknown>", "<1>"), subject="something else"))
    assert list((await hub.texts()).values()) == [["mail 1", "mail 2"]]


async def test_a_stranger_who_knows_a_message_id_gets_a_conversation_of_their_own_with_a_hint(hub: SmallHub) -> None:
    await hub.hears(mail(1))
    await hub.hears(mail(2, by="eve", refs=("<1>",)))
    assert await hub.texts() == {"ann": ["mail 1"], "eve": ["mail 2"]}
    rows = {row.address: row for row in await hub.conversations()}
    assert rows["eve"].related_id == rows["ann"].id
    assert rows["eve"].related_reason


async def test_who_was_in_copy_takes_part(hub: SmallHub) -> None:
    bob = Address(namespace="scripted", value="bob")
    await hub.hears(mail(1, participants=(bob,)))
    await hub.hears(mail(2, by="bob", refs=("<1>",)))
    assert await hub.texts() == {"ann": ["mail 1", "mail 2"]}


async def test_a_reply_without_references_joins_by_subject_and_sender(hub: SmallHub) -> None:
    await hub.hears(mail(1))
    await hub.hears(mail(2, answers=True))
    assert await hub.texts() == {"ann": ["mail 1", "mail 2"]}


async def test_the_same_subject_from_somebody_else_is_no_link_at_all(hub: SmallHub) -> None:
    await hub.hears(mail(1))
    await hub.hears(mail(2, by="eve", answers=True))
    rows = {row.address: row for row in await hub.conversations()}
    assert rows["eve"].related_id is None


async def test_a_new_mail_with_an_old_subject_is_a_new_conversation(hub: SmallHub) -> None:
    await hub.hears(mail(1))
    await hub.hears(mail(2, answers=False))
    assert len(await hub.conversations()) == 2


async def test_a_message_within_the_window_reopens(hub: SmallHub) -> None:
    await hub.hears(says("one"))
    (row,) = await hub.conversations()
    await resolve(hub, row.id, T0)
    hub.clock.forward(days=3)
    await hub.hears(says("two", at=T0 + timedelta(days=3)))
    (row,) = await hub.conversations()
    assert (row.state, row.reopen_count) == (ConversationState.open, 1)


async def test_a_message_after_the_window_starts_anew_and_points_back(hub: SmallHub) -> None:
    await hub.hears(says("one"))
    (old,) = await hub.conversations()
    await resolve(hub, old.id, T0)
    hub.clock.forward(days=9)
    await hub.hears(says("two", at=T0 + timedelta(days=9)))
    new, kept = await hub.conversations()
    assert (kept.id, kept.state) == (old.id, ConversationState.resolved)
    assert (new.related_id, new.state) == (old.id, ConversationState.open)
    await hub.hears(says("three", at=T0 + timedelta(days=9) + HOUR))
    assert [entry.text for entry in await hub.thread(new.id)] == ["two", "three"]


async def test_a_thread_the_provider_names_anew_is_continued(hub: SmallHub) -> None:
    await hub.hears(says("we began by number", by="+48500100200"))
    named = says("and they answer under an id", by="PL.1", other_threads=(ExternalId("+48500100200"),))
    await hub.hears(named)
    texts = [[entry.text for entry in await hub.thread(row.id)] for row in await hub.conversations()]
    assert texts == [["we began by number", "and they answer under an id"]]
