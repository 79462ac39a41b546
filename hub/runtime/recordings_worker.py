"""Fetches recordings, looks into them, and clears away what is due; the rules are those of hub.services.recordings."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta

import structlog

from hub.contract.calls import FetchesRecordings
from hub.contract.errors import CredentialsRefused
from hub.domain.ids import ChannelId
from hub.domain.review.content import Work, WorkKind
from hub.ports.recordings import Claimed
from hub.runtime.accounts import Accounts
from hub.runtime.loops import first_of
from hub.runtime.notices import Notices
from hub.runtime.scheduler import Job
from hub.services.recordings import deleting, fetching, looking
from hub.services.recordings.means import Means

log = structlog.get_logger(__name__)

FETCHES_AT_ONCE = 3
WORKS_AT_ONCE = 2
LOOK_EVERY = 5.0
GATHER = 0.25
"""Seconds in which news gathers, so that a busy hub costs a few look-ups a second."""
WORK_HELD = timedelta(minutes=15)
"""For how long work under way is nobody else's: longer than a look may take."""
NOT_SERVED = timedelta(minutes=1)
WORK_TRIES = 20
_KINDS = (WorkKind.look, WorkKind.forget_there)

Refused = Callable[[ChannelId, str], Awaitable[None]]
"""Stops an account whose credentials the provider refused: `refused(channel_id, words)`."""


class RecordingsWorker:
    """The loop of recordings."""

    def __init__(self, *, means: Means, accounts: Accounts, notices: Notices, refused: Refused) -> None:
        self._means = means
        self._accounts = accounts
        self._notices = notices
        self._refused = refused
        self._fetches: set[asyncio.Task[None]] = set()
        self._works: set[asyncio.Task[None]] = set()
        self._freed = asyncio.Event()

    async def run(self) -> None:
        """Work until cancelled. A fetch that is cut off begins anew; a look is done again."""
        try:
            while True:
                rings = self._notices.rings
                self._freed.clear()
                try:
                    await self.start_due()
                except Exception:
                    log.exception("recordings to work on could not be read; trying again")
                await first_of(self._freed.wait(), self._notices.wait(rings, LOOK_EVERY))
                await asyncio.sleep(GATHER)
        finally:
            tasks = self._fetches | self._works
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def start_due(self) -> int:
        """Start what is due and has room; returns how much."""
        return await self._start_fetches() + await self._start_works()

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while tasks := self._fetches | self._works:
            await asyncio.wait(tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _start_fetches(self) -> int:
        room, now = FETCHES_AT_ONCE - len(self._fetches), self._means.now()
        if room <= 0:
            return 0
        async with self._means.storage.read() as uow:
            if not await uow.recordings.claim(now, until=now, limit=1):
                return 0
        async with self._means.storage.begin() as uow:
            claimed = await uow.recordings.claim(now, until=now + fetching.HELD, limit=room)
        for one in claimed:
            self._start(self._fetches, self._fetch(one))
        return len(claimed)

    async def _start_works(self) -> int:
        room, now = WORKS_AT_ONCE - len(self._works), self._means.now()
        if room <= 0:
            return 0
        async with self._means.storage.read() as uow:
            if not await uow.recordings.claim_work(_KINDS, now, until=now, limit=1):
                return 0
        async with self._means.storage.begin() as uow:
            works = await uow.recordings.claim_work(_KINDS, now, until=now + WORK_HELD, limit=room)
        for work in works:
            self._start(self._works, self._work(work))
        return len(works)

    def _start(self, tasks: set[asyncio.Task[None]], job: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(job, name="recording")
        tasks.add(task)

        def done(finished: asyncio.Task[None]) -> None:
            tasks.discard(finished)
            self._freed.set()
            if not finished.cancelled() and (error := finished.exception()) is not None:
                # The database was away: it is due again when its hold ends.
                log.error("what became of a recording was not written", exc_info=error)

        task.add_done_callback(done)

    async def _fetch(self, claimed: Claimed) -> None:
        channel_id = claimed.recording.channel_id
        connector = self._connector(channel_id)
        if connector is None:
            words = "The channel is not connected now; the recording is fetched when it is."
            async with self._means.storage.begin() as uow:
                await uow.recordings.retry(claimed.recording.id, at=self._means.now() + NOT_SERVED, words=words)
            return
        try:
            await fetching.fetch(self._means, claimed, connector)
        except CredentialsRefused as error:
            await self._refused(channel_id, str(error) or "The provider refused our credentials.")

    async def _work(self, work: Work) -> None:
        if work.attempts > WORK_TRIES:
            log.error("recording given up", recording=str(work.recording_id), work=work.kind.value, reason=work.error)
            async with self._means.storage.begin() as uow:
                await uow.recordings.end_work(work.recording_id, work.kind)
            return
        try:
            await (looking.look(self._means, work) if work.kind is WorkKind.look else self._forget_there(work))
        except Exception as error:
            log.exception("work on a recording failed", recording=str(work.recording_id), work=work.kind.value)
            due = self._means.now() + self._means.backoff.wait(work.attempts, self._means.chance())
            async with self._means.storage.begin() as uow:
                await uow.recordings.retry_work(work, at=due, words=str(error) or type(error).__name__)

    async def _forget_there(self, work: Work) -> None:
        async with self._means.storage.read() as uow:
            recording = await uow.recordings.get(work.recording_id)
        connector = None if recording is None else self._connector(recording.channel_id)
        if recording is None or connector is None:
            async with self._means.storage.begin() as uow:
                await uow.recordings.retry_work(work, at=self._means.now() + NOT_SERVED, words="not connected")
            return
        try:
            await looking.forget_there(self._means, work, connector)
        except CredentialsRefused as error:
            await self._refused(recording.channel_id, str(error) or "The provider refused our credentials.")

    def _connector(self, channel_id: ChannelId) -> FetchesRecordings | None:
        account = self._accounts.get(channel_id)
        connector: object = account.connector if account is not None and account.may_send else None
        return connector if isinstance(connector, FetchesRecordings) else None


def recording_jobs(means: Means) -> tuple[Job, ...]:
    """Return what is done for recordings from time to time."""

    async def expire(now: datetime) -> int:  # noqa: ARG001 - the means tell the time
        return await deleting.expire(means)

    async def sweep(now: datetime) -> int:  # noqa: ARG001 - as above
        return await deleting.sweep(means)

    return (
        Job("delete expired recordings", timedelta(minutes=10), expire),
        Job("sweep files of deleted recordings", timedelta(hours=1), sweep),
    )
