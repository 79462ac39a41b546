"""Who speaks, by hand: a person, or a call somebody picked up, takes a conversation from its bot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.domain.botflow.records import BotRun
from hub.domain.botflow.speaking import Lock, Speaker
from hub.domain.ids import ConversationId, UserId
from hub.ports import UnitOfWork
from hub.services import conversations
from hub.services.outgoing import conversation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who speaks in a conversation, and the newest run of a bot there."""

    lock: Lock
    run: BotRun | None


async def state(uow: UnitOfWork, conversation_id: ConversationId) -> Speaking:
    """Return who speaks. Raises NotFound."""
    await conversation_of(uow, conversation_id)
    return Speaking(lock=await uow.speakers.get(conversation_id), run=await uow.bots.run_of(conversation_id))


async def take_over(
    uow: UnitOfWork,
    conversation_id: ConversationId,
    *,
    by: UserId | None,
    now: datetime,
    origin: Mapping[str, object] | None = None,
) -> Speaking:
    """Give a conversation to humans at once: the bot says nothing more, not even what it has queued.

    A picked-up call does the same. Taking what is a human's already changes nothing. Raises NotFound.
    """
    conversation = await conversation_of(uow, conversation_id)
    lock = await uow.speakers.get(conversation_id)
    if lock.speaker is not Speaker.human:
        await uow.speakers.give(conversation_id, Speaker.human, by=by, at=now)
        data: dict[str, object] = {"event": "bot_stopped", "bot": lock.bot, **(origin or {})}
        await conversations.record(uow, conversation, data, by=by, now=now)
    return await state(uow, conversation_id)
