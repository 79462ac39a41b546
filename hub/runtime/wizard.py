"""The connect wizard's live look: which step between the hub and a provider is done, and what to do about the rest."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp

from hub.contract.connector import (
    ChecksSetup,
    Connector,
    Listens,
    ReceivesWebhooks,
    RegistersWebhook,
    SetupStep,
)
from hub.contract.errors import ConnectorError
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage
from hub.runtime.accounts import Account
from hub.services.channels import ToolsFor
from hub.services.file_links import is_public

WITHIN = 20.0
"""Seconds for each question to a provider."""
_PROBE = aiohttp.ClientTimeout(total=5)
_HEARD_SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How the setup of a channel stands."""

    steps: Sequence[SetupStep]
    """In the order a person does them."""
    last_received_at: datetime | None
    """When the channel was last told anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wizard:
    """Looks at channels' setup; changes nothing."""

    storage: Storage
    clock: Clock
    tools: ToolsFor
    public_url: str

    async def look(self, account: Account) -> Setup:
        """Say how every step stands. Never fails: what cannot be told is neither done nor missing."""
        connector = account.connector
        heard = await self._last_received_at(account.channel.id)
        if connector is None:
            step = SetupStep(title="The settings can be used", done=False, help=account.problem)
            return Setup(steps=[step], last_received_at=heard)
        steps: list[SetupStep] = []
        if isinstance(connector, ReceivesWebhooks) and not isinstance(connector, Listens):
            steps += await self._reachable(account)
        steps.append(await _credentials(connector))
        steps += await _at_the_provider(connector)
        steps.append(
            SetupStep(
                title="A first event has arrived",
                done=heard is not None,
                help="" if heard else "Write to this channel from a phone or account of your own; it shows here.",
            )
        )
        return Setup(steps=steps, last_received_at=heard)

    async def _reachable(self, account: Account) -> Sequence[SetupStep]:
        title = "The hub can be reached from the internet by https"
        if not is_public(self.public_url) or urlsplit(self.public_url).scheme != "https":
            return [
                SetupStep(
                    title=title,
                    done=False,
                    help=f"Providers call the hub at {self.public_url}, which is no public https address. Set"
                    " HUB_PUBLIC_URL to the address your TLS proxy or tunnel serves, and start the hub again.",
                )
            ]
        http = self.tools(account.channel.id, account.channel.webhook_key).http
        try:
            async with http.get(f"{self.public_url}/healthz", timeout=_PROBE) as response:
                text = await response.content.read(100)
                alive = response.status == 200 and text.strip() == b"alive"
        except (aiohttp.ClientError, OSError, TimeoutError):
            alive = False
        if alive:
            return [SetupStep(title=title, done=True)]
        words = (
            f"The hub did not reach itself at {self.public_url}. Some networks do not allow that from inside; if a test"
            " message arrives, all is well. Else check the proxy, the firewall and HUB_PUBLIC_URL."
        )
        return [SetupStep(title=title, done=None, help=words)]

    async def _last_received_at(self, channel_id: ChannelId) -> datetime | None:
        lines = await self.storage.queries.ledger(since=self.clock.now() - _HEARD_SINCE)
        return next((line.last_received_at for line in lines if line.channel_id == channel_id), None)


async def _credentials(connector: Connector) -> SetupStep:
    title = "The provider accepts the credentials"
    try:
        async with asyncio.timeout(WITHIN):
            address = await connector.check()
    except (ConnectorError, OSError) as error:
        return SetupStep(title=title, done=False, help=_words(error))
    return SetupStep(title=f"{title} of {address}" if address else title, done=True)


async def _at_the_provider(connector: object) -> Sequence[SetupStep]:
    """Return the connector's own steps; without them, whether the provider calls us, if that can be told."""
    try:
        async with asyncio.timeout(WITHIN):
            if isinstance(connector, ChecksSetup):
                return await connector.setup()
            if isinstance(connector, RegistersWebhook):
                problem = await connector.subscription()
                return [SetupStep(title="The provider delivers to the hub", done=not problem, help=problem)]
    except (ConnectorError, OSError) as error:
        return [SetupStep(title="The provider delivers to the hub", done=None, help=_words(error))]
    if isinstance(connector, ReceivesWebhooks) and not isinstance(connector, Listens):
        words = "Enter the webhook address at the provider; its guide says where."
        return [SetupStep(title="The provider knows the webhook address", done=None, help=words)]
    return []


def _words(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"The provider did not answer within {WITHIN:.0f} seconds. Try again."
    return str(error) or f"The connection failed ({type(error).__name__}). Try again."
