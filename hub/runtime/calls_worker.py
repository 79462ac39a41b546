"""Follows what is committed and keeps the rest true: the missed-contact board, call waits, wrap-up, waiting callers.

Reads notices in the order of commits from where it stopped, so a restart repeats a little and misses nothing; doing the
same twice changes nothing.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from hub.contract.calls import ControlsCalls
from hub.domain.call import Call
from hub.domain.changes import ChangeKind, Notice
from hub.domain.errors import HubError
from hub.domain.ids import CallId, ExternalId, InteractionId, LineId
from hub.domain.line import Line
from hub.ports import Clock, Storage, UnitOfWork
from hub.runtime.accounts import Accounts
from hub.runtime.backoff import Backoff
from hub.runtime.follower import Follower
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.services.calls.abandoned import rescue, rescued
from hub.services.calls.following import after_calls, keep_presences, settle
from hub.services.calls.missed_text import Way, send, wants
from hub.services.calls.plans import plan_of

log = structlog.get_logger(__name__)

FACT = "calls.followed"
BATCH = 500
LOOK_EVERY = 5.0
GATHER = 0.5
"""Seconds in which notices gather."""
REMEMBER_EVERY = 5.0
"""Seconds between two notes of how far it came: what a crash repeats is harmless."""
WAKE_AT_MOST = 10
"""Waiting callers woken at once when somebody may be free."""

_ENTRIES = frozenset({ChangeKind.interaction_added, ChangeKind.interaction_changed})
_FREEING = frozenset({ChangeKind.call_changed, ChangeKind.presence_changed})


class CallsWorker:
    """The loop that follows."""

    def __init__(
        self, *, storage: Storage, accounts: Accounts, notices: Notices, leases: LeaseKeeper, clock: Clock
    ) -> None:
        self._storage = storage
        self._accounts = accounts
        self._notices = notices
        self._leases = leases
        self._clock = clock
        self._follower = Follower(storage, FACT, keep_every=REMEMBER_EVERY)
        self._pauses: dict[tuple[LineId, int], timedelta] = {}

    async def run(self) -> None:
        """Follow until cancelled, on one node at a time."""
        await self._leases.serve("calls", self._serve)

    async def _serve(self) -> None:
        self._follower.restart()
        backoff = Backoff(first=0.5, most=30.0)
        while True:
            rings = self._notices.rings
            try:
                while await self.step():
                    backoff.reset()
            except Exception:
                log.exception("what follows from calls and messages could not be kept; trying again")
                await asyncio.sleep(backoff.delay())
            await self._notices.wait(rings, LOOK_EVERY)
            await asyncio.sleep(GATHER)

    async def step(self) -> int:
        """Take some notices; returns how many there were."""
        notices = await self._follower.notices(BATCH)
        await self._take(notices)
        self._follower.passed(notices)
        await self._follower.keep()
        if any(notice.change.kind in _FREEING for notice in notices):
            await self._wake()
        return len(notices)

    async def _take(self, notices: Sequence[Notice]) -> None:
        entries = {InteractionId(n.change.subject_id) for n in notices if n.change.kind in _ENTRIES}
        calls = {CallId(n.change.subject_id) for n in notices if n.change.kind is ChangeKind.call_changed}
        if not entries and not calls:
            return
        # Read first: while this held the one writer of SQLite, callers would wait for the journal.
        async with self._storage.read() as uow:
            people = await uow.debts.people(entries)
            wrap_up = await self._wrap_up(uow) if calls else {}
            presences = await after_calls(uow, calls, wrap_up, self._clock.now()) if calls else ()
        if people or presences:
            async with self._storage.begin() as uow:
                await settle(uow, entries)
                await keep_presences(uow, presences)
        if calls:
            async with self._storage.read() as uow:
                changed = await uow.calls.some(calls)
            await self._write_to_missed(changed)
            await self._rescue(changed)

    async def _rescue(self, calls: Sequence[Call]) -> None:
        """Have nobody wait on hold whose agent is gone."""
        for call in calls:
            if rescue(call) is None:
                continue
            account = self._accounts.get(call.channel_id)
            connector: object = account.connector if account is not None else None
            if isinstance(connector, ControlsCalls):
                await rescued(self._storage, connector, call.id)

    async def _write_to_missed(self, calls: Sequence[Call]) -> None:
        """Send the line's message to who was missed, where a line has one."""
        now = self._clock.now()
        missed = [call for call in calls if wants(call, now)]
        if not missed:
            return
        async with self._storage.read() as uow:
            lines = {line.id: line for line in await uow.lines.all()}
        for call in missed:
            line = lines.get(call.line_id) if call.line_id is not None else None
            if line is None:
                continue
            try:
                async with self._storage.begin() as uow:
                    await self._write(uow, call, line, now)
            except HubError as error:
                log.info("a missed caller is not written to", call=str(call.id), reason=str(error))

    async def _write(self, uow: UnitOfWork, call: Call, line: Line, now: datetime) -> None:
        version = await uow.lines.version(line.id, line.version)
        text = plan_of(version.plan).missed_text if version is not None else None
        account = self._accounts.get(text.channel_id) if text is not None else None
        if text is None or account is None or account.connector is None:
            return
        way = Way(capabilities=account.capabilities, new_message_id=account.connector.new_message_id)
        await send(uow, call, text, way, now)

    async def _wrap_up(self, uow: UnitOfWork) -> dict[LineId, timedelta]:
        found: dict[LineId, timedelta] = {}
        for line in await uow.lines.all():
            key = (line.id, line.version)
            if key not in self._pauses:
                version = await uow.lines.version(*key)
                seconds = plan_of(version.plan).wrap_up_seconds if version is not None else 0
                self._pauses[key] = timedelta(seconds=seconds)
            found[line.id] = self._pauses[key]
        return found

    async def _wake(self) -> None:
        """Let the callers who wait longest ask their plans again, where the connection allows."""
        if not any(isinstance(account.connector, ControlsCalls) for account in self._accounts):
            return
        async with self._storage.read() as uow:
            waiting = await uow.calls.waiting(WAKE_AT_MOST)
        for call in waiting:
            account = self._accounts.get(call.channel_id)
            connector: object = account.connector if account is not None else None
            if isinstance(connector, ControlsCalls) and call.external_id:
                try:
                    await connector.wake(ExternalId(call.external_id))
                except Exception as error:  # noqa: BLE001 - the call asks by itself a few seconds later
                    log.info("a waiting call was not woken", call=call.external_id, reason=str(error))
