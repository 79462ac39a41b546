"""Rules at work: themselves, their versions, their log, and when they are due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ConversationId
from hub.domain.rules.records import Outcome, Rule, RuleRun, RuleVersion, Timer, WorkRuleId
from hub.domain.views import Page
from hub.services.rules.reading import json_of, read_body
from storage import cursors, tables
from storage.engine import Session
from storage.records import Mapper
from storage.rules_looking import Looking

r, v, runs, once, timers, facts = (
    tables.work_rules,
    tables.work_rule_versions,
    tables.work_rule_runs,
    tables.work_rule_once,
    tables.work_rule_timers,
    tables.facts,
)
_rule = Mapper(Rule, r, read={"body": read_body}, write={"body": json_of})
_version = Mapper(RuleVersion, v, read={"body": read_body}, write={"body": json_of})
_run = Mapper(RuleRun, runs, read={"done": tuple}, write={"done": list})
_timer = Mapper(Timer, timers)
_COUNTED = frozenset({"id", "created_at", "ran", "failed", "last_run_at"})
_PLACE = "rules.place"


class SqlRules(Looking):
    """Implements hub.ports.Rules."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    async def all(self, *, active: bool = False) -> Sequence[Rule]:
        found = _rule.select().order_by(r.c.place, r.c.created_at, r.c.id)
        rows = await self._session.rows(found.where(r.c.active.is_(True)) if active else found)
        return [_rule.load(row) for row in rows]

    async def get(self, rule_id: WorkRuleId) -> Rule | None:
        row = await self._session.one(self._session.locked(_rule.select().where(r.c.id == rule_id)))
        return None if row is None else _rule.load(row)

    async def save(self, rule: Rule) -> None:
        row: dict[str, Any] = _rule.row(rule)
        insert = self._session.dialect_insert(r).values(row)
        changed = {name: value for name, value in row.items() if name not in _COUNTED}
        await self._session.run(insert.on_conflict_do_update(index_elements=["id"], set_=changed))

    async def delete(self, rule_id: WorkRuleId) -> None:
        await self._session.run(sa.delete(r).where(r.c.id == rule_id))

    async def order(self, rule_ids: Sequence[WorkRuleId]) -> None:
        await self._session.update_many(r, [{"id": key, "place": place} for place, key in enumerate(rule_ids)])

    async def add_version(self, version: RuleVersion) -> None:
        await self._session.insert(v, [_version.row(version)])

    async def versions(self, rule_id: WorkRuleId) -> Sequence[RuleVersion]:
        rows = await self._session.rows(
            _version.select().where(v.c.rule_id == rule_id).order_by(v.c.number.desc()).limit(200)
        )
        return [_version.load(row) for row in rows]

    async def begin(self, run: RuleRun) -> bool:
        insert = self._session.dialect_insert(runs).values(_run.row(run))
        new = insert.on_conflict_do_nothing(index_elements=["rule_id", "version", "event"]).returning(runs.c.id)
        return await self._session.value(new) is not None

    async def finish(self, run: RuleRun) -> None:
        row = _run.row(run)
        changed = {name: row[name] for name in ("outcome", "done", "words")}
        await self._session.run(sa.update(runs).where(runs.c.id == run.id).values(changed))
        counted: dict[str, Any] = {"last_run_at": run.at}
        if run.outcome is Outcome.done:
            counted["ran"] = r.c.ran + 1
        elif run.outcome is Outcome.failed:
            counted["failed"] = r.c.failed + 1
        await self._session.run(sa.update(r).where(r.c.id == run.rule_id).values(counted))

    async def acted(self, rule_id: WorkRuleId, conversation_id: ConversationId) -> bool:
        found = sa.select(once.c.rule_id).where(once.c.rule_id == rule_id, once.c.conversation_id == conversation_id)
        return await self._session.value(found) is not None

    async def take_once(self, rule_id: WorkRuleId, conversation_id: ConversationId) -> bool:
        insert = self._session.dialect_insert(once).values(rule_id=rule_id, conversation_id=conversation_id)
        new = insert.on_conflict_do_nothing(index_elements=["rule_id", "conversation_id"])
        return await self._session.value(new.returning(once.c.rule_id)) is not None

    async def runs_since(self, rule_id: WorkRuleId, conversation_id: ConversationId, since: datetime) -> int:
        count = sa.select(sa.func.count()).where(
            runs.c.conversation_id == conversation_id,
            runs.c.rule_id == rule_id,
            runs.c.at > since,
            runs.c.outcome.in_([Outcome.done, Outcome.failed]),
        )
        return int(await self._session.value(count) or 0)

    async def log(self, rule_id: WorkRuleId, *, cursor: str | None, limit: int) -> Page[RuleRun]:
        found = _run.select().where(runs.c.rule_id == rule_id)
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            found = found.where(sa.tuple_(runs.c.at, runs.c.id) < cursors.after(runs.c.at, runs.c.id, at, last))
        rows = await self._session.rows(found.order_by(runs.c.at.desc(), runs.c.id.desc()).limit(limit + 1))
        items = tuple(_run.load(row) for row in rows[:limit])
        more = cursors.encode(items[-1].at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def prune(self, before: datetime, limit: int) -> int:
        old = sa.select(runs.c.id).where(runs.c.at < before).order_by(runs.c.at).limit(limit)
        result = await self._session.run(sa.delete(runs).where(runs.c.id.in_(old.scalar_subquery())))
        return result.rowcount

    async def place(self) -> int | None:
        found = await self._session.value(sa.select(facts.c.value).where(facts.c.name == _PLACE))
        return None if found is None else int(found)

    async def go_on(self, seq: int) -> None:
        await self._session.upsert(facts, [{"name": _PLACE, "value": str(seq)}], keys=("name",))

    async def timers(self, conversation_id: ConversationId) -> Sequence[Timer]:
        rows = await self._session.rows(_timer.select().where(timers.c.conversation_id == conversation_id))
        return [_timer.load(row) for row in rows]

    async def put_timers(self, found: Sequence[Timer]) -> None:
        await self._session.upsert(
            timers, [_timer.row(one) for one in found], keys=("rule_id", "conversation_id", "percent")
        )

    async def drop_timers(self, rule_id: WorkRuleId, conversation_id: ConversationId | None = None) -> None:
        gone = sa.delete(timers).where(timers.c.rule_id == rule_id)
        if conversation_id is not None:
            gone = gone.where(timers.c.conversation_id == conversation_id)
        await self._session.run(gone)

    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        found = _timer.select().where(timers.c.due_at.is_not(None), timers.c.due_at <= now)
        rows = await self._session.rows(self._session.locked(found.order_by(timers.c.due_at).limit(limit)))
        return [_timer.load(row) for row in rows]

    async def next_due(self) -> datetime | None:
        found: datetime | None = await self._session.value(
            sa.select(timers.c.due_at).where(timers.c.due_at.is_not(None)).order_by(timers.c.due_at).limit(1)
        )
        return found
