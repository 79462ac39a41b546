"""Providers' templates, and how their last synchronisation went."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.ids import ChannelId
from hub.domain.template import Template, TemplateButton, TemplateField, TemplateState
from hub.ports import TemplateSync
from storage import tables
from storage.engine import Session

t, s = tables.templates, tables.template_syncs


class SqlTemplates:
    """Implements hub.ports.Templates."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self, channel_id: ChannelId) -> Sequence[Template]:
        rows = await self._session.rows(sa.select(t.c.template).where(t.c.channel_id == channel_id))
        return sorted((_load(row[0]) for row in rows), key=lambda found: (found.name, found.language, found.key))

    async def get(self, channel_id: ChannelId, key: str) -> Template | None:
        row = await self._session.one(sa.select(t.c.template).where(t.c.channel_id == channel_id, t.c.key == key))
        return None if row is None else _load(row[0])

    async def replace(self, channel_id: ChannelId, templates: Sequence[Template], *, at: datetime) -> None:
        await self._session.run(sa.delete(t).where(t.c.channel_id == channel_id))
        last = {template.key: template for template in templates}
        await self._session.insert(
            t,
            [
                {"channel_id": channel_id, "key": key, "template": asdict(template), "synced_at": at}
                for key, template in last.items()
            ],
        )
        await self._note({"channel_id": channel_id, "synced_at": at, "tried_at": at, "problem": ""})

    async def note_problem(self, channel_id: ChannelId, problem: str, *, at: datetime) -> None:
        before = await self.last_sync(channel_id)
        synced = before.synced_at if before is not None else None
        await self._note({"channel_id": channel_id, "synced_at": synced, "tried_at": at, "problem": problem})

    async def last_sync(self, channel_id: ChannelId) -> TemplateSync | None:
        row = await self._session.one(
            sa.select(s.c.synced_at, s.c.tried_at, s.c.problem).where(s.c.channel_id == channel_id)
        )
        return None if row is None else TemplateSync(synced_at=row[0], tried_at=row[1], problem=row[2])

    async def _note(self, row: Mapping[str, Any]) -> None:
        await self._session.upsert(s, [row], keys=("channel_id",))


def _load(value: Mapping[str, Any]) -> Template:
    """Return a template from its JSON; what a newer version added to it is passed over."""
    known = {name: value[name] for name in Template.__dataclass_fields__ if name in value}
    known["state"] = TemplateState(value["state"])
    known["buttons"] = tuple(TemplateButton(**button) for button in value["buttons"])
    known["fields"] = tuple(TemplateField(**field) for field in value["fields"])
    return Template(**known)
