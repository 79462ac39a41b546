"""Messages appear once, in provider-time order, whatever the provider does."""

from dataclasses import replace
from datetime import timedelta

from hub.contract import Address, InboundAttachment, MessageDeleted, MessageEdited, Reaction
from hub.domain.conversation import ConversationState
from hub.domain.ids import ExternalId
from hub.domain.interaction import AttachmentState, AuthorKind, ContentKind
from hub.domain.journal import RawState
from tests.scripted import T0, SmallHub, says

MINUTE = timedelta(minutes=1)


async def test_an_unknown_sender_becomes_a_contact_with_a_conversation(hub: SmallHub) -> None:
    await hub.hears(says("hello"))
    (row,) = await hub.conversations()
    assert (row.contact_name, row.address, row.last_preview) == ("Ann", "ann", "hello")
    assert row.waiting_since == T0


async def test_the_same_event_five_times_is_one_message(hub: SmallHub) -> None:
    body = hub.script.body(says("hello"))
    for _ in range(5):
        await hub.journal(body=body)
    await hub.read()
    assert await hub.texts() == {"ann": ["hello"]}
    (line,) = await hub.storage.queries.ledger(since=T0 - timedelta(days=1))
    assert (line.received, line.stored, line.shown, line.known, line.waiting) == (5, 5, 1, 4, 0)


async def test_a_late_message_takes_its_place_above(hub: SmallHub) -> None:
    await hub.hears(says("second", at=T0 + MINUTE))
    await hub.hears(says("first", at=T0))
    assert await hub.texts() == {"ann": ["first", "second"]}
    (row,) = await hub.conversations()
    assert (row.last_preview, row.waiting_since) == ("second", T0)


async def test_a_message_from_the_future_counts_when_it_came(hub: SmallHub) -> None:
    await hub.hears(says("soon", at=hub.clock.now() + timedelta(days=3)))
    (row,) = await hub.conversations()
    assert row.last_at == hub.clock.now()


async def test_a_bad_event_harms_no_other(hub: SmallHub) -> None:
    await hub.journal(says("before"))
    await hub.journal(body=b"gibberish")
    await hub.journal(says("after", at=T0 + MINUTE))
    await hub.read()
    assert await hub.texts() == {"ann": ["before", "after"]}
    page = await hub.storage.queries.raw_events(channel_id=None, state=RawState.unparsed, cursor=None, limit=10)
    assert [event.error for event in page.items] == ["The script has no such line."]


async def test_what_was_not_understood_is_shown_after_a_fix_and_a_replay(hub: SmallHub) -> None:
    await hub.hears(body=b"new kind")
    hub.script.meanings[b"new kind"] = (says("now understood"),)
    async with hub.storage.begin() as uow:
        assert await uow.journal.renew(channel_id=hub.channel.id) == 1
    await hub.read()
    assert await hub.texts() == {"ann": ["now understood"]}


async def test_an_unsupported_entry_is_filled_in_by_a_better_parser(hub: SmallHub) -> None:
    body = hub.script.body(says("", external_id="m1", content=ContentKind.unsupported, data={"what": "poll"}))
    await hub.hears(body=body)
    hub.script.meanings[body] = (says("Tea?", external_id="m1", content=ContentKind.poll, data={"question": "Tea?"}),)
    await hub.hears(body=body)
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    assert (entry.content, entry.text) == (ContentKind.poll, "Tea?")


async def test_an_edit_changes_the_wording_and_keeps_the_old_one(hub: SmallHub) -> None:
    await hub.hears(says("helo", external_id="m1"))
    await hub.hears(MessageEdited(external_id=ExternalId("m1"), occurred_at=T0 + MINUTE, text="hello"))
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    assert (entry.text, entry.edited_at) == ("hello", T0 + MINUTE)
    assert [revision.text for revision in await hub.storage.queries.revisions(entry.id)] == ["helo"]


async def test_an_edit_that_comes_before_its_message_is_applied_when_that_comes(hub: SmallHub) -> None:
    await hub.hears(MessageEdited(external_id=ExternalId("m1"), occurred_at=T0 + MINUTE, text="hello"))
    (line,) = await hub.storage.queries.ledger(since=T0 - timedelta(days=1))
    assert line.parked == 1
    await hub.hears(says("helo", external_id="m1"))
    assert await hub.texts() == {"ann": ["hello"]}
    (line,) = await hub.storage.queries.ledger(since=T0 - timedelta(days=1))
    assert line.parked == 0


async def test_an_edit_and_its_message_in_one_batch_in_the_wrong_order(hub: SmallHub) -> None:
    await hub.journal(MessageEdited(external_id=ExternalId("m1"), occurred_at=T0 + MINUTE, text="hello"))
    await hub.journal(says("helo", external_id="m1"))
    await hub.read()
    assert await hub.texts() == {"ann": ["hello"]}


async def test_an_older_edit_does_not_undo_a_newer_one(hub: SmallHub) -> None:
    await hub.hears(says("a", external_id="m1"))
    await hub.hears(MessageEdited(external_id=ExternalId("m1"), occurred_at=T0 + 2 * MINUTE, text="c"))
    await hub.hears(MessageEdited(external_id=ExternalId("m1"), occurred_at=T0 + MINUTE, text="b"))
    assert await hub.texts() == {"ann": ["c"]}


