"""What people ask of accounts by hand: try settings, start again, show that somebody types, mark as read."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

import structlog

from hub.contract.connector import MarksRead, ShowsTyping, Tools
from hub.contract.errors import ConnectorError
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.ports import Storage
from hub.runtime.accounts import Accounts
from hub.runtime.registry import Registry

log = structlog.get_logger(__name__)

CHECK_WITHIN = 20.0
SIGN_WITHIN = 5.0


class Desk:
    """Serves single requests about accounts, beside the loops."""

    def __init__(
        self, *, storage: Storage, registry: Registry, accounts: Accounts, tools: Callable[[ChannelId, str], Tools]
    ) -> None:
        self._storage = storage
        self._registry = registry
        self._accounts = accounts
        self._tools = tools

    async def check(self, connector: str, settings: Mapping[str, object], channel_id: ChannelId | None) -> str:
        """Prove that settings work and return our address there.

        Raises Invalid if the settings do not fit, CredentialsRefused or ConnectorError in words.
        """
        tools = self._tools(channel_id or ChannelId(uuid4()), "")
        made = self._registry.create(connector, settings, tools)
        try:
            async with asyncio.timeout(CHECK_WITHIN):
                return await made.check()
        except TimeoutError as error:
            raise ConnectorError(
                f"The provider did not answer within {CHECK_WITHIN:.0f} seconds. Check the address and the network."
            ) from error
        finally:
            await made.close()

    async def restart(self, channel_id: ChannelId) -> None:
        """Stop and start an account, on whichever node serves it. Raises NotFound."""
        async with self._storage.begin() as uow:
            channel = await uow.channels.get(channel_id)
            if channel is None:
                raise NotFound("There is no such channel.")
            await uow.channels.renew(channel_id)
        await self._accounts.refresh()

    async def show_typing(self, conversation_id: ConversationId) -> None:
        """Show the customer that somebody types, where the channel can. Best effort."""
        found = await self._thread(conversation_id)
        connector: object = self._connector(found[0]) if found else None
        if found is None or not isinstance(connector, ShowsTyping):
            return
        await self._quietly(connector.show_typing(found[1]))

    async def mark_read(self, conversation_id: ConversationId, message: ExternalId) -> None:
        """Tell the customer's side that an agent saw their message, where the channel can. Best effort."""
        found = await self._thread(conversation_id)
        connector: object = self._connector(found[0]) if found else None
        if found is None or not isinstance(connector, MarksRead):
            return
        await self._quietly(connector.mark_read(found[1], message))

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
