"""Measures the waits of a batch before they are written, and what becomes due by them."""

from collections.abc import Mapping

from hub.domain.conversation import Conversation
from hub.domain.ids import ConversationId
from hub.domain.targets import PAUSABLE
from hub.domain.wait_fold import heard
from hub.ports import UnitOfWork
from hub.services import waits
from hub.services.ingest.batch import Batch
from hub.services.measuring import Measured, measured, resolved, state_changed


async def measure(uow: UnitOfWork, batch: Batch) -> Measured:
    """Give the batch's waits and episodes what they are measured by. What is returned is saved after the batch."""
    out = Measured()
    flush = batch.flush
    if flush.waits:
        plan = await uow.hours.plan()
        for wait_id, (conversation_id, wait) in list(flush.waits.items()):
            conversation = batch.known.conversations[conversation_id]
            if wait.ended_at is not None:
                (wait,) = heard([wait], await waits.replies_elsewhere(uow, conversation, wait))
            after, (wait,) = await measured(uow, conversation, [wait], out, plan)
            flush.waits[wait_id] = (conversation_id, wait)
            batch.put_conversation(after)
    for key, episode in list(flush.episodes.items()):
        (flush.episodes[key],) = await resolved(uow, batch.known.conversations[key[0]], [episode], out)
    return out


async def settle(uow: UnitOfWork, batch: Batch, before: Mapping[ConversationId, Conversation], out: Measured) -> None:
    """Write what is due after the batch; let time run again where a customer broke the silence."""
    await out.save(uow)
    for conversation_id, item in batch.replies:
        await waits.answered_elsewhere(uow, batch.known.conversations[conversation_id], item)
    for conversation in batch.flush.conversations.values():
        old = before.get(conversation.id)
        if old is not None and old.state in PAUSABLE and conversation.state not in PAUSABLE:
            await state_changed(uow, conversation, conversation.last_inbound_at or batch.now)
