"""What messages are found by: subject, text, names of files, and the name and address of the contact."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from hub.domain.ids import ContactPointId, InteractionId
from storage import tables
from storage.engine import Session, chunked
from storage.prepared import Prepared, among_ids, id_list
from storage.search import query, words
from storage.search_index import SearchIndex

index = SearchIndex("search_messages")
p, c = tables.contact_points, tables.contacts
_NAMES = Prepared(
    lambda postgres: (
        sa.select(p.c.id, p.c.name, p.c.received, c.c.name)
        .join(c, c.c.id == p.c.contact_id)
        .where(among_ids(p.c.id, "ids", postgres=postgres))
    )
)


async def add(session: Session, entries: Mapping[int, Iterable[str]]) -> None:
    """Store new messages: their numbers and the texts they are found by."""
    await index.add(session, {seq: words(texts) for seq, texts in entries.items()})


async def names_of(session: Session, point_ids: Collection[ContactPointId]) -> dict[ContactPointId, tuple[str, ...]]:
    """Return what a message of each address is found by: the names and the address."""
    if not point_ids:
        return {}
    rows = await session.fetch(_NAMES, {"ids": id_list(list(point_ids), postgres=session.postgres)})
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


async def refresh(session: Session, ids: Collection[InteractionId]) -> None:
    """Store messages anew after an edit or a new file; what was taken back is found no more."""
    i, a = tables.interactions, tables.attachments
    for chunk in chunked(ids, 5_000):
        rows = await session.rows(
            sa.select(i.c.id, i.c.seq, i.c.contact_point_id, i.c.subject, i.c.text, i.c.deleted_at).where(
                i.c.id.in_(chunk)
            )
        )
        names = await names_of(session, {row[2] for row in rows})
        files: dict[InteractionId, list[str]] = {}
        for row in await session.rows(sa.select(a.c.interaction_id, a.c.name).where(a.c.interaction_id.in_(chunk))):
            files.setdefault(row[0], []).append(row[1])
        await index.remove(session, [row[1] for row in rows])
        await add(
            session,
            {
                row[1]: (row[3], row[4], *names.get(row[2], ()), *files.get(row[0], ()))
                for row in rows
                if row[5] is None
            },
        )


async def find(session: Session, text: str, *, before: int, limit: int) -> Sequence[int]:
    """Return numbers of messages that match, newest first."""
    terms = [[term] for term in query(text)]
    return await index.find(session, terms, before=before, limit=limit) if terms else []
