"""Our accounts, with their settings: secret fields sealed, each to its own place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

import orjson
import sqlalchemy as sa

from hub.domain.channel import Channel, ChannelKind, ChannelSettings, Connection
from hub.domain.errors import Conflict, NotFound
from hub.domain.ids import ChannelId
from storage import tables
from storage.engine import Session

t = tables.channels
_COLUMNS = [column for column in t.columns if column.name not in ("settings", "secrets")]


class Secrets(Protocol):
    """Seals secrets to the place they stand in; `hub.runtime.secrets_box` implements it."""

    def encrypt(self, text: str, *, place: str) -> str:
        """Seal under the newest key."""
        ...

    def decrypt(self, sealed: str, *, place: str) -> str:
        """Open what was sealed for this place."""
        ...


def _place(channel_id: ChannelId, field: str) -> str:
    return f"channels.settings.{channel_id}.{field}"


def _load(row: Any) -> Channel:
    values = dict(row._mapping)
    connection = Connection(
        state=values.pop("connection_state"),
        since=values.pop("connection_since"),
        detail=values.pop("connection_detail"),
    )
    values["kind"] = ChannelKind(values["kind"])
    for name in ("reopen_window", "idle_after"):
        values[name] = timedelta(seconds=values[name])
    return Channel(connection=connection, **values)


def _row(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "connector": channel.connector,
        "kind": channel.kind,
        "name": channel.name,
        "address": channel.address,
        "webhook_key": channel.webhook_key,
        "enabled": channel.enabled,
        "team_id": channel.team_id,
        "sender_rule": channel.sender_rule,
        "reopen_window": channel.reopen_window.total_seconds(),
        "idle_after": channel.idle_after.total_seconds(),
        "demo": channel.demo,
        "connection_state": channel.connection.state,
        "connection_since": channel.connection.since,
        "connection_detail": channel.connection.detail,
        "created_at": channel.created_at,
        "revision": channel.revision,
    }


class SqlChannels:
    """Implements hub.ports.Channels."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self._session = session
        self._secrets = secrets

    async def get(self, channel_id: ChannelId) -> Channel | None:
        row = await self._session.one(sa.select(*_COLUMNS).where(t.c.id == channel_id))
        return None if row is None else _load(row)

    async def by_webhook_key(self, key: str) -> Channel | None:
        row = await self._session.one(sa.select(*_COLUMNS).where(t.c.webhook_key == key))
        return None if row is None else _load(row)

    async def all(self) -> Sequence[Channel]:
        return [_load(row) for row in await self._session.rows(sa.select(*_COLUMNS).order_by(t.c.created_at, t.c.id))]

    async def settings(self, channel_id: ChannelId) -> ChannelSettings | None:
        row = await self._session.one(sa.select(t.c.settings, t.c.secrets).where(t.c.id == channel_id))
        if row is None:
            return None
        values = dict(row[0])
        for field, sealed in row[1].items():
            values[field] = orjson.loads(self._secrets.decrypt(sealed, place=_place(channel_id, field)))
        return ChannelSettings(channel_id=channel_id, values=values)

    def _seal(
        self, channel_id: ChannelId, settings: Mapping[str, object], secret_fields: Collection[str]
    ) -> dict[str, Any]:
        secret = {name: value for name, value in settings.items() if name in secret_fields and value is not None}
        return {
            "settings": {name: value for name, value in settings.items() if name not in secret},
            "secrets": {
                name: self._secrets.encrypt(orjson.dumps(value).decode(), place=_place(channel_id, name))
                for name, value in secret.items()
            },
        }

    async def add(self, channel: Channel, settings: Mapping[str, object], secret_fields: Collection[str]) -> None:
        await self._session.insert_once(t, _row(channel) | self._seal(channel.id, settings, secret_fields))

    async def update(self, channel: Channel) -> None:
        result = await self._session.run(sa.update(t).where(t.c.id == channel.id).values(_row(channel)))
        _found(result.rowcount)

    async def update_settings(
        self, channel_id: ChannelId, settings: Mapping[str, object], secret_fields: Collection[str]
    ) -> None:
        sealed = self._seal(channel_id, settings, secret_fields)
        result = await self._session.run(
            sa.update(t).where(t.c.id == channel_id).values(revision=t.c.revision + 1, **sealed)
        )
        _found(result.rowcount)

    async def keep_secret(self, channel_id: ChannelId, field: str, value: str) -> None:
        row = await self._session.one(sa.select(t.c.secrets).where(t.c.id == channel_id).with_for_update())
        if row is None:
            raise NotFound("There is no such channel; it may have been deleted.")
        sealed = self._secrets.encrypt(orjson.dumps(value).decode(), place=_place(channel_id, field))
        await self._session.run(sa.update(t).where(t.c.id == channel_id).values(secrets={**row[0], field: sealed}))

    async def set_connection(self, channel_id: ChannelId, connection: Connection) -> None:
        await self._session.run(
            sa.update(t)
            .where(t.c.id == channel_id)
            .values(
                connection_state=connection.state,
                connection_since=connection.since,
                connection_detail=connection.detail,
            )
        )

    async def delete(self, channel_id: ChannelId) -> None:
        c = tables.conversations
        if await self._session.value(sa.select(c.c.id).where(c.c.channel_id == channel_id).limit(1)):
            raise Conflict("This channel has conversations, so it stays. Disable it instead.")
        for table in (
            *(tables.raw_events, tables.parked, tables.listener_cursors),
            *(tables.arrivals, tables.readings, tables.recoveries),
        ):
            await self._session.run(sa.delete(table).where(table.c.channel_id == channel_id))
        await self._session.run(sa.delete(t).where(t.c.id == channel_id))

    async def reencrypt(self) -> int:
        count = 0
        for channel_id, sealed in await self._session.rows(sa.select(t.c.id, t.c.secrets)):
            fresh = {
                field: self._secrets.encrypt(
                    self._secrets.decrypt(text, place=_place(channel_id, field)), place=_place(channel_id, field)
                )
                for field, text in sealed.items()
            }
            count += len(fresh)
            await self._session.run(sa.update(t).where(t.c.id == channel_id).values(secrets=fresh))
        h = tables.hooks
        for hook_id, text in await self._session.rows(sa.select(h.c.id, h.c.secret)):
            place = f"hooks.secret.{hook_id}"
            fresh_text = self._secrets.encrypt(self._secrets.decrypt(text, place=place), place=place)
            await self._session.run(sa.update(h).where(h.c.id == hook_id).values(secret=fresh_text))
            count += 1
        return count


def _found(count: int) -> None:
    if not count:
        raise NotFound("There is no such channel; it may have been deleted.")
