"""The conversation list and its counts: pages by key from narrow indexes, flat however long the history is.

Sort `waiting` is two lists after each other: those whose customer waits, longest first, then the rest, newest
first; so is `due`, with those of which something is due. Each state, and each channel where some are chosen, is read
from its own part of an index and the parts are merged, so a page costs the same with ten resolved conversations and
with ten million.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import ConversationState
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, ConversationId, UserId
from hub.domain.views import ConversationCounts, ConversationFilter, ConversationRow, Page
from storage import cursors, tables
from storage.engine import Database, Session
from storage.prepared import Prepared, among_ids, id_list

c, p, reads, speakers = tables.conversations, tables.contact_points, tables.reads, tables.speakers
owner = tables.contacts.alias("owner")
shown = tables.contacts.alias("shown")

_PLAIN = (
    "id", "channel_id", "contact_point_id", "subject", "state", "snoozed_until", "assignee_id", "team_id", "priority",
    "group", "created_at", "last_at", "last_preview", "last_author", "waiting_since", "failed", "reopen_count",
    "related_id", "related_reason", "demo", "merged_into_id", "due_at", "due_warn_at", "due_metric",
)  # fmt: skip
_WAITING, _DUE, _REST = "w", "d", "n"
_FIRST = {"waiting": (_WAITING, c.c.waiting_since), "due": (_DUE, c.c.due_at)}
"""What stands above the rest, in the order of its time; by sort."""


def _select(viewer: UserId | None) -> sa.Select[Any]:
    columns = [
        *(c.c[name] for name in _PLAIN),
        c.c.tags,
        shown.c.id.label("contact_id"),
        shown.c.name.label("contact_name"),
        tables.portraits.c.id.label("portrait_id"),
        p.c.received.label("address"),
        p.c.name.label("point_name"),
        speakers.c.speaker,
    ]
    source = c.join(p, p.c.id == c.c.contact_point_id).join(owner, owner.c.id == p.c.contact_id)
    source = source.join(shown, shown.c.id == owner.c.canonical_id)
    source = source.outerjoin(tables.portraits, tables.portraits.c.contact_point_id == p.c.id)
    source = source.outerjoin(speakers, speakers.c.conversation_id == c.c.id)
    if viewer is None:
        return sa.select(*columns, sa.false().label("unread")).select_from(source)
    source = source.outerjoin(reads, sa.and_(reads.c.user_id == viewer, reads.c.conversation_id == c.c.id))
    unread = sa.and_(
        c.c.last_inbound_at.is_not(None), sa.or_(reads.c.read_at.is_(None), c.c.last_inbound_at > reads.c.read_at)
    )
    return sa.select(*columns, unread.label("unread")).select_from(source)


FOR_NOBODY = Prepared(lambda postgres: _select(None).where(among_ids(c.c.id, "ids", postgres=postgres)))
_NAMES = tuple(str(column.key) for column in _select(None).selected_columns)


def row_for_nobody(row: Sequence[Any]) -> ConversationRow:
    """Return a row of FOR_NOBODY."""
    return _loaded(dict(zip(_NAMES, row, strict=True)))


def _load(row: Any) -> ConversationRow:
    return _loaded(dict(row._mapping))


def _loaded(values: dict[str, Any]) -> ConversationRow:
    name = values.pop("point_name")
    values["contact_name"] = values["contact_name"] or name or values["address"]
    values["speaker"] = values["speaker"] or Speaker.nobody
    values["tags"] = tuple(values["tags"])
    values["unread"] = bool(values["unread"])
    return ConversationRow(**values)


class InboxQueries:
    """Conversations as lists show them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def conversations(
        self, f: ConversationFilter, *, viewer: UserId | None, cursor: str | None, limit: int
    ) -> Page[ConversationRow]:
        part, at, last = cursors.decode(cursor, str, datetime, UUID) if cursor else (None, None, None)
        if part not in (None, _WAITING, _DUE, _REST) or f.sort not in ("waiting", "newest", "due"):
            raise Invalid("The list's sort or cursor is not one of ours.")
        sort = "due" if f.at_risk is not None else "waiting" if f.waiting and f.sort == "newest" else f.sort
        states = f.states or tuple(ConversationState)
        async with self._database.read() as session:
            base = _select(viewer).where(*_conditions(f, viewer, session))
            channels = f.channel_ids
            place = None if at is None or last is None else (at, last)
            found: list[tuple[str, ConversationRow]] = []
            if sort in _FIRST and part != _REST:
                kind, column = _FIRST[sort]
                after = place if part == kind else None
                first = await _by_time(session, base, column, states, channels, after, limit + 1)
                found += [(kind, row) for row in first]
            if len(found) <= limit and f.at_risk is None and not (f.waiting and sort == "waiting"):
                after = place if part == _REST else None
                rest = base.where(_FIRST[sort][1].is_(None)) if sort in _FIRST else base
                rows = await _newest(session, rest, states, channels, after, limit + 1 - len(found))
                found += [(_REST, row) for row in rows]
        page = found[:limit]
        more = None
        if len(found) > limit:
            kind, final = page[-1]
            times = {_WAITING: final.waiting_since, _DUE: final.due_at, _REST: final.last_at}
            more = cursors.encode(kind, times[kind], final.id)
        return Page(items=tuple(row for _, row in page), next=more)

    async def conversation_rows(
        self, ids: Collection[ConversationId], *, viewer: UserId | None
    ) -> Sequence[ConversationRow]:
        if not ids:
            return ()
        if viewer is None:
            async with self._database.glance() as session:
                wanted = {"ids": id_list(list(ids), postgres=session.postgres)}
                found = await session.fetch(FOR_NOBODY, wanted)
            return [row_for_nobody(row) for row in found]
        async with self._database.read() as session:
            rows = await session.rows(_select(viewer).where(c.c.id.in_(list(ids))))
        return [_load(row) for row in rows]

    async def mergeable(
        self, conversation_id: ConversationId, *, viewer: UserId | None, limit: int
    ) -> Sequence[ConversationRow]:
        own = c.alias()
        mine = sa.select(own.c.channel_id, own.c.contact_point_id).where(own.c.id == conversation_id)
        async with self._database.read() as session:
            found = await session.one(mine)
            if found is None:
                return ()
            rows = await session.rows(
                _select(viewer)
                .where(
                    c.c.contact_point_id == found[1],
                    c.c.channel_id == found[0],
                    c.c.id != conversation_id,
                    c.c.merged_into_id.is_(None),
                )
                .order_by(c.c.last_at.desc(), c.c.id.desc())
                .limit(limit)
            )
        return [_load(row) for row in rows]

    async def counts(self, *, viewer: UserId | None) -> ConversationCounts:
        mine = sa.func.count().filter(c.c.assignee_id == viewer) if viewer else sa.literal(0)
        async with self._database.read() as session:
            row = await session.one(
                sa.select(
                    mine,
                    sa.func.count().filter(c.c.assignee_id.is_(None)),
                    sa.func.count(),
                    sa.func.count(c.c.waiting_since),
                    sa.func.min(c.c.waiting_since),
                )
                .select_from(c)
                .where(c.c.state.in_([ConversationState.open, ConversationState.pending]))
            )
            snoozed = await session.value(
                sa.select(sa.func.count()).select_from(c).where(c.c.state == ConversationState.snoozed)
            )
        if row is None:
            raise AssertionError("an aggregate has one row")
        return ConversationCounts(
            mine=row[0], unassigned=row[1], all=row[2], waiting=row[3], oldest_wait=row[4], snoozed=snoozed
        )


