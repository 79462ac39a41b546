"""Entries of the timeline as screens show them: a page with all that belongs to it in few statements."""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ContactId, InteractionId
from hub.domain.interaction import Attachment, Direction
from hub.domain.listing import PREVIEW_LIMIT, preview_of
from hub.domain.views import AttachmentView, DeliveryView, InteractionView, QuoteView, ReactionView
from storage import records, tables
from storage.engine import Session, chunked
from storage.prepared import Prepared, among_ids, id_list

i, p, d, u, a, r = (
    tables.interactions,
    tables.contact_points,
    tables.deliveries,
    tables.users,
    tables.attachments,
    tables.reactions,
)
owner = tables.contacts.alias("owner")
shown = tables.contacts.alias("shown")
_PLAIN = (
    "id", "conversation_id", "channel_id", "direction", "author_kind", "author_id", "kind", "content", "occurred_at",
    "received_at", "subject", "text", "data", "album", "edited_at", "deleted_at", "journal_seq", "recovered", "demo",
)  # fmt: skip

with_people = (
    i.join(p, p.c.id == i.c.contact_point_id)
    .join(owner, owner.c.id == p.c.contact_id)
    .join(shown, shown.c.id == owner.c.canonical_id)
    .outerjoin(u, u.c.id == i.c.author_id)
)


def contact_name(prefix: str = "") -> sa.ColumnElement[str]:
    """Return the name to show for an address: the contact's, else the provider's, else the address."""
    empty = sa.literal("")
    name = sa.func.coalesce(sa.func.nullif(shown.c.name, empty), sa.func.nullif(p.c.name, empty), p.c.received)
    return name.label(f"{prefix}name")


def attachment_view(one: Attachment) -> AttachmentView:
    """Return a file as screens show it."""
    return AttachmentView(
        id=one.id,
        name=one.name,
        media_type=one.media_type,
        size=one.size,
        state=one.state,
        thumbnail=one.thumbnail is not None,
        width=one.width,
        height=one.height,
        duration=one.duration,
        voice=one.voice,
        inline=one.inline,
        content_id=one.content_id,
        error=one.error,
        peaks=one.peaks,
    )


class Entry:
    """An entry with the contact it is shown under."""

    __slots__ = ("contact_id", "contact_name", "seq", "view")

    def __init__(self, view: InteractionView, contact_id: ContactId, contact_name: str, seq: int) -> None:
        self.view = view
        self.contact_id = contact_id
        self.contact_name = contact_name
        self.seq = seq


_ENTRY_COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    *(i.c[name] for name in _PLAIN),
    i.c.seq,
    i.c.reply_to_id,
    (i.c.html != sa.literal_column("''")).label("has_html"),
    shown.c.id.label("contact_id"),
    contact_name("contact_"),
    u.c.name.label("user_name"),
    *(column.label(f"d_{column.name}") for column in records.delivery.columns),
)
_NAMES = [str(column.key) for column in _ENTRY_COLUMNS]
_row: Callable[[Sequence[Any]], Any] = namedtuple("_row", _NAMES)._make  # type: ignore[attr-defined]  # noqa: PYI024 - the names are computed

# Prepared, since every change on every open screen is read with them.
_ENTRIES = Prepared(
    lambda postgres: (
        sa.select(*_ENTRY_COLUMNS)
        .select_from(with_people.outerjoin(d, d.c.interaction_id == i.c.id))
        .where(among_ids(i.c.id, "ids", postgres=postgres))
    )
)
_FILES = Prepared(
    lambda postgres: (
        records.attachment.select()
        .where(among_ids(a.c.interaction_id, "ids", postgres=postgres))
        .order_by(a.c.position, a.c.id)
    )
)
_REACTIONS = Prepared(
    lambda postgres: (
        sa.select(r.c.interaction_id, r.c.emoji, contact_name())
        .select_from(
            r.join(p, p.c.id == r.c.contact_point_id)
            .join(owner, owner.c.id == p.c.contact_id)
            .join(shown, shown.c.id == owner.c.canonical_id)
        )
        .where(among_ids(r.c.interaction_id, "ids", postgres=postgres), ~r.c.gone)
        .order_by(r.c.at, r.c.contact_point_id, r.c.emoji)
    )
)


ENTRY_READS = (_ENTRIES, _FILES, _REACTIONS)
"""What `as_entries` makes entries of; each takes the parameter `ids`, a value of `id_list`."""


async def entries(session: Session, ids: Collection[UUID]) -> list[Entry]:
    """Return the entries of these ids, in no order."""
    if not ids:
        return []
    wanted = {"ids": id_list(list(ids), postgres=session.postgres)}
    return await as_entries(session, await session.fetch_all([(one, wanted) for one in ENTRY_READS]))


