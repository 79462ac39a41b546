"""The assistant's settings (its key sealed), what a day used up, and the log of its calls."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from hub.domain.assistant import AssistantCall, AssistantCallId, AssistantDay, AssistantSettings, Redact
from hub.domain.ids import ConversationId, InteractionId
from hub.domain.views import Page
from storage import cursors, tables
from storage.channels import Secrets
from storage.engine import Session
from storage.installation import SqlFacts

c, d = tables.assistant_calls, tables.assistant_days
_SETTINGS = "assistant.settings"
_REST = "assistant.rest"
_PLACE = "assistant.api_key"


class SqlAssistants:
    """Implements hub.ports.Assistants."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self._session = session
        self._secrets = secrets
        self._facts = SqlFacts(session)

    async def settings(self) -> AssistantSettings:
        stored = await self._facts.get(_SETTINGS)
        if stored is None:
            return AssistantSettings()
        values = {k: v for k, v in orjson.loads(stored).items() if k in AssistantSettings.__dataclass_fields__}
        key = values.pop("api_key", "")
        return AssistantSettings(
            **{**values, "redact": tuple(Redact(one) for one in values.get("redact", ()))},
            api_key=self._secrets.decrypt(key, place=_PLACE) if key else "",
        )

    async def save_settings(self, settings: AssistantSettings) -> None:
        key = self._secrets.encrypt(settings.api_key, place=_PLACE) if settings.api_key else ""
        await self._facts.put(_SETTINGS, orjson.dumps(asdict(replace(settings, api_key=key))).decode())
        await self._facts.put(_REST, "")

    async def rests_until(self) -> datetime | None:
        stored = await self._facts.get(_REST)
        return datetime.fromisoformat(stored) if stored else None

    async def rest(self, until: datetime) -> None:
        await self._facts.put(_REST, until.isoformat())

    async def reserve(self, day: date, *, tokens: int, micros: int, most_tokens: int, most_micros: int) -> bool:
        insert = self._session.dialect_insert(d).values(day=day, calls=0, tokens=0, micros=0)
        await self._session.run(insert.on_conflict_do_nothing(index_elements=["day"]))
        # One statement, so that of two nodes that ask at once the second sees what the first took.
        result = await self._session.run(
            sa.update(d)
            .where(d.c.day == day, d.c.tokens + tokens <= most_tokens, d.c.micros + micros <= most_micros)
            .values(calls=d.c.calls + 1, tokens=d.c.tokens + tokens, micros=d.c.micros + micros)
        )
        return bool(result.rowcount)

    async def settle(self, day: date, *, tokens: int, micros: int) -> None:
        await self._session.run(
            sa.update(d).where(d.c.day == day).values(tokens=d.c.tokens + tokens, micros=d.c.micros + micros)
        )

    async def day(self, day: date) -> AssistantDay:
        row = await self._session.one(sa.select(d).where(d.c.day == day))
        return AssistantDay(day=day) if row is None else AssistantDay(**row._mapping)

    async def log(self, call: AssistantCall) -> None:
        await self._session.insert(c, [_row(call)])

    async def settle_call(self, call: AssistantCall) -> None:
        await self._session.run(sa.update(c).where(c.c.id == call.id).values(_row(call)))

    async def call(self, call_id: AssistantCallId) -> AssistantCall | None:
        row = await self._session.one(sa.select(c).where(c.c.id == call_id))
        return None if row is None else _call(row)

    async def mark_used(self, call_id: AssistantCallId, interaction_id: InteractionId) -> None:
        await self._session.run(sa.update(c).where(c.c.id == call_id).values(used_in=interaction_id))

    async def calls(
        self, *, conversation_id: ConversationId | None, cursor: str | None, limit: int
    ) -> Page[AssistantCall]:
        statement = sa.select(c)
        if conversation_id is not None:
            statement = statement.where(c.c.conversation_id == conversation_id)
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(sa.tuple_(c.c.at, c.c.id) < cursors.after(c.c.at, c.c.id, at, last))
        rows = await self._session.rows(statement.order_by(c.c.at.desc(), c.c.id.desc()).limit(limit + 1))
        items: Sequence[AssistantCall] = tuple(_call(row) for row in rows[:limit])
        more = cursors.encode(items[-1].at, items[-1].id) if len(rows) > limit else None
        return Page(items=tuple(items), next=more)

    async def forget_calls(self, before: datetime, limit: int) -> int:
        old = sa.select(c.c.id).where(c.c.at < before).limit(limit)
        return (await self._session.run(sa.delete(c).where(c.c.id.in_(old)))).rowcount


def _row(call: AssistantCall) -> dict[str, Any]:
    values = {name: getattr(call, name) for name in AssistantCall.__dataclass_fields__}
    return {**values, "prompt": [list(pair) for pair in call.prompt], "sources": list(call.sources)}


def _call(row: sa.Row[Any]) -> AssistantCall:
    values = dict(row._mapping)
    prompt = tuple((str(role), str(text)) for role, text in values["prompt"])
    return AssistantCall(**{**values, "prompt": prompt, "sources": tuple(values["sources"])})
