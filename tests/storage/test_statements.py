"""What one engine compiled, the next one of its kind does not compile again; another kind gets its own words."""

from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import CacheStats

from storage.engine import Database
from storage.types import Id


def sayings() -> "sa.Select[tuple[UUID, int]]":
    """A statement made anew, as queries make theirs; nobody else asks this."""
    given, other = sa.bindparam("given", type_=Id()), sa.bindparam("other", type_=sa.Integer())
    return sa.select(given.label("given"), (other + 20_261_123).label("sum"))


async def asked(url: str, given: UUID, other: int) -> tuple[CacheStats, tuple[UUID, int]]:
    """Ask a database that is opened for this alone: whether the statement was known, and what it said."""
    database = Database(url)
    try:
        async with database.read() as session:
            result = await session.run(sayings(), {"given": given, "other": other})
            (row,) = result.fetchall()
            return result.context.cache_hit, tuple(row)
    finally:
        await database.close()


async def test_a_statement_is_compiled_once_for_all_databases_of_a_kind(tmp_path: Path) -> None:
    first, second = uuid4(), uuid4()
    assert (await asked(f"sqlite:///{tmp_path / 'one'}", first, 1))[1] == (first, 20_261_124)
    known, row = await asked(f"sqlite:///{tmp_path / 'two'}", second, 2)
    assert (known, row) == (CacheStats.CACHE_HIT, (second, 20_261_125))


async def test_another_kind_of_database_gets_words_of_its_own(tmp_path: Path, postgres_url: str) -> None:
    given = uuid4()
    await asked(f"sqlite:///{tmp_path / 'one'}", given, 1)
    assert (await asked(postgres_url, given, 3))[1] == (given, 20_261_126)
    assert (await asked(postgres_url, given, 4)) == (CacheStats.CACHE_HIT, (given, 20_261_127))
