"""Macros, and how often they were carried out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import TeamId
from hub.domain.macros import Macro, MacroId
from hub.services.actions import json_of, read_actions
from storage import tables
from storage.engine import Session
from storage.records import Mapper

t = tables.macros
_KEPT = ("id", "created_at", "used", "last_used_at")
_macro = Mapper(
    Macro,
    t,
    read={"team_ids": lambda ids: tuple(TeamId(UUID(one)) for one in ids), "actions": read_actions},
    write={"team_ids": lambda ids: [str(one) for one in ids], "actions": json_of},
)


class SqlMacros:
    """Implements hub.ports.macros.Macros."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[Macro]:
        rows = await self._session.rows(_macro.select())
        return sorted((_macro.load(row) for row in rows), key=lambda one: (one.name.casefold(), one.id))

    async def get(self, macro_id: MacroId) -> Macro | None:
        row = await self._session.one(_macro.select().where(t.c.id == macro_id))
        return None if row is None else _macro.load(row)

    async def save(self, macro: Macro) -> None:
        row: dict[str, Any] = _macro.row(macro)
        insert = self._session.dialect_insert(t).values(row)
        changed = {name: value for name, value in row.items() if name not in _KEPT}
        await self._session.run(insert.on_conflict_do_update(index_elements=["id"], set_=changed))

    async def delete(self, macro_id: MacroId) -> None:
        await self._session.run(sa.delete(t).where(t.c.id == macro_id))

    async def count(self, macro_id: MacroId, at: datetime) -> None:
        await self._session.run(sa.update(t).where(t.c.id == macro_id).values(used=t.c.used + 1, last_used_at=at))
