"""Conversations, interactions and their files, waits, and the pages that show them."""

import pytest

from hub.domain.errors import Conflict
from hub.domain.ids import ExternalId
from hub.domain.interaction import AttachmentState, ContentKind, Direction, InteractionKind
from hub.domain.views import ConversationFilter
from hub.domain.waiting import Clock, WaitEnd
from hub.ports import Flush, IngestKeys
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, later


async def test_a_conversation_comes_back_as_it_was_stored(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow, tags=("vip", "zwrot"), subject="Zażółć", group=True)
        wait = make.wait(episode=2, started_at=later(hours=1), first=True, reopened=True)
        clock = Clock(episode=2, waits_in_episode=1, last=(later(hours=1), wait.id), open=wait, outreach=True)
        changed = make.renewed(thread.conversation, clock=clock, last_at=later(hours=1))
        await uow.conversations.update(changed)
    async with storage.begin() as uow:
        assert await uow.conversations.get(thread.conversation.id) == changed
        assert await uow.conversations.latest(thread.channel.id, changed.thread) == changed
    row = (await storage.queries.conversation_rows([changed.id], viewer=None))[0]
    assert row.waiting_since == later(hours=1)
    assert (row.contact_name, row.tags, row.address) == (thread.contact.name, ("vip", "zwrot"), thread.point.received)


async def test_a_batch_is_written_and_found_again(storage: SqlStorage) -> None:
    channel = make.channel()
    async with storage.begin() as uow:
        await uow.channels.add(channel, {}, ())
    who = make.contact(name="Łódź Kowalski")
    address = make.point(who, namespace="phone", address="+48123456789", received="0048 123 456 789")
    talk = make.conversation(channel, address)
    entries = [make.message(talk, occurred_at=later(minutes=n), text=f"배송 {n}") for n in range(5)]
    key = (channel.id, ExternalId("unknown"))
    async with storage.begin() as uow:
        keys = IngestKeys(
            points=frozenset({("phone", "+48123456789")}),
            messages=frozenset({(channel.id, e.external_id) for e in entries if e.external_id} | {key}),
            threads=frozenset({(channel.id, talk.thread)}),
        )
        known = await uow.ingest.load(keys)
        assert not known.points
        assert not known.messages
        assert not known.latest
        wait = make.wait(episode=1, started_at=NOW, first=True)
        await uow.ingest.save(
            Flush(
                new_contacts=[who],
                new_points=[address],
                new_conversations=[talk],
                new_interactions=entries,
                digests={entries[0].id: "abc"},
                new_attachments=[make.attachment(entries[0], name="zdjęcie.png")],
                waits={wait.id: (talk.id, wait)},
                base_subjects={talk.id: "order"},
            )
        )
    async with storage.begin() as uow:
        known = await uow.ingest.load(keys)
        assert known.points == {("phone", "+48123456789"): address}
        assert known.contacts == {who.id: who}
        assert {m.interaction.id for m in known.messages.values()} == {e.id for e in entries}
        assert known.messages[channel.id, entries[0].external_id].digest == "abc"  # type: ignore[index]  # it has one
        assert known.latest == {(channel.id, talk.thread): talk.id}
        assert known.conversations == {talk.id: talk}
        found = await uow.ingest.load(IngestKeys(subjects=frozenset({(channel.id, "order")})))
        assert found.by_subject == {(channel.id, "order"): (talk.id,)}
    page = await storage.queries.thread(talk.id, before=None, limit=3)
    assert [v.text for v in page.items] == ["배송 2", "배송 3", "배송 4"]
    older = await storage.queries.thread(talk.id, before=page.next, limit=3)
    assert [v.text for v in older.items] == ["배송 0", "배송 1"]
    assert older.next is None
    assert older.items[0].attachments[0].name == "zdjęcie.png"
    hits = await storage.queries.search("배송", cursor=None, limit=10)
    assert len(hits.items) == 5
    assert len((await storage.queries.search("lodz kow", cursor=None, limit=10)).items) == 5
    assert len((await storage.queries.search("ZDJĘ", cursor=None, limit=10)).items) == 1
    listed = await storage.queries.contacts("6789", cursor=None, limit=10)
    assert [c.id for c in listed.items] == [who.id]
    view = await storage.queries.contact(who.id)
    assert view is not None
    assert (view.inbound, view.outbound) == (5, 0)
    timeline = await storage.queries.timeline(who.id, before=None, limit=2)
    assert [v.text for v in timeline.items] == ["배송 3", "배송 4"]


