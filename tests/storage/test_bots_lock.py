"""The lock of who speaks: taken by humans' words and by calls they pick up, left open by bots that go by themselves."""

import pytest

from hub.domain.botflow.speaking import Lock, Overtaken, Speaker
from hub.domain.delivery import DeliveryState
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.ports import Flush, UnitOfWork
from hub.ports.bots import Spoken
from storage.database import SqlStorage
from tests.storage import builders as make


async def speaking(uow: UnitOfWork) -> tuple[make.Thread, Lock]:
    """Store a conversation in which a bot speaks."""
    thread = await make.begin_thread(uow)
    lock = await uow.speakers.give(thread.conversation.id, Speaker.bot, bot="flow:1", by=None, at=make.NOW)
    return thread, lock


async def queue(uow: UnitOfWork, thread: make.Thread, turn: int) -> Spoken:
    """Have the bot say something."""
    entry = make.reply(thread.conversation, author_kind=AuthorKind.bot)
    spoken = Spoken(interaction=entry, delivery=make.delivery(entry), turn=turn)
    await uow.bots.say([spoken], {})
    return spoken


async def test_a_conversation_nobody_took_is_nobodys(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        assert (await uow.speakers.get(thread.conversation.id)).speaker is Speaker.nobody
        with pytest.raises(Overtaken):
            await uow.speakers.check(thread.conversation.id, 1)


async def test_a_bots_message_is_refused_out_of_its_turn(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread, lock = await speaking(uow)
        entry = make.reply(thread.conversation, author_kind=AuthorKind.bot)
        await uow.timeline.add(entry)
        with pytest.raises(Overtaken):
            await uow.outbox.add(make.delivery(entry), make.happened(), turn=lock.turn + 1)
        await uow.outbox.add(make.delivery(entry), make.happened(), turn=lock.turn)


async def test_last_words_of_a_bot_that_goes_by_itself_are_sent_unless_a_human_is_quicker(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        gone, overtaken = await speaking(uow), await speaking(uow)
        said = [await queue(uow, thread, lock.turn) for thread, lock in (gone, overtaken)]
        for thread, _ in (gone, overtaken):
            await uow.speakers.give(thread.conversation.id, Speaker.human, by=None, at=make.NOW, leaves=True)
        await uow.ingest.save(Flush(new_interactions=[make.reply(overtaken[0].conversation)]))
        states = [(await uow.outbox.get(one.delivery.id)) for one in said]
        assert [(one.state, one.code) for one in states if one] == [
            (DeliveryState.queued, ""),
            (DeliveryState.failed, "overtaken"),
        ]
        due = await uow.outbox.claim(make.NOW, 5, channels=[gone[0].channel.id, overtaken[0].channel.id])
        assert [one.delivery.id for one in due] == [said[0].delivery.id]


async def test_what_was_said_before_a_new_run_still_goes_out(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread, lock = await speaking(uow)
        said = await queue(uow, thread, lock.turn)
        await uow.speakers.give(thread.conversation.id, Speaker.nobody, by=None, at=make.NOW, leaves=True)
        again = await uow.speakers.give(thread.conversation.id, Speaker.bot, bot="flow:2", by=None, at=make.NOW)
        assert again.turn == lock.turn + 1
        due = await uow.outbox.claim(make.NOW, 5, channels=[thread.channel.id])
        assert [one.delivery.id for one in due] == [said.delivery.id]


@pytest.mark.parametrize(("data", "speaker"), [({"answered_at": "2026-11-20T09:00:00Z"}, "human"), ({}, "bot")])
async def test_a_call_that_was_picked_up_takes_the_persons_chats(
    storage: SqlStorage, data: dict[str, object], speaker: str
) -> None:
    async with storage.begin() as uow:
        chat, _ = await speaking(uow)
        other, _ = await speaking(uow)
        phone = make.point(chat.contact, namespace="phone")
        await uow.contacts.add_point(phone)
        line = make.channel(connector="twilio_voice")
        await uow.channels.add(line, {}, ())
        talk = make.conversation(line, phone)
        await uow.conversations.add(talk, ())
        call = make.message(talk, kind=InteractionKind.call, direction=Direction.inbound, data=data)
        await uow.ingest.save(Flush(new_interactions=[call]))
        locks = await uow.speakers.some([chat.conversation.id, other.conversation.id])
        assert locks[chat.conversation.id].speaker.value == speaker
        assert locks[other.conversation.id].speaker is Speaker.bot
