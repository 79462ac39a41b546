"""Fetches the portraits that providers show of people, through the guard, and keeps them small.

Providers' addresses of pictures end within hours or days and tell them who looks; so screens show our own copy.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from hub.contract.connector import FetchesAttachments
from hub.contract.errors import ConnectorError, FetchFailed
from hub.domain.ids import ExternalId
from hub.domain.portrait import DuePortrait, PortraitId
from hub.ports import BlobStore, Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.backoff import Backoff
from hub.runtime.leases import LeaseKeeper
from hub.services import pictures
from hub.services.attachments import new_file_key
from hub.services.ids import new_id

log = structlog.get_logger(__name__)

Fetch = Callable[[str, int], AsyncIterator[bytes]]
"""The guarded way out: `fetch(url, max_bytes)`."""

BYTES_LIMIT = 5_000_000
AT_ONCE = 8
LOOK_EVERY = 2.0
FETCH_TIME = 30.0
WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
"""After so many failures it is tried again so much later, then no more until the provider tells another address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortraitTools:
    """What fetching portraits needs."""

    storage: Storage
    blobs: BlobStore
    accounts: Accounts
    clock: Clock
    fetch: Fetch


class PortraitsWorker:
    """The loop that fetches."""

    def __init__(self, tools: PortraitTools, leases: LeaseKeeper) -> None:
        self._tools = tools
        self._leases = leases

    async def run(self) -> None:
        """Fetch until cancelled, on one node at a time."""
        await self._leases.serve("portraits", self._serve)

    async def _serve(self) -> None:
        backoff = Backoff(first=0.5, most=30.0)
        while True:
            try:
                while await self.step():
                    backoff.reset()
            except Exception:
                log.exception("portraits could not be fetched; trying again")
                await asyncio.sleep(backoff.delay())
            await asyncio.sleep(LOOK_EVERY)

    async def step(self) -> int:
        """Fetch or drop what is due now, side by side; returns how many there were."""
        async with self._tools.storage.read() as uow:
            due = await uow.portraits.due(self._tools.clock.now(), AT_ONCE)
        await asyncio.gather(*(self._one(portrait) for portrait in due))
        return len(due)

    async def _one(self, portrait: DuePortrait) -> None:
        if not portrait.source:
            await self._put(portrait, None, None)
            return
        try:
            async with asyncio.timeout(FETCH_TIME):
                content = await self._content(portrait)
        except (ConnectorError, TimeoutError, OSError) as error:
            await self._failed(portrait, f"{error}" or type(error).__name__)
            return
        small = (await pictures.examine(content)).thumbnail
        if small is None:
            log.info("a portrait is no picture", channel=str(portrait.channel_id))
            await self._later(portrait, passing=False)
            return
        key = new_file_key()
        await self._tools.blobs.put(key, small)
        if not await self._put(portrait, PortraitId(new_id()), key):
            await self._tools.blobs.delete(key)  # the person was erased meanwhile, or has another portrait by now

    async def _content(self, portrait: DuePortrait) -> bytes:
        """Return a portrait's bytes. Raises FetchFailed."""
        if portrait.source.startswith(("https://", "http://")):
            chunks = self._tools.fetch(portrait.source, BYTES_LIMIT)
        else:
            account = self._tools.accounts.get(portrait.channel_id)
            connector: object = account.connector if account is not None else None
            if not isinstance(connector, FetchesAttachments):
                raise FetchFailed("The channel this portrait is fetched by is gone.")
            chunks = connector.fetch(ExternalId(portrait.source))
        parts, size = [], 0
        async for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > BYTES_LIMIT:
                raise FetchFailed("The portrait is larger than anybody's needs to be.")
        return b"".join(parts)

    async def _put(self, portrait: DuePortrait, portrait_id: PortraitId | None, key: str | None) -> bool:
        async with self._tools.storage.begin() as uow:
            taken, before = await uow.portraits.put(portrait.contact_point_id, portrait.source, portrait_id, key)
        if before is not None:
            await self._tools.blobs.delete(before)
        return taken

    async def _failed(self, portrait: DuePortrait, words: str) -> None:
        log.info("a portrait was not fetched", channel=str(portrait.channel_id), reason=words, tries=portrait.tries + 1)
        await self._later(portrait, passing=True)

    async def _later(self, portrait: DuePortrait, *, passing: bool) -> None:
        again = passing and portrait.tries < len(WAITS)
        due_at = self._tools.clock.now() + WAITS[portrait.tries] if again else None
        async with self._tools.storage.begin() as uow:
            await uow.portraits.later(portrait.contact_point_id, portrait.source, due_at)
