"""All that bots' turns need of their conversations, read and locked in one go."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from hub.domain.botflow.records import Wake
from hub.domain.contact import Contact, ContactPoint
from hub.domain.ids import ChannelId, ConversationId, InteractionId
from hub.ports.bots import Seat
from storage import records, tables
from storage.bots_lock import LOCKS, load_lock
from storage.bots_runs import RUN, going
from storage.engine import Session
from storage.prepared import Prepared, among_ids, id_list

w, runs, i, a, c, p = (
    tables.bot_wakes,
    tables.bot_runs,
    tables.interactions,
    tables.attachments,
    tables.conversations,
    tables.contact_points,
)
own, shown = tables.contacts.alias("own"), tables.contacts
FILE_NAMES = 20

_CONVERSATIONS = Prepared(
    lambda postgres: (
        records.conversation.select()
        .where(among_ids(c.c.id, "ids", postgres=postgres))
        .order_by(c.c.id)
        .with_for_update()
    )
)
_GOING = Prepared(
    lambda postgres: (
        RUN.select()
        .where(among_ids(runs.c.conversation_id, "ids", postgres=postgres), going())
        .order_by(runs.c.conversation_id)
        .with_for_update()
    )
)
_OWNERS = Prepared(
    lambda postgres: (
        sa.select(c.c.id, *records.point.columns, *records.contact.columns)
        .select_from(
            c.join(p, p.c.id == c.c.contact_point_id)
            .join(own, own.c.id == p.c.contact_id)
            .join(shown, shown.c.id == own.c.canonical_id)
        )
        .where(among_ids(c.c.id, "ids", postgres=postgres))
    )
)
_WAKES = Prepared(
    lambda postgres: (
        sa.select(w.c.interaction_id, w.c.conversation_id, w.c.channel_id, w.c.fresh, w.c.at, i.c.text, i.c.data)
        .join(i, i.c.id == w.c.interaction_id)
        .where(among_ids(w.c.conversation_id, "ids", postgres=postgres))
        .order_by(i.c.occurred_at, w.c.at, w.c.interaction_id)
    )
)
_FILES = Prepared(
    lambda postgres: (
        sa.select(a.c.interaction_id, a.c.name)
        .join(w, w.c.interaction_id == a.c.interaction_id)
        .where(among_ids(w.c.conversation_id, "ids", postgres=postgres))
        .order_by(a.c.position)
    )
)
# The very messages that were read: nobody adds one meanwhile, for its row refers to the conversation, which is locked.
_TAKEN = Prepared(lambda postgres: sa.delete(w).where(among_ids(w.c.conversation_id, "ids", postgres=postgres)))


class SqlTable:
    """The part of hub.ports.bots.Bots with which turns begin."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def seats(self, ids: Collection[ConversationId]) -> Sequence[Seat]:
        if not ids:
            return ()
        wanted = {"ids": id_list(sorted(ids), postgres=self._session.postgres)}
        asked = (_CONVERSATIONS, LOCKS, _GOING, _OWNERS, _WAKES, _FILES, _TAKEN)
        found = await self._session.fetch_all([(prepared, wanted) for prepared in asked])
        talks = {talk.id: talk for talk in map(records.conversation.load, found[0])}
        locks = {lock.conversation_id: lock for lock in map(load_lock, found[1])}
        under_way = {run.conversation_id: run for run in map(RUN.load, found[2])}
        owners = {row[0]: _owner(row) for row in found[3]}
        wakes = _wakes(found[4], found[5])
        return [
            Seat(
                conversation=talks[key],
                point=owners[key][0],
                contact=owners[key][1],
                lock=locks.get(key),
                run=under_way.get(key),
                wakes=wakes.get(key, ()),
            )
            for key in ids
            if key in talks and key in owners
        ]


def _owner(row: Sequence[Any]) -> tuple[ContactPoint, Contact]:
    return records.point.load(row, 1), records.contact.load(row, 1 + records.point.width)


def _wakes(rows: Sequence[Sequence[Any]], named: Sequence[Sequence[Any]]) -> dict[ConversationId, list[Wake]]:
    files: dict[InteractionId, list[str]] = {}
    for interaction_id, name in named:
        files.setdefault(interaction_id, []).append(name)
    found: dict[ConversationId, list[Wake]] = {}
    for interaction_id, conversation_id, channel_id, fresh, at, text, data in rows:
        found.setdefault(ConversationId(conversation_id), []).append(
            Wake(
                interaction_id=InteractionId(interaction_id),
                conversation_id=ConversationId(conversation_id),
                channel_id=ChannelId(channel_id),
                fresh=fresh,
                at=at,
                text=_words(text, data),
                button=_button(data),
                files=tuple(files.get(interaction_id, ())[:FILE_NAMES]),
            )
        )
    return found


def _button(data: Any) -> str:
    """Return what a pressed button carried."""
    carried = (data or {}).get("data")
    return carried[:200] if isinstance(carried, str) else ""


def _words(text: str, data: Any) -> str:
    """Return what a message says; a pressed button says its label."""
    return text or str((data or {}).get("label") or "")
