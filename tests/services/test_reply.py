"""A reply is stored once, queued once, and shown at once; what the channel cannot carry is refused in words."""

from dataclasses import replace

import pytest

from hub.domain.channel import Capabilities
from hub.domain.conversation import ConversationState
from hub.domain.delivery import DeliveryState
from hub.domain.errors import CannotSend, Conflict, Invalid, NotFound
from hub.domain.ids import AttachmentId, ConversationId, InteractionId
from hub.domain.interaction import Direction, InteractionKind
from hub.domain.views import Draft
from hub.services import conversations, reply
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.reply import Started, Written
from tests.scripted import says
from tests.services.workplace import CAPABILITIES, Workplace, chosen


async def test_a_reply_is_queued_shown_in_the_list_and_answers_no_wait_before_it_is_sent(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(minutes=5)
    made = await place.reply(row.id, "We look into it.")
    delivery = await place.delivery(made.record)
    shown = (await place.hub.conversations())[0]
    assert made.created
    assert (delivery.state, delivery.attempt, delivery.next_at) == (DeliveryState.queued, 0, place.hub.clock.now())
    assert (shown.last_preview, shown.last_author) == ("We look into it.", "agent")
    assert shown.waiting_since is not None


async def test_the_same_reply_again_gives_the_stored_one_and_queues_nothing(place: Workplace) -> None:
    row = await place.customer_writes()
    entry_id = InteractionId(new_id())
    first = await place.reply(row.id, "Once.", id=entry_id)
    again = await place.reply(row.id, "Twice?", id=entry_id)
    assert (first.created, again.created) == (True, False)
    assert again.record.text == "Once."
    assert len(await place.claim()) == 1


async def test_an_id_of_another_conversation_is_a_conflict(place: Workplace) -> None:
    one = await place.customer_writes()
    entry_id = (await place.reply(one.id)).record.id
    await place.hub.hears(says("other", by="bob", at=place.hub.clock.now()))
    other = next(row for row in await place.hub.conversations() if row.id != one.id)
    with pytest.raises(Conflict):
        await place.reply(other.id, id=entry_id)


async def test_the_id_the_connector_chooses_is_stored_before_sending(place: Workplace) -> None:
    row = await place.customer_writes()
    made = await place.reply(row.id, new_message_id=chosen("mid"))
    assert made.record.external_id == f"mid-{made.record.id}"
    assert (await place.delivery(made.record)).external_id == made.record.external_id


async def test_a_reply_reopens_a_resolved_conversation_and_throws_its_draft_away(place: Workplace) -> None:
    row = await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        resolved = conversations.Edit(state=ConversationState.resolved)
        await conversations.change(uow, row.id, resolved, by=place.ann.id, now=place.hub.clock.now())
        draft = Draft(conversation_id=row.id, user_id=place.ann.id, text="We lo", updated_at=place.hub.clock.now())
        await conversations.save_draft(uow, draft)
    place.hub.clock.forward(minutes=1)
    await place.reply(row.id)
    assert (await place.conversation(row.id)).state is ConversationState.open
    assert await place.events(row.id) == ["resolved", "reopened"]
    assert await place.hub.storage.queries.draft(row.id, place.ann.id) is None


@pytest.mark.parametrize(("text", "words"), [(" ", "empty"), ("x" * 101, "1 characters too long")])
async def test_what_the_channel_cannot_carry_is_refused_and_nothing_is_stored(
    place: Workplace, text: str, words: str
) -> None:
    row = await place.customer_writes()
    with pytest.raises(CannotSend, match=words):
        await place.reply(row.id, text)
    assert len(await place.hub.thread(row.id)) == 1


async def test_after_the_reply_window_the_customer_has_to_write_again(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(hours=25)
    with pytest.raises(CannotSend, match="more than 24 hours ago"):
        await place.reply(row.id)


async def test_nobody_writes_to_who_cannot_be_reached_or_through_a_channel_that_is_off(place: Workplace) -> None:
    row = await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        point = await uow.contacts.point(row.contact_point_id)
        assert point is not None
        await uow.contacts.update_point(replace(point, blocked=True, blocked_reason="blocked the bot"))
    with pytest.raises(CannotSend, match="blocked the bot"):
        await place.reply(row.id)
    await place.switch(enabled=False)
    with pytest.raises(CannotSend, match="switched off"):
        await place.reply(row.id)


async def test_html_is_cleaned_and_gives_the_text_when_none_was_written(place: Workplace) -> None:
    row = await place.customer_writes()
    html = '<p onclick="x()">Hello <b>you</b><script>alert(1)</script><img src="https://evil.example/p.png"></p>'
    entry = (await place.reply(row.id, "", html=html)).record
    assert entry.html == "<p>Hello <b>you</b><img></p>"
    assert entry.text == "Hello you"
    plain = (await place.reply(row.id, "", html=html, capabilities=replace(CAPABILITIES, rich_text=False))).record
    assert (plain.html, plain.text) == ("", "Hello you")


async def test_files_go_along_in_order_and_only_once(place: Workplace) -> None:
    row = await place.customer_writes()
    one, two = await place.upload(name="1.txt"), await place.upload(name="2.txt")
    entry = (await place.reply(row.id, attachment_ids=(two.id, one.id))).record
    assert [file.name for file in (await place.entry(entry)).attachments] == ["2.txt", "1.txt"]
    with pytest.raises(Conflict, match="belongs to another message"):
        await place.reply(row.id, attachment_ids=(one.id,))


@pytest.mark.parametrize(("content", "words"), [(b"x" * 2001, "too large"), (b"%PDF-1.4 \0", "type this channel")])
async def test_files_the_channel_does_not_carry_are_refused(place: Workplace, content: bytes, words: str) -> None:
    row = await place.customer_writes()
    file = await place.upload(content, name="a")
    with pytest.raises(CannotSend, match=words):
        await place.reply(row.id, attachment_ids=(file.id,))


async def test_what_is_gone_is_said(place: Workplace) -> None:
    row = await place.customer_writes()
    with pytest.raises(NotFound):
        await place.reply(ConversationId(new_id()))
    with pytest.raises(NotFound, match="attached file is gone"):
        await place.reply(row.id, attachment_ids=(AttachmentId(new_id()),))
    with pytest.raises(Invalid, match="not part of this conversation"):
        await place.reply(row.id, reply_to_id=InteractionId(new_id()))


async def test_an_answer_to_one_message_names_it_as_the_provider_does(place: Workplace) -> None:
    row = await place.customer_writes("which one?")
    asked = (await place.hub.thread(row.id))[0]
    entry = (await place.reply(row.id, reply_to_id=asked.id)).record
    assert entry.reply_to_external == "ann:which one?"


async def test_copies_go_to_mail_addresses_only(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id, cc=("Boss@Example.com",))).record
    assert entry.data["cc"] == ["boss@example.com"]
    with pytest.raises(Invalid, match="not a mail address"):
        await place.reply(row.id, cc=("boss",))


async def test_a_note_stays_among_colleagues(place: Workplace) -> None:
    row = await place.customer_writes()
    note_id = InteractionId(new_id())
    async with place.hub.storage.begin() as uow:
        first = await reply.note(
            uow, id=note_id, conversation_id=row.id, text="VIP", by=place.ann.id, now=place.hub.clock.now()
        )
        again = await reply.note(
            uow, id=note_id, conversation_id=row.id, text="VIP", by=place.ann.id, now=place.hub.clock.now()
        )
    shown = (await place.hub.conversations())[0]
    entry = (await place.hub.thread(row.id))[-1]
    assert (first.created, again.created) == (True, False)
    assert (entry.kind, entry.direction, entry.delivery) == (InteractionKind.note, Direction.internal, None)
    assert shown.last_preview == "hello"
    assert shown.waiting_since is not None
    assert await place.claim() == []


async def start(place: Workplace, **more: object) -> Made[Started]:
    given = {"to": "new@example.com", "capabilities": CAPABILITIES, "new_message_id": lambda _d: None, **more}
    async with place.hub.storage.begin() as uow:
        return await reply.start_conversation(
            uow,
            id=given.pop("id", ConversationId(new_id())),  # type: ignore[arg-type]  # a builder: the test says what differs
            channel_id=place.hub.channel.id,
            written=given.pop("written", Written(text="Good morning")),  # type: ignore[arg-type]  # as above
            by=place.ann.id,
            now=place.hub.clock.now(),
            **given,  # type: ignore[arg-type]  # as above
        )


async def test_writing_first_makes_contact_conversation_and_message_once(place: Workplace) -> None:
    conversation_id = ConversationId(new_id())
    first = await start(place, id=conversation_id, name="New Person")
    again = await start(place, id=conversation_id)
    rows = await place.hub.conversations()
    assert (first.created, again.created) == (True, False)
    assert [(row.id, row.contact_name, row.assignee_id) for row in rows] == [
        (conversation_id, "New Person", place.ann.id)
    ]
    assert first.record.conversation.initiated_by_us
    assert len(await place.claim()) == 1


async def test_writing_first_to_somebody_we_talk_with_goes_on_in_that_conversation(place: Workplace) -> None:
    row = await place.customer_writes()
    made = await start(place, to=row.contact_point_id)
    assert made.record.conversation.id == row.id
    assert len(await place.hub.conversations()) == 1


async def test_a_mail_we_begin_starts_a_thread_of_its_own_with_its_subject(place: Workplace) -> None:
    mail = replace(CAPABILITIES, subject=True, reply_window=None)
    made = await start(
        place, capabilities=mail, new_message_id=chosen("mid"), written=Written(text="Hi", subject=" Your \n order ")
    )
    assert made.record.conversation.subject == "Your order"
    assert made.record.conversation.thread == made.record.interaction.external_id


async def test_where_the_customer_has_to_write_first_we_cannot(place: Workplace) -> None:
    with pytest.raises(CannotSend, match="customer has to write first"):
        await start(place, capabilities=Capabilities())
    assert not await place.hub.conversations()
