"""Reads what the waits of a page of conversations are built from, in a few statements whatever their number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.conversation import Conversation
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.wait_items import Said
from hub.domain.waiting import Episode, Wait
from hub.ports.work import Material, Told
from storage import records, tables
from storage.prepared import Prepared, among_ids, id_list
from storage.session import Session
from storage.types import load_json

w, e, v, i, d, p, c = (
    tables.waits,
    tables.episodes,
    tables.conversations,
    tables.interactions,
    tables.deliveries,
    tables.contact_points,
    tables.contacts,
)
_FIRST = UUID(int=0)
_NOTHING: Mapping[str, Any] = {}


async def read_material(session: Session, after: ConversationId | None, limit: int) -> Sequence[Material]:
    """Return the material of the next conversations by id, the conversations locked."""
    rows = await session.fetch(_TALKS, {"after": after or _FIRST, "limit": limit})
    found: list[Conversation] = [records.conversation.load(row) for row in rows]
    if not found:
        return ()
    ids = {"ids": id_list([conversation.id for conversation in found], postgres=session.postgres)}
    spoken, waited, went, shared = await session.fetch_all(
        [(_ENTRIES, ids), (_WAITS, ids), (_EPISODES, ids), (_SHARED, ids)]
    )
    entries: dict[UUID, list[Told]] = {}
    for row in spoken:
        entries.setdefault(row[0], []).append(_told(row))
    waits: dict[UUID, list[Wait]] = {}
    for row in waited:
        waits.setdefault(row[0], []).append(records.wait.load(row, 1))
    episodes: dict[UUID, list[Episode]] = {}
    for row in went:
        episodes.setdefault(row[0], []).append(records.episode.load(row, 1))
    elsewhere = await _elsewhere(session, [row[0] for row in shared], entries)
    return [
        Material(
            conversation=conversation,
            entries=entries.get(conversation.id, ()),
            waits=waits.get(conversation.id, ()),
            episodes=episodes.get(conversation.id, ()),
            elsewhere=elsewhere.get(conversation.id, ()),
        )
        for conversation in found
    ]


async def _elsewhere(
    session: Session, ids: Sequence[UUID], entries: Mapping[UUID, Sequence[Told]]
) -> Mapping[UUID, Sequence[Told]]:
    """Return what agents said to the contacts of these conversations in others, since the first entry of any."""
    times: list[datetime] = [told.entry.occurred_at for key in ids for told in entries.get(key, ())]
    if not times:
        return {}
    found: dict[UUID, list[Told]] = {}
    asked = {"ids": id_list(ids, postgres=session.postgres), "since": min(times)}
    for row in await session.fetch(_ELSEWHERE, asked):
        found.setdefault(row[0], []).append(_told(row))
    return found


def _told(row: Sequence[Any]) -> Told:
    entry = Said._make((*row[1:9], load_json(row[9]) if row[9] else _NOTHING))
    return Told(entry, row[10], row[11])


def _words(*words: Any) -> list[sa.ColumnElement[str]]:
    return [sa.literal_column(f"'{word.value}'") for word in words]


def _is(column: Any, *words: Any) -> sa.ColumnElement[bool]:
    return sa.type_coerce(column, sa.String).in_(_words(*words))


_TELLING = _is(i.c.kind, InteractionKind.event, InteractionKind.call)
"""Entries whose data says what they mean for waits."""
_COLUMNS = (
    *(i.c.id, i.c.direction, i.c.author_kind, i.c.author_id, i.c.kind, i.c.occurred_at, i.c.deleted_at, i.c.opens_wait),
    *(sa.case((_TELLING, sa.cast(i.c.data, sa.Text))), d.c.state, d.c.accepted_at),
)
_SAID = i.outerjoin(d, d.c.interaction_id == i.c.id)


def _select_talks(_postgres: bool) -> sa.Select[Any]:
    after, limit = sa.bindparam("after", type_=v.c.id.type), sa.bindparam("limit", type_=sa.Integer)
    return records.conversation.select().where(v.c.id > after).order_by(v.c.id).limit(limit).with_for_update()


def _select_entries(postgres: bool) -> sa.Select[Any]:
    matters = sa.or_(_TELLING, i.c.opens_wait, _is(i.c.direction, Direction.outbound))
    return (
        sa.select(i.c.conversation_id, *_COLUMNS)
        .select_from(_SAID)
        .where(among_ids(i.c.conversation_id, "ids", postgres=postgres), matters)
    )


def _select_waits(postgres: bool) -> sa.Select[Any]:
    ours = among_ids(w.c.conversation_id, "ids", postgres=postgres)
    return sa.select(w.c.conversation_id, *records.wait.columns).where(ours).order_by(w.c.started_at, w.c.id)


def _select_episodes(postgres: bool) -> sa.Select[Any]:
    ours = among_ids(e.c.conversation_id, "ids", postgres=postgres)
    return sa.select(e.c.conversation_id, *records.episode.columns).where(ours).order_by(e.c.number)


_own_point, _own, _member, _point, _other = p.alias(), c.alias(), c.alias(), p.alias(), v.alias("other")
_BESIDE = (
    v.join(_own_point, _own_point.c.id == v.c.contact_point_id)
    .join(_own, _own.c.id == _own_point.c.contact_id)
    .join(_member, _member.c.canonical_id == _own.c.canonical_id)
    .join(_point, _point.c.contact_id == _member.c.id)
    .join(_other, sa.and_(_other.c.contact_point_id == _point.c.id, _other.c.id != v.c.id))
)
"""Conversations, each with every other one of its contact."""


def _select_shared(postgres: bool) -> sa.Select[Any]:
    """Return a select of those conversations whose contact has others."""
    return sa.select(v.c.id).select_from(_BESIDE).where(among_ids(v.c.id, "ids", postgres=postgres)).distinct()


def _select_elsewhere(postgres: bool) -> sa.Select[Any]:
    return (
        sa.select(v.c.id, *_COLUMNS)
        .select_from(_BESIDE.join(i, i.c.conversation_id == _other.c.id).outerjoin(d, d.c.interaction_id == i.c.id))
        .where(
            among_ids(v.c.id, "ids", postgres=postgres),
            i.c.occurred_at >= sa.bindparam("since", type_=i.c.occurred_at.type),
            _is(i.c.direction, Direction.outbound),
            _is(i.c.author_kind, AuthorKind.agent),
        )
    )


_TALKS = Prepared(_select_talks)
_ENTRIES = Prepared(_select_entries)
_WAITS = Prepared(_select_waits)
_EPISODES = Prepared(_select_episodes)
_SHARED = Prepared(_select_shared)
_ELSEWHERE = Prepared(_select_elsewhere)
