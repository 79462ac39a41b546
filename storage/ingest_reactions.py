"""Ingest's reactions: what people said about messages' emojis, by message, and reactions by their own ids."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from hub.domain.ids import ChannelId, ConversationId, ExternalId, InteractionId
from hub.ports import Flush, IngestKeys, Known
from storage import records, tables
from storage.effects import Effects
from storage.engine import Session, chunked

_CHUNK = 5_000
_r, _n, _i = tables.reactions, tables.reaction_ids, tables.interactions


async def load_reactions(session: Session, known: Known, keys: IngestKeys) -> None:
    """Read what the keys need of reactions; the messages are there already. Most batches need nothing."""
    await _ids(session, known, keys.withdrawn)
    messages = {known.messages[key].interaction.id for key in keys.reacted & known.messages.keys()}
    await _marks(session, known, messages | {told.interaction_id for told, _ in known.reaction_ids.values()})


async def save_reactions(session: Session, effects: Effects, flush: Flush) -> None:
    """Write what was said about emojis, and the ids reactions came with."""
    await session.upsert(
        _r,
        [records.reaction.row(mark) for mark in flush.marks.values()],
        keys=("interaction_id", "contact_point_id", "emoji"),
    )
    await session.upsert(
        _n, [records.reaction_id.row(told) for told in flush.new_reaction_ids], keys=("channel_id", "external_id")
    )
    for message in {message for message, _, _ in flush.marks}:
        effects.touch(message)


async def _ids(session: Session, known: Known, keys: Collection[tuple[ChannelId, ExternalId]]) -> None:
    for channel_id in {channel_id for channel_id, _ in keys}:
        for chunk in chunked((key[1] for key in keys if key[0] == channel_id), _CHUNK):
            rows = await session.rows(
                sa.select(*records.reaction_id.columns, _i.c.conversation_id)
                .join(_i, _i.c.id == _n.c.interaction_id)
                .where(_n.c.channel_id == channel_id, _n.c.external_id.in_(chunk))
            )
            for row in rows:
                told = records.reaction_id.load(row)
                known.reaction_ids[channel_id, told.external_id] = (told, ConversationId(row[-1]))


async def _marks(session: Session, known: Known, messages: Iterable[InteractionId]) -> None:
    for chunk in chunked(messages, _CHUNK):
        for row in await session.rows(records.reaction.select().where(_r.c.interaction_id.in_(chunk))):
            mark = records.reaction.load(row)
            known.marks.setdefault((mark.interaction_id, mark.contact_point_id), {})[mark.emoji] = mark