async def _by_time(
    session: Session,
    base: sa.Select[Any],
    column: sa.Column[Any],
    states: Collection[ConversationState],
    channels: Collection[ChannelId],
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[ConversationRow]:
    # Wrapped, state and channel keep no engine from reading the times in their order from the index of those with one.
    state = sa.func.coalesce(c.c.state, "", type_=c.c.state.type)
    statement = base.where(column.is_not(None), state.in_([_word(one) for one in states]))
    if channels:
        channel = sa.func.coalesce(c.c.channel_id, c.c.channel_id, type_=c.c.channel_id.type)
        statement = statement.where(channel.in_(list(channels)))
    if after is not None:
        statement = statement.where(sa.tuple_(column, c.c.id) > cursors.after(column, c.c.id, *after))
    rows = await session.rows(statement.order_by(column, c.c.id).limit(_number(limit)))
    return [_load(row) for row in rows]


async def _newest(
    session: Session,
    base: sa.Select[Any],
    states: Collection[ConversationState],
    channels: Collection[ChannelId],
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[ConversationRow]:
    found: list[ConversationRow] = []
    for state, channel in product(dict.fromkeys(states), dict.fromkeys(channels) or (None,)):
        statement = base.where(sa.type_coerce(c.c.state, sa.String) == _word(state))
        if channel is not None:
            statement = statement.where(c.c.channel_id == channel)
        if after is not None:
            statement = statement.where(sa.tuple_(c.c.last_at, c.c.id) < cursors.after(c.c.last_at, c.c.id, *after))
        rows = await session.rows(statement.order_by(c.c.last_at.desc(), c.c.id.desc()).limit(_number(limit)))
        found += [_load(row) for row in rows]
    found.sort(key=lambda row: (row.last_at, row.id), reverse=True)
    return found[:limit]


# What stands in the statement itself leaves PostgreSQL nothing to guess, so it plans a page once and not each time.
def _word(state: ConversationState) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{state.value}'")


def _number(limit: int) -> sa.ColumnElement[int]:
    return sa.literal_column(str(limit))


def _conditions(f: ConversationFilter, viewer: UserId | None, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [c.c.merged_into_id.is_(None)]
    match f.view:
        case "mine":
            found.append(c.c.assignee_id == viewer if viewer else sa.false())
        case "unassigned":
            found.append(c.c.assignee_id.is_(None))
        case "all":
            pass
        case _:
            raise Invalid("The view is one of mine, unassigned and all.")
    if f.waiting and f.sort == "due":
        found.append(c.c.waiting_since.is_not(None))
    if f.at_risk is not None:
        found.append(c.c.due_warn_at <= f.at_risk)
    if f.team_ids:
        found.append(c.c.team_id.in_(f.team_ids))
    if f.assignee_ids:
        found.append(c.c.assignee_id.in_(f.assignee_ids))
    if f.tags:
        each = sa.func.jsonb_array_elements_text(c.c.tags) if session.postgres else sa.func.json_each(c.c.tags)
        tag = each.table_valued("value")
        found.append(sa.exists(sa.select(tag.c.value).where(tag.c.value.in_(f.tags))))
    if f.contact_id is not None:
        found.append(c.c.contact_point_id.in_(points_shown_as(f.contact_id)))
    return found


def points_shown_as(contact_id: UUID) -> sa.Select[Any]:
    """Return a select of the addresses of everybody shown as the same contact."""
    contacts = tables.contacts.alias()
    member = tables.contacts.alias()
    point = tables.contact_points.alias()
    canonical = sa.select(contacts.c.canonical_id).where(contacts.c.id == contact_id).scalar_subquery()
    return (
        sa.select(point.c.id).join(member, member.c.id == point.c.contact_id).where(member.c.canonical_id == canonical)
    )
