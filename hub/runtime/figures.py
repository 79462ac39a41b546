"""Keeps the gauges of /metrics fresh: what waits, since when, and how the channels stand."""

import asyncio
from collections import Counter

from hub.domain.delivery import DeliveryState
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.metrics import Metrics

REFRESH_EVERY = 15.0


class Figures:
    """Reads what cannot be counted as it happens."""

    def __init__(self, *, storage: Storage, accounts: Accounts, metrics: Metrics, clock: Clock) -> None:
        self._storage = storage
        self._accounts = accounts
        self._metrics = metrics
        self._clock = clock

    async def run(self) -> None:
        """Refresh until cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH_EVERY)

    async def refresh(self) -> None:
        """Read the figures now."""
        queries = self._storage.queries
        depth = await queries.outbox_depth()
        self._metrics.show_outbox({DeliveryState(state): count for state, count in depth.items()})
        self._metrics.show_oldest_unread(await queries.oldest_unread_event(), self._clock.now())
        now = self._clock.now()
        listed = await queries.counts(viewer=None)
        self._metrics.show_waiting(listed.waiting, listed.oldest_wait, now)
        async with self._storage.read() as uow:
            risks = await uow.dues.risks(now)
        targets: Counter[tuple[str, str]] = Counter()
        for risk in risks:
            for state, count in (("running", risk.running), ("at_risk", risk.at_risk), ("breached", risk.breached)):
                targets[risk.metric.value, state] += count
        self._metrics.show_targets(targets)
        states = Counter(account.channel.connection.state.value for account in self._accounts)
        self._metrics.channels.clear()
        for state, count in states.items():
            self._metrics.channels.labels(state).set(count)
