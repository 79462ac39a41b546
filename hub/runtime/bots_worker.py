"""Gives bots their turns: at once when a customer wrote, by the clock when a reminder or a wait is due."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta

import structlog

from hub.domain.botflow.effects import Reason
from hub.domain.botflow.happenings import Happening
from hub.domain.botflow.records import RunId
from hub.domain.changes import ChangeKind
from hub.domain.ids import ConversationId
from hub.runtime.backoff import Backoff
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.services.bots import calls
from hub.services.bots.library import Library
from hub.services.bots.means import Means
from hub.services.bots.rendering import render
from hub.services.bots.turns import Call, Turned, open_for_humans, take_turns

log = structlog.get_logger(__name__)

BATCH = 64
"""Conversations in one transaction."""
LOOK_EVERY = 2.0
"""Seconds after which to look although no bell rang: for messages other nodes stored."""
AT_ONCE = 32
"""Look-ups under way at the same time."""
FORGOTTEN = timedelta(seconds=10)
"""A message no bot read for so long is a human's."""
STUCK = timedelta(minutes=1)
"""How long a conversation that even a human could not be given is left alone."""
GATHER = 0.015
"""Seconds between two batches at the least: what comes meanwhile shares one transaction."""
_SHORTEST = 0.005


class BotsWorker:
    """The loop that runs flows. One node of many does it, by a lease."""

    def __init__(self, *, means: Means, notices: Notices, leases: LeaseKeeper) -> None:
        self._means = means
        self._notices = notices
        self._leases = leases
        self._library = Library()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stuck: dict[ConversationId, datetime] = {}

    async def run(self) -> None:
        """Run until cancelled. Look-ups under way are given up then; the run goes on when their time is over."""
        try:
            await self._leases.serve("bots", self._serve)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def warm_up(self) -> None:
        """Load what the first customer would wait for, if any bot is at work: the languages, the templates."""
        async with self._means.storage.read() as uow:
            at_work = await uow.bots.rules(active=True)
        if at_work:
            await asyncio.to_thread(self._means.guess, "Where is my order, please?", ("en", "pl"))
            await asyncio.to_thread(render, "{{ name }}", {})

    async def _serve(self) -> None:
        await self.warm_up()
        backoff = Backoff(first=0.5, most=10.0)
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            changed = self._notices.rings_of(ChangeKind.bots_changed)
            rings = self._notices.rings_of(ChangeKind.interaction_added)
            try:
                if await self.drain():
                    backoff.reset()
                    await asyncio.sleep(began + GATHER - clock())
                    continue
                pause = await self._pause()
                if pause is None:
                    await self._notices.wait_for(ChangeKind.bots_changed, changed, LOOK_EVERY)
                    continue
            except Exception:
                # The database is away or full: messages wait, and humans get those that wait too long.
                log.exception("bots could not take their turns; trying again")
                await asyncio.sleep(backoff.delay())
                continue
            await self._notices.wait_for(ChangeKind.interaction_added, rings, pause)

    async def drain(self) -> int:
        """Give one batch of conversations their turns. Returns how many; 0 when no bot has anything to do."""
        due = await self._means.storage.queries.bots_due(self._means.now(), BATCH + len(self._stuck))
        ids = [one for one in due if not self._is_stuck(one)][:BATCH]
        if not ids:
            return 0
        try:
            self._after(await take_turns(self._means, self._library, ids))
        except Exception as error:  # noqa: BLE001 - whichever conversation it was, the others must not suffer
            if len(ids) > 1:
                log.info("a batch of turns failed; one by one", conversations=len(ids), reason=str(error))
            await self._one_by_one(ids)
        return len(ids)

    async def idle(self) -> None:
        """Return when no look-up is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)
            await asyncio.sleep(0)  # a turn for the callbacks that take finished tasks away

    async def _one_by_one(self, ids: Sequence[ConversationId]) -> None:
        for conversation_id in ids:
            try:
                self._after(await take_turns(self._means, self._library, [conversation_id]))
            except Exception as error:
                log.exception("a bot's turn failed; a human gets the conversation", conversation=str(conversation_id))
                await self._give_up(conversation_id, error)

    async def _give_up(self, conversation_id: ConversationId, error: Exception) -> None:
        words = f"The bot's turn could not be done ({type(error).__name__}: {error})."
        try:
            await open_for_humans(self._means, conversation_id, Reason.fault, words)
        except Exception:
            # Left alone for a while, so that it stops no other; the watch gives it to humans, too.
            log.exception("a conversation could not be given to humans", conversation=str(conversation_id))
            self._stuck[conversation_id] = self._means.now() + STUCK

    def _is_stuck(self, conversation_id: ConversationId) -> bool:
        until = self._stuck.get(conversation_id)
        if until is not None and until <= self._means.now():
            del self._stuck[conversation_id]
            return False
        return until is not None

    async def _pause(self) -> float | None:
        """Return for how long nothing is due; None where no bot is at work, and no message is worth a look."""
        async with self._means.storage.read() as uow:
            due = await uow.bots.next_due()
            if due is None and not await uow.bots.at_work():
                return None
        if due is None:
            return LOOK_EVERY
        return min(LOOK_EVERY, max(_SHORTEST, (due - self._means.now()).total_seconds()))

    def _after(self, turned: Turned) -> None:
        for call in turned.calls:
            self._start(self._call(call))
        for helped in turned.helped:
            self._start(calls.count_help(self._means, helped))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work, name="bot look-up")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The run goes on when the look-up's time is over.
            log.error("what a bot looked up did not come back to it", exc_info=error)

    async def _call(self, call: Call) -> None:
        async with self._places:
            result = await calls.carry_out(
                self._means,
                call.asked,
                conversation_id=call.conversation_id,
                contact_id=call.contact_id,
                channel_id=call.channel_id,
            )
        told: dict[ConversationId, tuple[RunId, Happening]] = {call.conversation_id: (call.run_id, result)}
        self._after(await take_turns(self._means, self._library, [call.conversation_id], told=told))


class Forgotten:
    """The scheduler's part: messages that no bot read in time go to humans."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._seen: frozenset[ConversationId] = frozenset()

    async def open(self, now: datetime) -> int:
        """Open what waits too long and already did at the beat before: what has just arrived late is not forgotten."""
        async with self._means.storage.read() as uow:
            waiting = frozenset(await uow.bots.forgotten(now - FORGOTTEN, 500))
        again, self._seen = waiting & self._seen, waiting
        for conversation_id in sorted(again):
            await open_for_humans(
                self._means, conversation_id, Reason.outage, "No bot read the customer's message in time."
            )
        return len(again)
