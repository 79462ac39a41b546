"""Has rules look at what is committed at once, and at what is due by the clock; on one node, by a lease."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from hub.domain.changes import ChangeKind, Notice
from hub.domain.ids import ConversationId
from hub.domain.rules.matching import Event
from hub.domain.rules.records import Rule
from hub.ports import Storage
from hub.runtime.backoff import Backoff
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.services.bots.means import Means
from hub.services.rules import timers
from hub.services.rules.happened import HEARD, events_of
from hub.services.rules.running import note_failure, run_for

log = structlog.get_logger(__name__)

BATCH = 200
"""Notices of one transaction."""
LOOK_EVERY = 2.0
"""Seconds after which to look although no bell rang: for what other nodes committed."""
GATHER = 0.05
"""Seconds between two looks at the least: what comes meanwhile shares one transaction."""
KEPT = timedelta(days=90)
"""How long a line of a rule's log is kept."""
PRUNED = 1000
_SHORTEST = 0.01
_MOVES = frozenset({ChangeKind.interaction_added, ChangeKind.conversation_added, ChangeKind.conversation_changed})


class RulesWorker:
    """The loop that runs rules. What it did and how far it came are one commit: killed anywhere, it repeats nothing."""

    def __init__(self, *, means: Means, notices: Notices, leases: LeaseKeeper) -> None:
        self._means = means
        self._notices = notices
        self._leases = leases

    async def run(self) -> None:
        """Run until cancelled, while this node holds the lease."""
        await self._leases.serve("rules", self._serve)

    async def drain(self) -> int:
        """Look once at what happened and at what is due. Returns how much there was; 0 when all was looked at."""
        async with self._means.storage.read() as uow:
            rules = await uow.rules.all(active=True)
            place = await uow.rules.place()
        if not rules:
            return 0
        return await self._look(rules, place) + await self._arm(rules) + await self._due(rules)

    async def _look(self, rules: Sequence[Rule], place: int | None) -> int:
        storage = self._means.storage
        if place is None:
            _, place = await storage.queries.notice_bounds()
        notices = await storage.queries.notices(after=place, limit=BATCH)
        if not notices:
            return 0
        heard = [notice for notice in notices if notice.change.kind in HEARD]
        events = await events_of(storage, heard, {on for rule in rules for on in rule.body.triggers}) if heard else ()
        moved = _moved(notices) if timers.timed(rules) else ()
        try:
            await self._all(rules, events, moved, notices[-1].seq)
        except Exception as error:  # noqa: BLE001 - whichever event it was, the others must not suffer
            log.info("a batch of rules failed; one by one", events=len(events), reason=str(error))
            await self._one_by_one(rules, events, moved, notices[-1].seq)
        return len(notices)

    async def _all(
        self, rules: Sequence[Rule], events: Sequence[Event], moved: Sequence[ConversationId], seq: int
    ) -> None:
        now = self._means.now()
        # Nothing but how far it came may be lost in a power cut: it is looked at again then.
        async with self._means.storage.begin(durable=bool(events or moved)) as uow:
            for event in events:
                await run_for(uow, self._means, rules, event, now)
            if moved:
                await timers.arm(uow, timers.timed(rules), moved)
            await uow.rules.go_on(seq)

    async def _one_by_one(
        self, rules: Sequence[Rule], events: Sequence[Event], moved: Sequence[ConversationId], seq: int
    ) -> None:
        for event in events:
            now = self._means.now()
            try:
                async with self._means.storage.begin() as uow:
                    await run_for(uow, self._means, rules, event, now)
            except Exception as error:
                log.exception("rules could not look at an event", rule_event=event.key)
                async with self._means.storage.begin() as uow:
                    await note_failure(uow, rules, event, error, now)
        await self._all(rules, (), moved, seq)

    async def _arm(self, rules: Sequence[Rule]) -> int:
        count = 0
        for rule in timers.timed(rules):
            after: ConversationId | None = None
            while rule.armed != rule.version:
                async with self._means.storage.begin() as uow:
                    after = await timers.arm_new(uow, rule, after)
                count += 1
                if after is None:
                    break
        return count

    async def _due(self, rules: Sequence[Rule]) -> int:
        by_id = {rule.id: rule for rule in rules}
        async with self._means.storage.read() as uow:
            due = await uow.rules.next_due()
        now = self._means.now()
        if due is None or due > now:
            return 0
        try:
            async with self._means.storage.begin() as uow:
                return await timers.run_due(uow, self._means, by_id, now)
        except Exception as error:  # noqa: BLE001 - as above
            log.info("a batch of due rules failed; one by one", reason=str(error))
        return await self._first_due(rules, now)

    async def _first_due(self, rules: Sequence[Rule], now: datetime) -> int:
        by_id = {rule.id: rule for rule in rules}
        try:
            async with self._means.storage.begin() as uow:
                return await timers.run_due(uow, self._means, by_id, now, limit=1)
        except Exception as error:
            log.exception("a rule that was due failed")
            async with self._means.storage.begin() as uow:
                for timer in await uow.rules.due(now, 1):
                    await uow.rules.put_timers([replace(timer, due_at=None)])
                    if (rule := by_id.get(timer.rule_id)) is not None:
                        await note_failure(uow, [rule], timers.event_of(rule, timer, now), error, now)
            return 1

    async def _serve(self) -> None:
        backoff = Backoff(first=0.5, most=30.0)
        while True:
            rings = self._notices.rings
            try:
                if await self.drain():
                    backoff.reset()
                    await asyncio.sleep(GATHER)
                    continue
                pause = await self._pause()
                if pause is None:
                    await asyncio.sleep(LOOK_EVERY)
                    continue
            except Exception:
                # The database is away or busy: what happened waits in the notices.
                log.exception("rules could not look; trying again")
                await asyncio.sleep(backoff.delay())
                continue
            await self._notices.wait(rings, pause)

    async def _pause(self) -> float | None:
        """Return for how long nothing is due; None where no rule is on, and nothing that happens is worth a look."""
        async with self._means.storage.read() as uow:
            if not await uow.rules.all(active=True):
                return None
            due = await uow.rules.next_due()
        if due is None:
            return LOOK_EVERY
        return min(LOOK_EVERY, max(_SHORTEST, (due - self._means.now()).total_seconds()))


def _moved(notices: Sequence[Notice]) -> Sequence[ConversationId]:
    found = (n.change.conversation_id for n in notices if n.change.kind in _MOVES)
    return tuple(dict.fromkeys(one for one in found if one is not None))


async def prune_logs(storage: Storage, now: datetime) -> int:
    """Delete old lines of rules' logs, a bounded number; returns how many. A job of the scheduler."""
    async with storage.begin() as uow:
        return await uow.rules.prune(now - KEPT, PRUNED)
