"""Reads the journal onto the timeline: many raw events per transaction, one by one where one of them is bad."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from hub.contract.errors import UnparseableEvent
from hub.contract.events import RawEvent
from hub.domain.errors import Conflict
from hub.domain.ids import JournalSeq
from hub.domain.journal import StoredEvent
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.backoff import Backoff
from hub.runtime.metrics import Metrics
from hub.services.calls.told import KIND as HUB_SAID
from hub.services.calls.told import read_told
from hub.services.ingest import Reading, ingest, keep_contents
from hub.services.ingest.contents import Keep
from hub.services.ingest.reading import TokenReader

log = structlog.get_logger(__name__)

BATCH = 250
"""Events in one transaction."""
LOOK = 4 * BATCH
"""Events read from the journal at once."""
BREATH = 0.005
"""Seconds of parsing after which others may use the event loop."""
GATHER = 0.025
"""Seconds between two looks at the least. What comes meanwhile shares one transaction: a few messages cost as much as
one, and where many come the screens wait less."""
LOOK_EVERY = 2.0
CONFLICT_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestTools:
    """What reading raw events needs beside the storage."""

    keep: Keep
    read_token: TokenReader


class JournalWorker:
    """The loop that turns raw events into the timeline."""

    def __init__(
        self, *, storage: Storage, accounts: Accounts, tools: IngestTools, clock: Clock, metrics: Metrics
    ) -> None:
        self._storage = storage
        self._accounts = accounts
        self._tools = tools
        self._clock = clock
        self._metrics = metrics

    async def run(self) -> None:
        """Read until cancelled: at once when something is appended here, and now and then for other nodes' events."""
        backoff = Backoff(first=0.5, most=30.0)
        clock = asyncio.get_running_loop().time
        while True:
            try:
                while True:
                    began = clock()
                    if not await self.drain():
                        break
                    backoff.reset()
                    await asyncio.sleep(began + GATHER - clock())
            except Exception:
                # The database is away or full: nothing is lost, the journal waits.
                log.exception("the journal could not be read; trying again")
                await asyncio.sleep(backoff.delay())
            await self._storage.journal.wait_for_new(LOOK_EVERY)

    async def drain(self) -> int:
        """Read some batches. Returns how many raw events it settled; 0 when there is nothing to read."""
        pending = await self._storage.queries.unread_events(LOOK)
        if not pending:
            return 0
        await self._know_channels(pending)
        settled, batch = 0, await self._read_all(pending[:BATCH])
        for place in range(BATCH, len(pending) + BATCH, BATCH):
            # The next batch is parsed while the database stores this one.
            following = asyncio.create_task(self._read_all(pending[place : place + BATCH]), name="journal parse")
            try:
                settled += await self._store(batch)
            except BaseException:
                following.cancel()
                raise
            batch = await following
        return settled

    async def _store(self, batch: Sequence[Reading]) -> int:
        with self._metrics.ingest_seconds.time():
            try:
                return await self._apply(batch)
            except Exception as error:  # noqa: BLE001 - whichever event it was, the others must not suffer
                if len(batch) > 1:
                    log.info("batch failed, reading its events one by one", events=len(batch), reason=str(error))
            return await self._one_by_one(batch)

    async def _read_all(self, pending: Sequence[StoredEvent]) -> Sequence[Reading]:
        readings: list[Reading] = []
        clock = asyncio.get_running_loop().time
        pause = clock() + BREATH
        for raw in pending:
            readings.append(self._read(raw))
            if clock() > pause:
                await asyncio.sleep(0)
                pause = clock() + BREATH
        return readings

    async def _know_channels(self, pending: Sequence[StoredEvent]) -> None:
        if any(self._accounts.get(raw.channel_id) is None for raw in pending):
            await self._accounts.refresh()

    async def _apply(self, readings: Sequence[Reading]) -> int:
        contents = await keep_contents(readings, self._tools.keep)
        # The journal has it: what a power cut undoes is read again. Two waits for the disk for each message are one.
        async with self._storage.begin(durable=False) as uow:
            ours = await uow.journal.claim([reading.raw for reading in readings])
            mine = [reading for reading in readings if reading.raw.seq in ours]
            if mine:
                channels = {account.channel.id: account.channel for account in self._accounts}
                await ingest(uow, mine, channels, contents, read_token=self._tools.read_token, now=self._clock.now())
        self._count(mine)
        return len(mine)

    async def _one_by_one(self, readings: Sequence[Reading]) -> int:
        settled = 0
        for reading in readings:
            try:
                settled += await self._with_patience(reading)
            except Exception as error:
                log.exception("raw event could not be stored on the timeline", seq=reading.raw.seq)
                await self._give_up(reading.raw.seq, f"{type(error).__name__}: {error}")
                settled += 1
        return settled

    async def _with_patience(self, reading: Reading) -> int:
        """Run one event, again when another worker stored one of its records at the same moment."""
        for _ in range(CONFLICT_TRIES - 1):
            try:
                return await self._apply([reading])
            except Conflict:
                continue
        return await self._apply([reading])

    async def _give_up(self, seq: JournalSeq, reason: str) -> None:
        async with self._storage.begin() as uow:
            await uow.journal.set_unparsed(seq, reason, at=self._clock.now())

    def _read(self, raw: StoredEvent) -> Reading:
        account = self._accounts.get(raw.channel_id)
        if account is None:
            return Reading(raw=raw, error="Its channel was deleted.")
        if account.connector is None:
            return Reading(raw=raw, error=f"The channel's connector cannot start: {account.problem}")
        event = RawEvent(
            kind=raw.kind,
            body=raw.body,
            headers=raw.headers,
            query=raw.query,
            received_at=raw.received_at,
            seq=raw.seq,
            recovered=raw.recovered,
        )
        try:
            if raw.kind == HUB_SAID:
                return Reading(raw=raw, events=tuple(read_told(event)))
            return Reading(raw=raw, events=tuple(account.connector.parse(event)))
        except UnparseableEvent as error:
            return Reading(raw=raw, error=str(error) or "The connector does not understand it.")
        except Exception as error:
            log.exception("connector failed to parse", connector=account.channel.connector, seq=raw.seq)
            return Reading(raw=raw, error=f"The connector failed to read it ({type(error).__name__}: {error}).")

    def _count(self, readings: Sequence[Reading]) -> None:
        found: Counter[tuple[str, str]] = Counter()
        for reading in readings:
            account = self._accounts.get(reading.raw.channel_id)
            outcome = "unparsed" if reading.error else "shown" if reading.events else "nothing"
            found[account.channel.connector if account else "", outcome] += 1
        for labels, count in found.items():
            self._metrics.ingested.labels(*labels).inc(count)
