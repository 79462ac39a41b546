"""Sends what waits in the outbox: claims what is due, paces each account, and stops without losing a message's fate."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field

import structlog

from hub.contract.connector import Connector
from hub.domain.changes import ChangeKind
from hub.domain.channel import Capabilities, Channel
from hub.domain.ids import ChannelId
from hub.domain.pace import Pace
from hub.domain.sending import recording_format
from hub.ports import DueDelivery
from hub.runtime.accounts import Account
from hub.runtime.backoff import Backoff
from hub.runtime.loops import first_of
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.services.deliver import Means, attempt
from hub.services.deliveries import strand

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Messages of one account on their way at the same time; those of one conversation go one after the other."""
LOOK_EVERY = 5.0
"""Seconds after which the outbox is looked at although no bell rang: for what other nodes queued."""
GRACE = 10.0
"""Seconds that sends under way have to finish when the hub stops."""
_PATIENCE = 0.5
"""Seconds before looking again when something due could not be claimed: an earlier message of its thread is first."""

Refused = Callable[[ChannelId, str], Awaitable[None]]
"""Stops an account whose credentials the provider refused: `refused(channel_id, words)`."""


@dataclass(slots=True)
class _Lane:
    """What one account has under way."""

    pace: Pace
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def room(self, now: float) -> int:
        """Return how many more may start now."""
        free = AT_ONCE - len(self.tasks)
        available = self.pace.available(now)
        return max(0, free if available is None else min(free, available))


class OutboxWorker:
    """The loop that sends."""

    def __init__(
        self,
        *,
        means: Means,
        accounts: Iterable[Account],
        capabilities: Callable[[Channel], Capabilities],
        notices: Notices,
        refused: Refused,
        metrics: Metrics,
        grace: float = GRACE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`accounts` gives those of this process afresh each time; `capabilities` those of a channel."""
        self._means = means
        self._accounts = accounts
        self._capabilities = capabilities
        self._notices = notices
        self._refused = refused
        self._metrics = metrics
        self._grace = grace
        self._loop_time = monotonic
        self._lanes: dict[ChannelId, _Lane] = {}
        self._freed = asyncio.Event()
        self._strand_at = 0.0

    async def run(self) -> None:
        """Send until cancelled; then let what is under way finish, or leave it marked unknown."""
        backoff = Backoff(first=0.5, most=30.0)
        try:
            while True:
                rings = self._notices.rings_of(ChangeKind.delivery_changed)
                self._freed.clear()
                try:
                    await self._strand()
                    pause = await self.start_due()
                    backoff.reset()
                except Exception:
                    # The database is away or full. What is under way goes on; what waits, waits.
                    log.exception("the outbox could not be read; trying again")
                    pause = backoff.delay()
                if pause > 0:
                    await first_of(
                        self._freed.wait(), self._notices.wait_for(ChangeKind.delivery_changed, rings, pause)
                    )
        finally:
            await self._finish()

    async def _strand(self) -> None:
        """Give up on what a process sent that is no more: an earlier start of this one, or by and by another node."""
        if self._loop_time() < self._strand_at:
            return
        stranded = await strand(self._means.storage, now=self._means.clock.now())
        self._strand_at = self._loop_time() + LOOK_EVERY
        if stranded:
            log.warning("messages were under way when a hub stopped; their fate is unknown", count=stranded)

    async def start_due(self) -> float:
        """Start what is due and may go. Returns the seconds after which to look again unless something happens."""
        now = self._loop_time()
        serving = {account.channel.id: account for account in self._accounts if account.may_send}
        rooms = {channel_id: self._lane(account.channel).room(now) for channel_id, account in serving.items()}
        open_ones = [channel_id for channel_id, room in rooms.items() if room > 0]
        pauses = [self._lanes[channel_id].pace.ready_in(now) for channel_id, room in rooms.items() if room == 0]
        later = min([LOOK_EVERY, *(pause for pause in pauses if pause > 0)])
        async with self._means.storage.read() as uow:
            due = await uow.outbox.next_due(open_ones) if open_ones else None
        if due is None:
            return later
        clock_now = self._means.clock.now()
        if due > clock_now:
            return min(later, (due - clock_now).total_seconds())
        claimed = await self._claim(open_ones, rooms)
        for one in claimed:
            self._start(serving[one.delivery.channel_id], one)
        return 0.0 if claimed else min(later, _PATIENCE)

    async def idle(self) -> None:
        """Return when nothing is under way."""
        while tasks := [task for lane in self._lanes.values() for task in lane.tasks]:
            await asyncio.wait(tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _claim(self, channel_ids: Collection[ChannelId], rooms: dict[ChannelId, int]) -> list[DueDelivery]:
        """Claim for each account only what can start at once: what is claimed counts as sent if we die."""
        now = self._means.clock.now()
        claimed: list[DueDelivery] = []
        async with self._means.storage.begin() as uow:
            for channel_id in channel_ids:
                claimed += await uow.outbox.claim(now, rooms[channel_id], channels=[channel_id])
        return claimed

    def _start(self, account: Account, due: DueDelivery) -> None:
        lane = self._lane(account.channel)
        lane.pace.take(1, self._loop_time())
        if account.connector is None:
            raise AssertionError("an account that may send has a connector")
        task = asyncio.create_task(self._send(account.channel, account.connector, due), name="delivery")
        lane.tasks.add(task)
        task.add_done_callback(lambda done: self._done(lane, done))

    async def _send(self, channel: Channel, connector: Connector, due: DueDelivery) -> None:
        voice = recording_format(self._capabilities(channel))
        outcome = await attempt(self._means, connector, due, voice=voice)
        self._metrics.deliveries.labels(channel.connector, outcome.delivery.state.value).inc()
        if outcome.pause is not None:
            self._lane(channel).pace.hold(self._loop_time() + outcome.pause.total_seconds())
        if outcome.refused:
            await self._refused(channel.id, outcome.refused)

    def _done(self, lane: _Lane, task: "asyncio.Task[None]") -> None:
        lane.tasks.discard(task)
        self._freed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The outcome could not be written; the delivery stays `sending` and the next start says unknown.
            log.error("a delivery's outcome was not written", exc_info=error)

    def _lane(self, channel: Channel) -> _Lane:
        lane = self._lanes.get(channel.id)
        if lane is None:
            rate = self._capabilities(channel).rate_per_second
            lane = self._lanes[channel.id] = _Lane(Pace(rate, burst=rate or 1.0))
        return lane

    async def _finish(self) -> None:
        tasks = [task for lane in self._lanes.values() for task in lane.tasks]
        if not tasks:
            return
        _, slow = await asyncio.wait(tasks, timeout=self._grace)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
