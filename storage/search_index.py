"""The full-text index: FTS5 on SQLite, a tsvector under GIN on PostgreSQL, with one set of words.

Every word is stored with its block: `<block>_word`, where a block is a span of 131,072 numbers. A search asks
the newest block first and goes on only while the page is not full, so a frequent word costs one block's
matches and a rare one a few empty look-ups, however long the history is. The order is that of storing, newest
first; the caller sorts the page by provider time.

SQLite reads the matches of a word in order and stops when the page is full. PostgreSQL either walks the rows, which
suits frequent words, or fetches all matches and sorts them, which suits rare ones, and guesses wrongly which: so the
newest few thousand rows are walked first, and a word that does not fill a page there is rare enough to be fetched.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from storage.engine import Session, chunked
from storage.prepared import Prepared

BLOCK_BITS = 17
NEAR = 4_096
"""Rows that PostgreSQL walks before it fetches."""
_BLOCK_STEPS = (16, 64)
"""How many blocks each look after the first one or two takes. A word that does not fill a page in one of them, or in a
quarter of one, is so rare that many more can be asked at once."""


class SearchIndex:
    """One index: rows by number, each a set of words."""

    def __init__(self, table: str, *, block_bits: int = BLOCK_BITS, near: int = NEAR) -> None:
        self.block_bits = block_bits
        self._near = near
        self._table = sa.table(table, sa.column("rowid", sa.BigInteger), sa.column("tokens", sa.Text))
        self._insert = Prepared(self._inserting)
        self._matches = Prepared(self._matching)

    def _block(self, number: int) -> int:
        return number >> self.block_bits

    def _inserting(self, postgres: bool) -> sa.Insert:
        found: Any = sa.bindparam("words", type_=sa.Text)
        if postgres:
            found = sa.func.array_to_tsvector(sa.bindparam("words", type_=sa.ARRAY(sa.Text)))
        return sa.insert(self._table).values(rowid=sa.bindparam("number", type_=sa.BigInteger), tokens=found).inline()

    async def add(self, session: Session, entries: Mapping[int, Collection[str]]) -> None:
        """Store the words of new rows."""
        rows = []
        for number, found in entries.items():
            head = f"{self._block(number)}_"
            tokens = [head + word for word in found] if session.postgres else head + f" {head}".join(found)
            rows.append({"number": number, "words": tokens})
        await session.many(self._insert, rows)

    async def remove(self, session: Session, numbers: Collection[int]) -> None:
        """Forget rows."""
        for chunk in chunked(numbers, 5_000):
            await session.run(sa.delete(self._table).where(self._table.c.rowid.in_(chunk)))

    async def replace(self, session: Session, entries: Mapping[int, Collection[str]]) -> None:
        """Store rows anew."""
        await self.remove(session, list(entries))
        await self.add(session, entries)

    async def find(
        self, session: Session, terms: Sequence[Sequence[tuple[str, bool]]], *, before: int, limit: int
    ) -> Sequence[int]:
        """Return numbers below `before`, newest first, at most `limit`.

        Each of `terms` must be met by one of its alternatives: (word, whether it may go on).
        """
        found: list[int] = []
        if session.postgres:
            near = max(0, before - self._near)
            blocks = range(self._block(before - 1), self._block(near) - 1, -1)
            found += await self._look(session, terms, blocks, before=before, limit=limit, walked_from=near)
            before = near
        highest = self._block(before - 1)
        begun = (before - 1) & ((1 << self.block_bits) - 1) < 1 << self.block_bits - 2
        first: tuple[int, ...] = (1, 1) if begun else (1,)
        if not session.postgres:
            first = (sum(first),)  # it stops at a full page, so both are asked at once
        for step in (*first, *_BLOCK_STEPS, highest + 1):
            if highest < 0 or len(found) >= limit:
                break
            lowest = max(0, highest - step + 1)
            blocks = range(highest, lowest - 1, -1)
            found += await self._look(session, terms, blocks, before=before, limit=limit - len(found))
            highest = lowest - 1
        return found

    async def _look(
        self,
        session: Session,
        terms: Sequence[Sequence[tuple[str, bool]]],
        blocks: range,
        *,
        before: int,
        limit: int,
        walked_from: int | None = None,
    ) -> Sequence[int]:
        if not session.postgres:
            values = {"condition": _match(blocks, terms), "before": before, "most": limit}
            return [row[0] for row in await session.fetch(self._matches, values)]
        number = self._table.c.rowid
        statement = sa.select(number).where(sa.text("tokens @@ CAST(:condition AS tsquery)"), number < before)
        if walked_from is None:
            # With no order of the primary key the matches are fetched.
            statement = statement.order_by((number + sa.literal_column("0")).desc())
        else:
            statement = statement.where(number >= walked_from).order_by(number.desc())
        found = await session.rows(statement.limit(limit), {"condition": _tsquery(blocks, terms)})
        return [row[0] for row in found]

    def _matching(self, _postgres: bool) -> sa.Select[tuple[int]]:
        """Return SQLite's query: without SQLAlchemy's work for each statement a look takes half as long."""
        number = self._table.c.rowid
        matches = sa.text(f"{self._table.name} MATCH :condition").bindparams(sa.bindparam("condition", type_=sa.Text))
        found = sa.select(number).where(matches, number < sa.bindparam("before", type_=sa.BigInteger))
        return found.order_by(number.desc()).limit(sa.bindparam("most", type_=sa.Integer))


_Terms = Sequence[Sequence[tuple[str, bool]]]


def _tsquery(blocks: range, terms: _Terms) -> str:
    return " | ".join(
        "(" + " & ".join("(" + " | ".join(_lexeme(b, *w) for w in group) + ")" for group in terms) + ")" for b in blocks
    )


def _match(blocks: range, terms: _Terms) -> str:
    return " OR ".join(
        "(" + " AND ".join("(" + " OR ".join(_phrase(b, *w) for w in group) + ")" for group in terms) + ")"
        for b in blocks
    )


def _lexeme(block: int, word: str, goes_on: bool) -> str:
    return f"'{block}_{word}'{':*' if goes_on else ''}"


def _phrase(block: int, word: str, goes_on: bool) -> str:
    return f'"{block}_{word}"{"*" if goes_on else ""}'
