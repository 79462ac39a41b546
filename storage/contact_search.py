"""What contacts are found by: names, addresses, company, and the endings of their numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from hub.domain.contact import Contact, ContactPoint, ContactState
from storage import tables
from storage.engine import Session, chunked
from storage.search import digits, query, words
from storage.search_index import SearchIndex

index = SearchIndex("search_contacts", block_bits=40)
_ENDING = "0x"
"""Before a number's digits in reverse; no text gives such a word with a query of its own."""
_ENDING_LEAST = 4

Point = tuple[str, str, str, str]
"""An address: namespace, normalised, as received, name."""


def found_by(names: Iterable[str], points: Iterable[Point]) -> set[str]:
    """Return the words of a contact with these names and addresses."""
    texts = list(names)
    endings: set[str] = set()
    for namespace, address, received, name in points:
        texts += (address, received, name)
        if namespace == "phone":
            endings.add(_ENDING + digits(address)[::-1])
    return words(texts) | endings


async def add(session: Session, contacts: Mapping[int, Contact], points: Iterable[ContactPoint]) -> None:
    """Store the words of new contacts, each shown as itself, with all their addresses."""
    addresses: dict[UUID, list[Point]] = {}
    for point in points:
        known_as = (point.namespace, point.address, point.received, point.name)
        addresses.setdefault(point.contact_id, []).append(known_as)
    found = {
        seq: found_by((contact.name, contact.company), addresses.get(contact.id, ()))
        for seq, contact in contacts.items()
        if contact.state is not ContactState.anonymous
    }
    await index.add(session, found)


async def refresh(session: Session, contact_ids: Collection[UUID]) -> None:
    """Store the words of these contacts, and of those they are shown as, anew.

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
        names: dict[UUID, list[str]] = {}
        addresses: dict[UUID, list[Point]] = {}
        for row in rows:
            names.setdefault(row.canonical_id, []).extend((row.name, row.company))
        for owner, *point in points:
            addresses.setdefault(head[owner], []).append(tuple(point))
        await index.remove(session, [row.seq for row in rows])
        await index.add(
            session,
            {
                row.seq: found_by(names[row.id], addresses.get(row.id, ()))
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