def in_order(found: Iterable[Entry]) -> list[InteractionView]:
    """Return what screens show of entries, oldest first."""
    return sorted((entry.view for entry in found), key=lambda view: (view.occurred_at, view.id))


async def as_entries(session: Session, read: Sequence[Sequence[Sequence[Any]]]) -> list[Entry]:
    """Return the entries of what the ENTRY_READS found."""
    found, files, marks = read
    rows = [_row(row) for row in found]
    files_of, marks_of = _files(files), _reactions(marks)
    quotes = await _quotes(session, {row.reply_to_id for row in rows if row.reply_to_id is not None})
    return [
        Entry(
            _view(row, files_of.get(row.id, ()), marks_of.get(row.id, ()), quotes.get(row.reply_to_id)),
            row.contact_id,
            row.contact_name,
            row.seq,
        )
        for row in rows
    ]


def _view(
    row: Any, files: Sequence[AttachmentView], marks: Sequence[ReactionView], quote: QuoteView | None
) -> InteractionView:
    values = {name: getattr(row, name) for name in _PLAIN}
    gone = row.deleted_at is not None
    if gone:  # the wording is kept for the record and no longer shown
        values["text"] = values["subject"] = ""
        values["data"] = {}
    delivery = None
    if row.d_id is not None:
        delivery = DeliveryView(
            id=row.d_id,
            state=row.d_state,
            attempt=row.d_attempt,
            next_at=row.d_next_at,
            code=row.d_code,
            reason=row.d_reason,
            state_at=row.d_state_at,
        )
    return InteractionView(
        **values,
        author_name=author_name(row.direction, row.contact_name, row.user_name),
        has_html=bool(row.has_html) and not gone,
        attachments=() if gone else tuple(files),
        reactions=tuple(marks),
        reply_to=quote,
        delivery=delivery,
    )


def author_name(direction: Direction, contact: str, user: str | None) -> str:
    """Return who wrote an entry; empty for machines on our side."""
    return contact if direction is Direction.inbound else user or ""


async def attachments_of(session: Session, ids: Collection[UUID]) -> Mapping[UUID, Sequence[AttachmentView]]:
    """Return the files of entries, in their order."""
    return _files(await _file_rows(session, ids))


async def _file_rows(session: Session, ids: Collection[UUID]) -> Sequence[Sequence[Any]]:
    return await session.fetch(_FILES, {"ids": id_list(list(ids), postgres=session.postgres)}) if ids else []


def _files(rows: Sequence[Sequence[Any]]) -> Mapping[UUID, Sequence[AttachmentView]]:
    return {key: [attachment_view(one) for one in files] for key, files in _loaded(rows).items()}


def _loaded(rows: Sequence[Sequence[Any]]) -> Mapping[UUID, Sequence[Attachment]]:
    found: dict[UUID, list[Attachment]] = {}
    for row in rows:
        one = records.attachment.load(row)
        if one.interaction_id is not None:
            found.setdefault(one.interaction_id, []).append(one)
    return found


def _reactions(rows: Sequence[Sequence[Any]]) -> Mapping[UUID, Sequence[ReactionView]]:
    names: dict[UUID, dict[str, list[str]]] = {}
    for interaction_id, emoji, name in rows:
        names.setdefault(interaction_id, {}).setdefault(emoji, []).append(name)
    return {
        key: [ReactionView(emoji=emoji, names=tuple(who)) for emoji, who in marks.items()]
        for key, marks in names.items()
    }


async def _quotes(session: Session, ids: Collection[UUID]) -> Mapping[UUID | None, QuoteView]:
    found: dict[UUID | None, QuoteView] = {}
    for chunk in chunked(ids, 5_000):
        # What `preview_of` looks at, no more: a mail may hold megabytes.
        rows: Sequence[Any] = await session.rows(
            sa.select(
                i.c.id,
                i.c.direction,
                i.c.content,
                i.c.data,
                sa.func.substr(i.c.text, 1, 4 * PREVIEW_LIMIT).label("text"),
                i.c.subject,
                i.c.deleted_at,
                contact_name("contact_"),
                u.c.name.label("user_name"),
            )
            .select_from(with_people)
            .where(i.c.id.in_(chunk))
        )
        files = _loaded(await _file_rows(session, [row.id for row in rows if not row.text]))
        for row in rows:
            found[row.id] = QuoteView(
                id=InteractionId(row.id),
                author_name=author_name(row.direction, row.contact_name, row.user_name),
                preview=preview_of(row, files.get(row.id, ())),
            )
    return found
