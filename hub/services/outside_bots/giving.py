"""Gives a conversation to a bot outside by hand."""

from datetime import datetime

from hub.domain.botflow.speaking import Speaker
from hub.domain.errors import Conflict
from hub.domain.ids import ConversationId, UserId
from hub.domain.outside_bots import BotEvent, BotEventKind, OutsideBotId, speaker_name
from hub.ports import UnitOfWork
from hub.services import conversations, noting
from hub.services.outgoing import conversation_of
from hub.services.outside_bots.keeping import get
from hub.services.outside_bots.telling import queue


async def give(
    uow: UnitOfWork, bot_id: OutsideBotId, conversation_id: ConversationId, *, by: UserId | None, now: datetime
) -> BotEvent:
    """Let a bot speak from now on, and tell it. Raises NotFound, and Conflict if a bot speaks or this one is off."""
    bot = await get(uow, bot_id)
    if not bot.active:
        raise Conflict("This bot is switched off. An admin can switch it on in the settings.")
    conversation = await conversation_of(uow, conversation_id)
    if (await uow.speakers.get(conversation_id)).speaker is Speaker.bot:
        raise Conflict("A bot speaks here already.")
    lock = await uow.speakers.give(conversation_id, Speaker.bot, bot=speaker_name(bot_id), by=by, at=now)
    data: dict[str, object] = {"event": "bot_started", "bot": lock.bot}
    await conversations.record(uow, conversation, data, by=by, now=now)
    said = await uow.bots.last_said(conversation_id)
    event = await queue(uow, bot, lock, said, now, BotEventKind.given)
    uow.note(noting.conversation_changed(conversation_id))
    if event is None:
        raise Conflict("The bot could not be told. Try again.")
    return event
