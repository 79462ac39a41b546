"""Finds what a lost webhook missed: asks a provider for what it has, and journals what is not there yet."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from hub.contract.connector import Reconciles
from hub.contract.events import RawEvent
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage

LOOK_BACK = timedelta(days=1)
"""How far the first look reaches where nothing was ever heard, or lately."""
FURTHEST = timedelta(days=7)
OVERLAP = timedelta(minutes=10)
"""By how much each look reaches into the one before: providers list late, and clocks differ."""
BATCH = 200
_REMEMBERED = 20_000


class CatchUp:
    """The looks at one account, one after another."""

    def __init__(self, storage: Storage, clock: Clock, channel_id: ChannelId) -> None:
        self._storage = storage
        self._clock = clock
        self._channel_id = channel_id
        self._since: datetime | None = None
        self._seen: OrderedDict[bytes, None] = OrderedDict()

    async def run(self, connector: Reconciles) -> int:
        """Journal what the provider lists and did not list before; returns how many. Raises ConnectorError.

        Ingest knows what came by webhook already; only what it does not know counts as recovered.
        """
        started = self._clock.now()
        since = self._since or await self._first()
        batch: list[RawEvent] = []
        found = 0
        async for event in connector.missed(since):
            if self._is_new(event):
                batch.append(replace(event, recovered=True))
            if len(batch) >= BATCH:
                found += await self._store(batch)
        found += await self._store(batch)
        self._since = started - OVERLAP
        return found

    async def _first(self) -> datetime:
        """Return from when on to look at the start: since the last word, if that is longer ago than a day."""
        now = self._clock.now()
        lines = await self._storage.queries.ledger(since=now - FURTHEST)
        heard = [line.last_received_at for line in lines if line.channel_id == self._channel_id]
        last = max((at for at in heard if at is not None), default=now)
        return max(now - FURTHEST, min(now - LOOK_BACK, last - OVERLAP))

    def _is_new(self, event: RawEvent) -> bool:
        """Tell whether the provider lists this for the first time: the same list comes again every few minutes."""
        mark = sha256(event.kind.encode() + b"\0" + event.body).digest()
        known = mark in self._seen
        self._seen[mark] = None
        self._seen.move_to_end(mark)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return not known

    async def _store(self, batch: list[RawEvent]) -> int:
        if batch:
            await self._storage.journal.append(self._channel_id, batch)
        count = len(batch)
        batch.clear()
        return count
