"""Our accounts with providers, their templates, and the programs that are told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.channel import Channel, ChannelSettings, Connection
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.ids import (
    ChannelId,
)
from hub.domain.template import Template
from hub.domain.views import (
    Page,
)


class Channels(Protocol):
    """Our accounts. Settings are stored with their secrets encrypted."""

    async def get(self, channel_id: ChannelId) -> Channel | None: ...
    async def by_webhook_key(self, key: str) -> Channel | None: ...
    async def all(self) -> Sequence[Channel]: ...
    async def settings(self, channel_id: ChannelId) -> ChannelSettings | None: ...
    async def add(self, channel: Channel, settings: Mapping[str, object], secret_fields: Collection[str]) -> None: ...
    async def update(self, channel: Channel) -> None: ...
    async def update_settings(
        self, channel_id: ChannelId, settings: Mapping[str, object], secret_fields: Collection[str]
    ) -> None:
        """Replace the settings and raise the revision."""
        ...

    async def keep_secret(self, channel_id: ChannelId, field: str, value: str) -> None:
        """Replace one secret setting without raising the revision: the account goes on as it is."""
        ...

    async def set_connection(self, channel_id: ChannelId, connection: Connection) -> None: ...
    async def delete(self, channel_id: ChannelId) -> None:
        """Delete a channel that has no conversations. Raises Conflict otherwise: such a channel is disabled instead."""
        ...

    async def reencrypt(self) -> int:
        """Encrypt every secret with the newest key; returns how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSync:
    """How the last synchronisation of a channel's templates went."""

    synced_at: datetime | None
    """When they were last read from the provider."""
    tried_at: datetime
    problem: str = ""
    """In words, if the last try failed."""


class Templates(Protocol):
    """Providers' templates as last told."""

    async def all(self, channel_id: ChannelId) -> Sequence[Template]:
        """Return a channel's templates, by name and language."""
        ...

    async def get(self, channel_id: ChannelId, key: str) -> Template | None: ...
    async def replace(self, channel_id: ChannelId, templates: Sequence[Template], *, at: datetime) -> None:
        """Keep these and no others."""
        ...

    async def note_problem(self, channel_id: ChannelId, problem: str, *, at: datetime) -> None: ...
    async def last_sync(self, channel_id: ChannelId) -> TemplateSync | None: ...


class Hooks(Protocol):
    """Outgoing webhooks and the log of what was sent to them."""

    async def all(self) -> Sequence[Hook]: ...
    async def get(self, hook_id: UUID) -> Hook | None: ...
    async def save(self, hook: Hook) -> None:
        """Add or replace; the secret is stored encrypted."""
        ...

    async def delete(self, hook_id: UUID) -> None: ...
    async def cursor(self) -> int:
        """Return the last notice that was turned into hook deliveries; locks it until the unit of work ends."""
        ...

    async def advance(self, seq: int, deliveries: Sequence[HookDelivery]) -> None: ...
    async def queue(self, delivery: HookDelivery) -> None:
        """Have one hook told of something that is no notice."""
        ...

    async def claim(self, now: datetime, limit: int) -> Sequence[HookDelivery]: ...
    async def record(self, delivery: HookDelivery) -> None: ...
    async def deliveries(self, hook_id: UUID, cursor: str | None, limit: int) -> Page[HookDelivery]: ...
    async def delivery(self, delivery_id: UUID) -> HookDelivery | None: ...