async def test_a_message_taken_back_leaves_no_wait(hub: SmallHub) -> None:
    await hub.hears(says("oops", external_id="m1"))
    await hub.hears(MessageDeleted(external_id=ExternalId("m1"), occurred_at=T0 + MINUTE))
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    assert entry.deleted_at == T0 + MINUTE
    assert row.waiting_since is None


async def test_reactions_replace_what_the_person_had_set(hub: SmallHub) -> None:
    ann = Address(namespace="scripted", value="ann", name="Ann")
    await hub.hears(says("hi", external_id="m1"))
    for emojis in (("👍", "🎉"), ("❤",)):
        await hub.hears(Reaction(external_id=ExternalId("m1"), sender=ann, emojis=emojis, occurred_at=T0))
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    assert [(mark.emoji, mark.names) for mark in entry.reactions] == [("❤", ("Ann",))]


async def test_a_file_inside_the_event_is_stored_at_once(hub: SmallHub) -> None:
    note = InboundAttachment(name="../notes.txt", media_type="application/octet-stream", content=b"hello there")
    await hub.hears(says("see", attachments=(note,)))
    (row,) = await hub.conversations()
    (entry,) = await hub.thread(row.id)
    (file,) = entry.attachments
    assert (file.state, file.size) == (AttachmentState.ready, 11)
    assert "/" not in file.name


async def test_a_file_at_the_provider_is_pending_until_fetched(hub: SmallHub) -> None:
    photo = InboundAttachment(name="a.jpg", media_type="image/jpeg", source=ExternalId("file-1"))
    await hub.hears(says("see", attachments=(photo,)))
    async with hub.storage.begin() as uow:
        ((pending, channel_id),) = await uow.timeline.pending_attachments(10)
    assert (pending.source, channel_id) == ("file-1", hub.channel.id)


async def test_an_answer_from_the_providers_own_app_ends_the_wait(hub: SmallHub) -> None:
    await hub.hears(says("hello"))
    echo = says("hi Ann", external_id="e1", thread="ann", author=AuthorKind.agent, at=T0 + 3 * MINUTE)
    await hub.hears(replace(echo, sender=Address(namespace="scripted", value="us"), counterpart=says("").sender))
    (row,) = await hub.conversations()
    assert row.waiting_since is None
    waits = await hub.storage.queries.waits(conversation_id=row.id, channel_id=None, cursor=None, limit=10)
    assert [(wait.seconds, wait.first, wait.ended_by) for wait in waits.items] == [(180.0, True, "reply")]


async def test_machines_open_no_wait_and_wake_nobody(hub: SmallHub) -> None:
    await hub.hears(says("I am away", author=AuthorKind.auto, opens_wait=False))
    (row,) = await hub.conversations()
    assert (row.waiting_since, row.last_author) == (None, "auto")


async def test_two_mails_that_share_a_message_id_are_both_shown(hub: SmallHub) -> None:
    await hub.hears(says("real", external_id="<1@x>", data={"digest": "a" * 64}))
    await hub.hears(says("forged", external_id="<1@x>", by="eve", data={"digest": "b" * 64}))
    await hub.hears(says("forged", external_id="<1@x>", by="eve", data={"digest": "b" * 64}))
    assert await hub.texts() == {"ann": ["real"], "eve": ["forged"]}


async def test_a_group_has_one_conversation_and_many_authors(hub: SmallHub) -> None:
    group = Address(namespace="scripted", value="-100", name="Parents")
    for by, text in (("ann", "hi"), ("bob", "hello")):
        await hub.hears(says(text, by=by, thread="-100", counterpart=group, group=True))
    (row,) = await hub.conversations()
    assert (row.contact_name, row.group) == ("Parents", True)
    assert [entry.author_name for entry in await hub.thread(row.id)] == ["Ann", "Bob"]
    assert {p.name for p in await hub.storage.queries.participants(row.id)} == {"Parents", "Ann", "Bob"}


async def test_what_reconciling_found_counts_as_recovered(hub: SmallHub) -> None:
    await hub.journal(says("lost webhook"), recovered=True)
    await hub.read()
    (line,) = await hub.storage.queries.ledger(since=T0 - timedelta(days=1))
    assert (line.shown, line.recovered) == (1, 1)


async def test_a_message_wakes_a_snoozed_conversation(hub: SmallHub) -> None:
    await hub.hears(says("one"))
    (row,) = await hub.conversations()
    async with hub.storage.begin() as uow:
        conversation = await uow.conversations.get(row.id)
        assert conversation is not None
        asleep = replace(conversation, state=ConversationState.snoozed, snoozed_until=T0 + timedelta(days=2))
        await uow.conversations.update(asleep)
    await hub.hears(says("two", at=T0 + MINUTE))
    (row,) = await hub.conversations()
    assert (row.state, row.snoozed_until) == (ConversationState.open, None)


async def test_a_mail_that_claims_the_id_of_one_of_ours_is_shown_and_ours_stays(hub: SmallHub) -> None:
    ours = says("our answer", external_id="<9@us>", thread="ann", author=AuthorKind.agent, data={"digest": "a" * 64})
    us = Address(namespace="scripted", value="us")
    await hub.hears(replace(ours, sender=us, counterpart=says("").sender))
    await hub.hears(replace(ours, sender=us, counterpart=says("").sender, data={"digest": "relayed" * 9}))
    await hub.hears(says("forged", by="eve", external_id="<9@us>", data={"digest": "b" * 64}))
    assert await hub.texts() == {"ann": ["our answer"], "eve": ["forged"]}
