"""Lines with the versions of their plans, and who can be rung."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from hub.domain.ids import AttachmentId, LineId, UserId
from hub.domain.line import Line, LineVersion
from hub.domain.presence import Presence
from storage import call_records as rows
from storage import tables
from storage.engine import Session

t, v, q = tables.lines, tables.line_versions, tables.presences


class SqlLines:
    """Implements hub.ports.Lines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[Line]:
        return [rows.line.load(row) for row in await self._session.rows(rows.line.select().order_by(t.c.name, t.c.id))]

    async def get(self, line_id: LineId) -> Line | None:
        row = await self._session.one(self._session.locked(rows.line.select().where(t.c.id == line_id)))
        return None if row is None else rows.line.load(row)

    async def version(self, line_id: LineId, version: int) -> LineVersion | None:
        row = await self._session.one(rows.line_version.select().where(v.c.line_id == line_id, v.c.version == version))
        return None if row is None else rows.line_version.load(row)

    async def versions(self, line_id: LineId) -> Sequence[LineVersion]:
        found = await self._session.rows(
            rows.line_version.select().where(v.c.line_id == line_id).order_by(v.c.version.desc())
        )
        return [rows.line_version.load(row) for row in found]

    async def add(self, line: Line, first: LineVersion) -> None:
        await self._session.insert_once(t, rows.line.row(line))
        await self.add_version(first)

    async def add_version(self, version: LineVersion) -> None:
        await self._session.insert_once(v, rows.line_version.row(version))

    async def keep_sounds(self, line_id: LineId, files: Collection[AttachmentId]) -> None:
        await self._session.upsert(
            tables.line_sounds,
            [{"line_id": line_id, "attachment_id": file} for file in files],
            keys=("line_id", "attachment_id"),
        )

    async def update(self, line: Line) -> None:
        await self._session.run(sa.update(t).where(t.c.id == line.id).values(rows.line.row(line)))

    async def delete(self, line_id: LineId) -> None:
        await self._session.run(sa.delete(t).where(t.c.id == line_id))


class SqlPresences:
    """Implements hub.ports.Presences."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Mapping[UserId, Presence]:
        found = [rows.presence.load(row) for row in await self._session.rows(rows.presence.select())]
        return {presence.user_id: presence for presence in found}

    async def save(self, presence: Presence) -> None:
        await self._session.upsert(q, [rows.presence.row(presence)], keys=("user_id",))
