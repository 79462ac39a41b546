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
    ShowsPage,
)
from hub.contract.errors import ConnectorError
from hub.domain.ids import ChannelId
from hub.domain.phrase import Phrase
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
            step = SetupStep(title=Phrase("The settings can be used"), done=False, help=Phrase.of(account.problem))
            return Setup(steps=[step], last_received_at=heard)
        steps: list[SetupStep] = []
        if isinstance(connector, ReceivesWebhooks) and not isinstance(connector, Listens):
            steps += await self._reachable(account)
        page = isinstance(connector, ShowsPage)
        if not page:
            steps.append(await _credentials(connector))
        steps += await _at_the_provider(connector)
        test = (
            Phrase("Open the page and send a test; it shows here.")
            if page
            else Phrase("Write to this channel from a phone or account of your own; it shows here.")
        )
        steps.append(SetupStep(title=Phrase("A first event has arrived"), done=heard is not None, help=test))
        return Setup(steps=steps, last_received_at=heard)

    async def _reachable(self, account: Account) -> Sequence[SetupStep]:
        title = Phrase("The hub can be reached from the internet by https")
        if not is_public(self.public_url) or urlsplit(self.public_url).scheme != "https":
            return [
                SetupStep(
                    title=title,
                    done=False,
                    help=Phrase(
                        "Providers call the hub at {url}, which is no public https address. Set HUB_PUBLIC_URL to the"
                        " address your TLS proxy or tunnel serves, and start the hub again.",
                        url=self.public_url,
                    ),
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
        words = Phrase(
            "The hub did not reach itself at {url}. Some networks do not allow that from inside; if a test message"
            " arrives, all is well. Else check the proxy, the firewall and HUB_PUBLIC_URL.",
            url=self.public_url,
        )
        return [SetupStep(title=title, done=None, help=words)]

    async def _last_received_at(self, channel_id: ChannelId) -> datetime | None:
        lines = await self.storage.queries.ledger(since=self.clock.now() - _HEARD_SINCE)
        return next((line.last_received_at for line in lines if line.channel_id == channel_id), None)


async def _credentials(connector: Connector) -> SetupStep:
    title = Phrase("The provider accepts the credentials")
    try:
        async with asyncio.timeout(WITHIN):
            address = await connector.check()
    except (ConnectorError, OSError) as error:
        return SetupStep(title=title, done=False, help=_words(error))
    if not address:
        return SetupStep(title=title, done=True)
    return SetupStep(title=Phrase("The provider accepts the credentials of {address}", address=address), done=True)


async def _at_the_provider(connector: object) -> Sequence[SetupStep]:
    """Return the connector's own steps; without them, whether the provider calls us, if that can be told."""
    delivers = Phrase("The provider delivers to the hub")
    try:
        async with asyncio.timeout(WITHIN):
            if isinstance(connector, ChecksSetup):
                return await connector.setup()
            if isinstance(connector, RegistersWebhook):
                problem = await connector.subscription()
                return [SetupStep(title=delivers, done=not problem, help=Phrase.of(problem))]
    except (ConnectorError, OSError) as error:
        return [SetupStep(title=delivers, done=None, help=_words(error))]
    if isinstance(connector, ReceivesWebhooks) and not isinstance(connector, Listens):
        words = Phrase("Enter the webhook address at the provider; its guide says where.")
        return [SetupStep(title=Phrase("The provider knows the webhook address"), done=None, help=words)]
    return []


def _words(error: BaseException) -> Phrase:
    if isinstance(error, TimeoutError):
        return Phrase("The provider did not answer within {seconds} seconds. Try again.", seconds=f"{WITHIN:.0f}")
    if isinstance(error, ConnectorError) and str(error):
        return Phrase.of(error)
    return Phrase("The connection failed ({error}). Try again.", error=str(error) or type(error).__name__)
