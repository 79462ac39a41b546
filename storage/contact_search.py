"""What contacts are found by: names, addresses, company, and the endings of their numbers."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import ContactState
from storage import tables
from storage.engine import Session, chunked
from storage.search import digits, query, words
from storage.search_index import SearchIndex

index = SearchIndex("search_contacts", block_bits=40)
_ENDING = "0x"
"""Before a number's digits in reverse; no text gives such a word with a query of its own."""
_ENDING_LEAST = 4


async def refresh(session: Session, contact_ids: Collection[UUID], *, new: Collection[UUID] = ()) -> None:
    """Store the words of these contacts, and of those they are shown as, anew; `new` ones have none yet.

    A merged contact is found through the one it is shown as; an anonymous one is not found at all.
    """
    c, p = tables.contacts, tables.contact_points
    member = c.alias("member")
    for chunk in chunked(contact_ids, 5_000):
        shown = sa.select(member.c.canonical_id).where(member.c.id.in_(chunk))
        rows = await session.rows(
            sa.select(c.c.seq, c.c.id, c.c.canonical_id, c.c.name, c.c.company, c.c.state).where(
                sa.or_(c.c.id.in_(chunk), c.c.canonical_id.in_(shown))
            )
        )
        points = await session.rows(
            sa.select(p.c.contact_id, p.c.namespace, p.c.address, p.c.received, p.c.name).where(
                p.c.contact_id.in_([row.id for row in rows])
            )
        )
        head = {row.id: row.canonical_id for row in rows}
        texts: dict[UUID, list[str]] = {}
        endings: dict[UUID, set[str]] = {}
        for row in rows:
            texts.setdefault(row.canonical_id, []).extend((row.name, row.company))
        for point in points:
            owner = head[point.contact_id]
            texts[owner] += (point.address, point.received, point.name)
            if point.namespace == "phone":
                endings.setdefault(owner, set()).add(_ENDING + digits(point.address)[::-1])
        await index.remove(session, [row.seq for row in rows if row.id not in new])
        await index.add(
            session,
            {
                row.seq: words(texts[row.id]) | endings.get(row.id, set())
                for row in rows
                if row.id == row.canonical_id and row.state is not ContactState.anonymous
            },
        )


async def remove(session: Session, numbers: Collection[int]) -> None:
    """Forget contacts."""
    await index.remove(session, numbers)


async def find(session: Session, text: str, *, before: int, limit: int) -> Sequence[int]:
    """Return numbers of contacts that match, newest first."""
    terms = [[term] for term in query(text)]
    number = digits(text)
    if len(number) >= _ENDING_LEAST and not any(c.isalpha() for c in text):
        # A number may be written with blanks and dashes: as a whole it is one ending.
        ending = [(_ENDING + number[::-1], True), (number, True)]
        terms = [ending]
    return await index.find(session, terms, before=before, limit=limit) if terms else []
