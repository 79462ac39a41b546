"""What a bot outside is told, and what becomes of it: queued with the turn, acknowledged, answered, or a human's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hub.domain.botflow.effects import HandOver, Reason
from hub.domain.botflow.records import Wake
from hub.domain.botflow.speaking import Lock, Speaker
from hub.domain.errors import NotFound
from hub.domain.ids import ConversationId, InteractionId
from hub.domain.outside_bots import (
    OWED,
    BotEvent,
    BotEventId,
    BotEventKind,
    BotEventState,
    OutsideBot,
    bot_id_of,
    speaker_name,
)
from hub.ports import Storage, UnitOfWork
from hub.services import noting
from hub.services.bots import handing
from hub.services.bots.talking import Talking
from hub.services.ids import new_id


async def tell(uow: UnitOfWork, talking: Talking, wakes: Sequence[Wake]) -> bool:
    """Tell the outside bot that has the floor what the customer said; a bot that is gone hands over at once.

    Called in the turn's own transaction (`hub.services.bots.turns`). Returns False where no outside bot speaks.
    """
    bot_id = bot_id_of(talking.lock.bot) if talking.lock.speaker is Speaker.bot else None
    if bot_id is None:
        return False
    bot = await uow.outside_bots.get(bot_id)
    if bot is None or not bot.active:
        talking.hand = HandOver(reason=Reason.outage, words="The bot outside is switched off or was deleted.")
        return True
    for wake in wakes:
        await queue(uow, bot, talking.lock, wake.interaction_id, talking.now)
    uow.note(noting.conversation_changed(talking.conversation.id))
    return True


async def queue(
    uow: UnitOfWork,
    bot: OutsideBot,
    lock: Lock,
    interaction_id: InteractionId | None,
    now: datetime,
    kind: BotEventKind = BotEventKind.message,
) -> BotEvent | None:
    """Queue an event; None if the bot is told of this message already."""
    return await uow.outside_bots.add_event(
        BotEvent(
            id=BotEventId(new_id()),
            bot_id=bot.id,
            conversation_id=lock.conversation_id,
            interaction_id=interaction_id,
            kind=kind,
            turn=lock.turn,
            state=BotEventState.queued,
            created_at=now,
            deadline=now + bot.ack_within,
            next_at=now if bot.url else None,
        )
    )


async def has_floor(uow: UnitOfWork, event: BotEvent) -> bool:
    """Tell whether the bot still speaks where it was told to."""
    lock = await uow.speakers.get(event.conversation_id)
    return lock.speaker is Speaker.bot and lock.turn == event.turn and lock.bot == speaker_name(event.bot_id)


async def acknowledge(uow: UnitOfWork, bot: OutsideBot, event_id: BotEventId, now: datetime) -> BotEvent:
    """Note that the bot has an event: it owes an answer from now on. Repeating it changes nothing. Raises NotFound."""
    event = await uow.outside_bots.event(event_id)
    if event is None or event.bot_id != bot.id:
        raise NotFound("There is no such event of this bot.")
    if event.state not in (BotEventState.queued, BotEventState.sent):
        return event
    after = replace(event, state=BotEventState.acknowledged, deadline=now + bot.answer_within, next_at=None, error="")
    await uow.outside_bots.record(after)
    return after


async def settle(uow: UnitOfWork, conversation_id: ConversationId, state: BotEventState) -> None:
    """End what a bot owes in a conversation: it did something, a human took over, or it was late."""
    for event in await uow.outside_bots.owed(conversation_id):
        await uow.outside_bots.record(replace(event, state=state, deadline=None, next_at=None))


async def open_overdue(storage: Storage, now: datetime, *, limit: int = 100) -> int:
    """Open for humans what bots did not acknowledge or answer in time; returns how many conversations."""
    async with storage.begin() as uow:
        overdue = await uow.outside_bots.overdue(now, limit)
        for conversation_id in dict.fromkeys(event.conversation_id for event in overdue):
            event = next(one for one in overdue if one.conversation_id == conversation_id)
            await give_up(uow, event, _why(event), now)
    return len({event.conversation_id for event in overdue})


async def give_up(uow: UnitOfWork, event: BotEvent, words: str, now: datetime) -> None:
    """Open an event's conversation for humans with these words as a note, unless the bot has no floor there anyway."""
    conversation = await uow.conversations.get(event.conversation_id)
    if conversation is None or not await has_floor(uow, event):
        await settle(uow, event.conversation_id, BotEventState.void)
        return
    bot = await uow.outside_bots.get(event.bot_id)
    owner = (await uow.bots.owners([conversation.contact_point_id])).get(conversation.contact_point_id)
    await handing.hand_over(
        uow,
        conversation,
        HandOver(reason=Reason.outage, words=words),
        run=None,
        flow_name=bot.name if bot is not None else "",
        contact=owner[1] if owner is not None else None,
        now=now,
    )
    await settle(uow, event.conversation_id, BotEventState.late)


def _why(event: BotEvent) -> str:
    if event.state is BotEventState.acknowledged:
        return "It acknowledged the customer's message and then did nothing."
    return f"It did not acknowledge the customer's message. {event.error}".strip()


async def body(storage: Storage, bot: OutsideBot, event: BotEvent) -> Mapping[str, object] | None:
    """Return what a bot is told: this conversation, its own contact, the message. None if they are gone."""
    rows = await storage.queries.conversation_rows([event.conversation_id], viewer=None)
    if not rows:
        return None
    row = rows[0]
    contact = await storage.queries.contact(row.contact_id)
    async with storage.read() as uow:
        channel = await uow.channels.get(row.channel_id)
    said = await storage.queries.interactions([event.interaction_id]) if event.interaction_id is not None else ()
    return {
        "event": event.kind,
        "id": event.id,
        "seq": event.seq,
        "at": event.created_at,
        "answer_by": event.deadline if event.state in OWED else None,
        "bot": {"id": bot.id, "name": bot.name},
        "conversation": {
            "id": row.id,
            "channel_id": row.channel_id,
            "channel_kind": channel.kind if channel is not None else "",
            "subject": row.subject,
            "state": row.state,
            "tags": row.tags,
        },
        "contact": {
            "id": contact.id,
            "name": contact.name,
            "company": contact.company,
            "language": contact.language,
            "source": contact.source,
            "fields": dict(contact.fields),
        }
        if contact is not None
        else None,
        "message": {
            "id": said[0].id,
            "text": said[0].text,
            "occurred_at": said[0].occurred_at,
            "content": said[0].content,
            "attachments": [
                {"id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size}
                for file in said[0].attachments
            ],
        }
        if said
        else None,
    }
