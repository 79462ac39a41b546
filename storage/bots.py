"""Bots' flows, versions, rules and counts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.botflow.records import BotFlow, BotRule, BotVersion, FlowId, RuleId, StepCount
from hub.domain.ids import ChannelId
from hub.domain.interaction import Attachment
from storage import records, tables
from storage.bots_runs import SqlRuns
from storage.bots_speech import SqlSpeech
from storage.bots_table import SqlTable
from storage.effects import Effects
from storage.engine import Session
from storage.prepared import Prepared
from storage.records import Mapper

f, v, r, n, k, a = (
    tables.bot_flows,
    tables.bot_versions,
    tables.bot_rules,
    tables.bot_counts,
    tables.bot_files,
    tables.attachments,
)


def _channels(value: Any) -> tuple[ChannelId, ...]:
    return tuple(ChannelId(UUID(one)) for one in value)


_flow = Mapper(BotFlow, f, write={"draft": dict})
_version = Mapper(BotVersion, v, write={"graph": dict})
_rule = Mapper(
    BotRule, r, read={"channel_ids": _channels}, write={"channel_ids": lambda ids: [str(one) for one in ids]}
)
_count = Mapper(StepCount, n)
_RULES = Prepared(lambda _postgres: _rule.select().order_by(r.c.place, r.c.created_at, r.c.id))
_ACTIVE_RULES = Prepared(lambda _postgres: _rule.select().where(r.c.active).order_by(r.c.place, r.c.created_at, r.c.id))


class SqlBots(SqlRuns, SqlTable, SqlSpeech):
    """Implements hub.ports.bots.Bots."""

    def __init__(self, session: Session, effects: Effects) -> None:
        SqlRuns.__init__(self, session)
        SqlSpeech.__init__(self, session, effects)

    async def flows(self) -> Sequence[BotFlow]:
        rows = await self._session.rows(_flow.select().order_by(f.c.name, f.c.id))
        return [_flow.load(row) for row in rows]

    async def flow(self, flow_id: FlowId) -> BotFlow | None:
        row = await self._session.one(self._session.locked(_flow.select().where(f.c.id == flow_id)))
        return None if row is None else _flow.load(row)

    async def add_flow(self, flow: BotFlow) -> None:
        await self._session.insert_once(f, _flow.row(flow))

    async def update_flow(self, flow: BotFlow) -> None:
        await self._session.run(sa.update(f).where(f.c.id == flow.id).values(_flow.row(flow)))

    async def delete_flow(self, flow_id: FlowId) -> None:
        await self._session.run(sa.delete(f).where(f.c.id == flow_id))

    async def add_version(self, version: BotVersion) -> None:
        await self._session.insert_once(v, _version.row(version))

    async def version(self, flow_id: FlowId, number: int) -> BotVersion | None:
        row = await self._session.one(_version.select().where(v.c.flow_id == flow_id, v.c.number == number))
        return None if row is None else _version.load(row)

    async def versions(self, flow_id: FlowId) -> Sequence[BotVersion]:
        rows = await self._session.rows(_version.select().where(v.c.flow_id == flow_id).order_by(v.c.number.desc()))
        return [_version.load(row) for row in rows]

    async def counts(self, flow_id: FlowId, version: int) -> Sequence[StepCount]:
        rows = await self._session.rows(_count.select().where(n.c.flow_id == flow_id, n.c.version == version))
        return [_count.load(row) for row in rows]

    async def count(self, counts: Sequence[StepCount]) -> None:
        # In one order, so that two workers never wait for each other in a ring.
        rows = [_count.row(one) for one in sorted(counts, key=lambda one: (one.flow_id, one.version, one.step))]
        await self._session.upsert(n, rows, keys=("flow_id", "version", "step"), add=("entered", "left", "handed_over"))

    async def files(self, ids: Collection[UUID]) -> Mapping[UUID, Attachment]:
        if not ids:
            return {}
        rows = await self._session.rows(
            records.attachment.select().where(a.c.id.in_(list(ids)), a.c.interaction_id.is_(None))
        )
        return {file.id: file for file in map(records.attachment.load, rows)}

    async def keep_files(self, ids: Collection[UUID]) -> None:
        found = await self.files(ids)
        await self._session.upsert(k, [{"attachment_id": key} for key in sorted(found)], keys=("attachment_id",))

    async def rules(self, *, active: bool = False) -> Sequence[BotRule]:
        rows = await self._session.fetch(_ACTIVE_RULES if active else _RULES, {})
        return [_rule.load(row) for row in rows]

    async def rule(self, rule_id: RuleId) -> BotRule | None:
        row = await self._session.one(_rule.select().where(r.c.id == rule_id))
        return None if row is None else _rule.load(row)

    async def save_rule(self, rule: BotRule) -> None:
        await self._session.upsert(r, [_rule.row(rule)], keys=("id",))

    async def delete_rule(self, rule_id: RuleId) -> None:
        await self._session.run(sa.delete(r).where(r.c.id == rule_id))
