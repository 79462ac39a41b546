"""What people ask of accounts by hand: try settings, start again, show that somebody types, mark as read."""

import asyncio
import contextlib
from collections.abc import Awaitable, Mapping
from datetime import datetime

import structlog

from hub.contract.connector import MarksRead, OffersTemplates, SeenMessage, ShowsTyping
from hub.contract.errors import ConnectorError
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.domain.interaction import Interaction
from hub.ports import Storage
from hub.runtime.accounts import Accounts
from hub.runtime.registry import Registry
from hub.services import channels, templates
from hub.services.channels import ToolsFor
from hub.services.ids import new_id

log = structlog.get_logger(__name__)

SIGN_WITHIN = 5.0


class Desk:
    """Serves single requests about accounts, beside the loops."""

    def __init__(self, *, storage: Storage, registry: Registry, accounts: Accounts, tools: ToolsFor) -> None:
        self._storage = storage
        self._registry = registry
        self._accounts = accounts
        self._tools = tools

    async def check(self, connector: str, settings: Mapping[str, object], channel_id: ChannelId | None) -> str:
        """Prove that settings work and return our address there; secrets left out are those of the channel.

        Raises NotFound, Invalid if the settings do not fit, CredentialsRefused or ConnectorError in words.
        """
        manifest = self._registry.get(connector)
        if manifest is None:
            raise NotFound(f"The connector “{connector}” is not installed in this hub.")
        account = self._accounts.get(channel_id) if channel_id is not None else None
        if account is not None and account.channel.demo and account.connector is not None:
            return await account.connector.check()  # its settings lead nowhere
        stored, key = await self._stored(channel_id)
        values = channels.validated(manifest, settings, stored=stored)
        tools = self._tools(channel_id or ChannelId(new_id()), key or channels.new_webhook_key())
        return (await channels.check(manifest, values, tools)).address

    async def restart(self, channel_id: ChannelId) -> None:
        """Stop and start an account, on whichever node serves it. Raises NotFound, Invalid if it is switched off."""
        async with self._storage.begin() as uow:
            await channels.restart(uow, channel_id)
        await self._accounts.refresh()

    async def refresh_templates(self, channel_id: ChannelId, now: datetime) -> None:
        """Read a channel's templates from the provider again; a failure is kept beside them, in words.

        Raises NotFound, Invalid if the channel has no templates or cannot be used.
        """
        account = self._accounts.get(channel_id)
        if account is None:
            raise NotFound("There is no such channel; it may have been deleted.")
        connector: object = account.connector
        if not isinstance(connector, OffersTemplates):
            raise Invalid(account.problem or "This channel has no templates.")
        with contextlib.suppress(ConnectorError, OSError):
            await templates.sync(self._storage, connector, channel_id, now)

    async def show_typing(self, conversation_id: ConversationId) -> None:
        """Show the customer that somebody types, where the channel can. Best effort."""
        found = await self._thread(conversation_id)
        connector: object = self._connector(found[0]) if found else None
        if found is None or not isinstance(connector, ShowsTyping):
            return
        await self._quietly(connector.show_typing(found[1]))

    async def mark_read(self, conversation_id: ConversationId, message: Interaction) -> None:
        """Tell the customer's side that an agent saw their message, where the channel can. Best effort."""
        found = await self._thread(conversation_id)
        connector: object = self._connector(found[0]) if found else None
        if found is None or message.external_id is None or not isinstance(connector, MarksRead):
            return
        seen = SeenMessage(thread=found[1], id=message.external_id, data=message.data)
        await self._quietly(connector.mark_read(seen))

    async def _stored(self, channel_id: ChannelId | None) -> tuple[Mapping[str, object], str]:
        if channel_id is None:
            return {}, ""
        async with self._storage.read() as uow:
            channel = await uow.channels.get(channel_id)
            settings = await uow.channels.settings(channel_id)
        if channel is None or settings is None:
            return {}, ""
        return settings.values, channel.webhook_key

    def _connector(self, channel_id: ChannelId) -> object:
        account = self._accounts.get(channel_id)
        return account.connector if account is not None and account.may_send else None

    async def _thread(self, conversation_id: ConversationId) -> tuple[ChannelId, ExternalId] | None:
        return (await self._storage.queries.visitor_threads([conversation_id])).get(conversation_id)

    async def _quietly(self, call: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(SIGN_WITHIN):
                await call
        except (ConnectorError, OSError, TimeoutError) as error:
            log.info("passing sign not shown", reason=str(error))