async def test_a_quote_of_a_message_without_words_says_what_it_was(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        plan = make.message(thread.conversation, text="")
        place = make.message(thread.conversation, text="", content=ContentKind.location, data={"name": "Old Town"})
        gone = make.message(thread.conversation, text="Never mind", deleted_at=NOW)
        quoted = (plan, place, gone)
        answers = [
            make.message(thread.conversation, occurred_at=later(minutes=n), reply_to_id=one.id)
            for n, one in enumerate(quoted, start=1)
        ]
        for entry in (*quoted, *answers):
            await uow.timeline.add(entry)
        await uow.timeline.add_attachment(make.attachment(plan, name="plan.pdf", media_type="application/pdf"))
    page = await storage.queries.thread(thread.conversation.id, before=None, limit=10)
    shown = {view.id: view.reply_to.preview for view in page.items if view.reply_to is not None}
    assert [shown[one.id] for one in answers] == ["📎 plan.pdf", "📍 Old Town", "🗑"]


async def test_the_same_message_twice_is_a_conflict(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        first = make.message(thread.conversation, external_id=ExternalId("m1"))
        await uow.timeline.add(first)
        with pytest.raises(Conflict):
            await uow.timeline.add(make.message(thread.conversation, external_id=ExternalId("m1")))
        assert await uow.timeline.get(first.id) == first
    with pytest.raises(Conflict):
        async with storage.begin() as uow:
            await uow.ingest.save(
                Flush(new_interactions=[make.message(thread.conversation, external_id=ExternalId("m1"))])
            )


async def test_inbox(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
    page = await storage.queries.conversations(ConversationFilter(), viewer=None, cursor=None, limit=10)
    assert [row.id for row in page.items] == [thread.conversation.id]
    counts = await storage.queries.counts(viewer=None)
    assert (counts.all, counts.unassigned, counts.mine) == (1, 1, 0)


async def test_visitor_feed(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        one = make.message(thread.conversation)
        two = make.reply(thread.conversation, occurred_at=later(minutes=1))
        note = make.message(
            thread.conversation, kind=InteractionKind.note, direction=Direction.internal, external_id=None
        )
        for entry in (one, two, note):
            await uow.timeline.add(entry)
        send = make.delivery(two)
        await uow.outbox.add(send, make.happened())
    feed = await storage.queries.visitor_feed(thread.channel.id, thread.conversation.thread, after=0, limit=10)
    assert [m.id for m in feed] == [one.id, two.id]
    last = feed[-1].seq
    assert await storage.queries.visitor_feed(thread.channel.id, thread.conversation.thread, after=last, limit=9) == []
    async with storage.begin() as uow:
        claimed = await uow.outbox.claim(NOW, 10, channels=[thread.channel.id])
        assert [c.delivery.id for c in claimed] == [send.id]
        assert claimed[0].interaction == two
        assert claimed[0].conversation.id == thread.conversation.id
    feed = await storage.queries.visitor_feed(thread.channel.id, thread.conversation.thread, after=last, limit=9)
    assert [m.id for m in feed] == [two.id]


async def test_waits_are_written_by_id(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        one = make.wait(episode=1, started_at=NOW, first=True)
        two = make.wait(episode=1, started_at=later(hours=1), first=False)
        await uow.timeline.save_waits(thread.conversation.id, [one, two], replace=False)
        ended = make.renewed(one, ended_at=later(minutes=5), ended_by=WaitEnd.reply)
        await uow.timeline.save_waits(thread.conversation.id, [ended], replace=True)
    waits = (await storage.queries.waits(conversation_id=None, channel_id=None, cursor=None, limit=5)).items
    assert [(w.id, w.seconds, w.ended_by) for w in waits] == [(one.id, 300.0, "reply")]


async def test_pending_files(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        entry = make.message(thread.conversation)
        await uow.timeline.add(entry)
        file = make.attachment(entry, state=AttachmentState.pending, source=ExternalId("f1"))
        await uow.timeline.add_attachment(file)
        assert [a.id for a, _ in await uow.timeline.pending_attachments(10)] == [file.id]
        await uow.timeline.retry_attachment(file.id, attempts=1, next_at=later(minutes=1))
        assert await uow.timeline.pending_attachments(10) == []
