"""The accounts at work in this process: one connector per channel, made anew when the channel's settings change."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import structlog

from hub.contract.connector import Connector
from hub.contract.outbound import OutboundMessage
from hub.domain.channel import Capabilities, Channel, ConnectionState
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId
from hub.ports import Storage
from hub.runtime.logs import redact
from hub.runtime.registry import Registry
from hub.services.channels import ToolsFor, secret_fields

log = structlog.get_logger(__name__)

REFRESH_EVERY = 2.0
"""Seconds after which the channels are read again, for changes made on other nodes."""


@dataclass(frozen=True, slots=True)
class Account:
    """A channel and the connector that serves it. `connector` is None if it could not be made; `problem` says why."""

    channel: Channel
    connector: Connector | None
    problem: str = ""
    capabilities: Capabilities = field(default_factory=Capabilities)

    @property
    def may_send(self) -> bool:
        """Tell whether the outbox may use it: enabled, made, and not refused by the provider."""
        refused = self.channel.connection.state is ConnectionState.bad_credentials
        return self.channel.enabled and self.connector is not None and not refused


class Accounts:
    """All accounts by channel and by webhook key. `refresh` brings them in line with the database."""

    def __init__(self, storage: Storage, registry: Registry, tools: ToolsFor) -> None:
        self._storage = storage
        self._registry = registry
        self._tools = tools
        self._accounts: dict[ChannelId, Account] = {}
        self._by_key: dict[str, ChannelId] = {}
        self._lock = asyncio.Lock()
        self._changed = asyncio.Event()
        self.said_to_customer: Callable[[ChannelId, OutboundMessage], None] = lambda _channel, _message: None
        """Told what is sent on the demo's channels: the simulator sets it, so that made-up customers can answer."""

    def __iter__(self) -> Iterator[Account]:
        """Iterate over all accounts."""
        return iter(tuple(self._accounts.values()))

    def get(self, channel_id: ChannelId) -> Account | None:
        """Return the account of a channel."""
        return self._accounts.get(channel_id)

    def capabilities(self, channel: Channel) -> Capabilities:
        """Return what a channel can carry; what its connector's channels can, until its account is made."""
        account = self._accounts.get(channel.id)
        return account.capabilities if account is not None else self._registry.capabilities(channel.connector)

    def by_webhook_key(self, key: str) -> Account | None:
        """Return the account behind a webhook address, if it is enabled."""
        channel_id = self._by_key.get(key)
        account = self._accounts.get(channel_id) if channel_id is not None else None
        return account if account is not None and account.channel.enabled else None

    async def refresh(self) -> None:
        """Read the channels and make, remake or close connectors where a channel appeared, changed or went."""
        async with self._lock:
            async with self._storage.read() as uow:
                channels = {channel.id: channel for channel in await uow.channels.all()}
                settings = {
                    channel.id: await uow.channels.settings(channel.id)
                    for channel in channels.values()
                    if self._is_stale(channel)
                }
            retired = [a for a in self._accounts.values() if a.channel.id in settings or a.channel.id not in channels]
            made: dict[ChannelId, Account] = {}
            for channel in channels.values():
                known = self._accounts.get(channel.id)
                if channel.id in settings or known is None:
                    stored = settings.get(channel.id)
                    made[channel.id] = self._make(channel, dict(stored.values) if stored else {})
                else:
                    made[channel.id] = replace(known, channel=channel)
            before, self._accounts = self._accounts, made
            self._by_key = {account.channel.webhook_key: account.channel.id for account in made.values()}
            if retired or len(made) != len(before) or any(before.get(key) != made[key] for key in made):
                self._changed.set()
        for account in retired:
            await _close(account)

    async def follow(self) -> None:
        """Stay in line with the database until cancelled: for processes that run no supervisor."""
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH_EVERY)

    async def changed(self, at_most: float) -> None:
        """Return when a refresh found something changed since the last call, or after `at_most` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._changed.wait()
        self._changed.clear()

    async def close(self) -> None:
        """Close every connector."""
        accounts, self._accounts, self._by_key = list(self._accounts.values()), {}, {}
        for account in accounts:
            await _close(account)

    def _is_stale(self, channel: Channel) -> bool:
        known = self._accounts.get(channel.id)
        return known is None or known.channel.revision != channel.revision

    def _make(self, channel: Channel, settings: dict[str, object]) -> Account:
        manifest = self._registry.get(channel.connector)
        secret = secret_fields(manifest.settings) if manifest is not None else ()
        redact(*(value for name in secret if isinstance(value := settings.get(name), str) and value))
        able = self._registry.capabilities_of(channel.connector, settings)
        try:
            connector = self._registry.create(channel.connector, settings, self._tools(channel.id, channel.webhook_key))
            made = self._played(channel, connector) if channel.demo else connector
            return Account(channel, made, capabilities=able)
        except HubError as error:
            log.error("channel cannot start", channel=channel.name, problem=str(error))
            return Account(channel, None, str(error), able)

    def _played(self, channel: Channel, connector: Connector) -> Connector:
        from hub.runtime.simulated import simulated  # not at the top: a hub without a demo needs none of it

        return simulated(connector, channel.address, lambda message: self.said_to_customer(channel.id, message))


async def _close(account: Account) -> None:
    if account.connector is None:
        return
    try:
        await account.connector.close()
    except Exception:
        log.warning("connector did not close cleanly", channel=account.channel.name, exc_info=True)
