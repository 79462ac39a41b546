"""Bots' messages, stored and queued many at once, each only in its own turn of the lock."""

from collections.abc import Mapping, Sequence

from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import Conversation
from hub.domain.delivery import DeliveryEvent
from hub.domain.ids import ConversationId
from hub.ports import Flush, Known
from hub.ports.bots import Spoken
from storage import records, tables
from storage.bots_lock import SqlSpeakers
from storage.effects import Effects
from storage.engine import Session
from storage.ingest_save import Saving
from storage.outbox import remember_ids


class SqlSpeech:
    """The part of hub.ports.bots.Bots that speaks."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def say(
        self, spoken: Sequence[Spoken], conversations: Mapping[ConversationId, tuple[Conversation, Conversation]]
    ) -> frozenset[ConversationId]:
        locks = await SqlSpeakers(self._session, self._effects).some({_where(one) for one in spoken})
        over = {
            _where(one)
            for one in spoken
            if (lock := locks.get(_where(one))) is None or lock.speaker is not Speaker.bot or lock.turn != one.turn
        }
        kept = [one for one in spoken if _where(one) not in over]
        changed = {key: pair for key, pair in conversations.items() if key not in over}
        if not kept and not changed:
            return frozenset(over)
        flush = Flush(
            new_interactions=[one.interaction for one in kept],
            new_attachments=[file for one in kept for file in one.files],
            conversations={key: after for key, (_, after) in changed.items()},
        )
        known = Known(conversations={key: before for key, (before, _) in changed.items()})
        await Saving(self._session, self._effects, known, flush).run()
        await self._queue(kept)
        return frozenset(over)

    async def _queue(self, kept: Sequence[Spoken]) -> None:
        session = self._session
        await session.insert(
            tables.deliveries,
            [
                {**records.delivery.row(one.delivery), "conversation_id": _where(one), "bot_turn": one.turn}
                for one in kept
            ],
        )
        await session.insert(
            tables.delivery_events,
            [
                {
                    "delivery_id": one.delivery.id,
                    **records.delivery_event.row(DeliveryEvent(state=one.delivery.state, at=one.delivery.created_at)),
                }
                for one in kept
            ],
        )
        await remember_ids(session, [(one.delivery, ()) for one in kept])


def _where(one: Spoken) -> ConversationId:
    return one.interaction.conversation_id
