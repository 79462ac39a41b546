"""Who serves what must be served once, and small facts of the installation that must survive."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage import tables
from storage.engine import Session

t, facts = tables.leases, tables.facts


class SqlLeases:
    """Implements hub.ports.Leases."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def acquire(self, name: str, owner: str, now: datetime, ttl: timedelta) -> bool:
        insert = self._session.dialect_insert(t).values(name=name, owner=owner, expires_at=now + ttl)
        taken = insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"owner": insert.excluded.owner, "expires_at": insert.excluded.expires_at},
            where=sa.or_(t.c.owner == owner, t.c.expires_at <= now),
        ).returning(t.c.name)
        return await self._session.value(taken) is not None

    async def release(self, name: str, owner: str) -> None:
        await self._session.run(sa.delete(t).where(t.c.name == name, t.c.owner == owner))

    async def held(self, prefix: str, now: datetime) -> Mapping[str, str]:
        found = await self._session.rows(
            sa.select(t.c.name, t.c.owner).where(t.c.name.startswith(prefix, autoescape=True), t.c.expires_at > now)
        )
        return {row[0]: row[1] for row in found}

    async def release_rest(self, prefix: str, owner: str, keep: Collection[str]) -> None:
        await self._session.run(
            sa.delete(t).where(
                t.c.name.startswith(prefix, autoescape=True), t.c.owner == owner, t.c.name.not_in(list(keep))
            )
        )


class SqlFacts:
    """Implements hub.ports.Facts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, name: str) -> str | None:
        found: str | None = await self._session.value(sa.select(facts.c.value).where(facts.c.name == name))
        return found

    async def put(self, name: str, value: str) -> None:
        await self._session.upsert(facts, [{"name": name, "value": value}], keys=("name",))
