"""Asks providers who somebody is, where their events name people by an id alone.

Follows the notices of new contacts, so no message waits for a name. What a provider tells is journaled and
read like all it tells: a contact that somebody named keeps that name.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from hub.contract.connector import NamesPeople
from hub.contract.errors import ConnectorError
from hub.domain.changes import ChangeKind, Notice
from hub.domain.contact import ContactPoint
from hub.domain.ids import ChannelId, ContactId
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.backoff import Backoff
from hub.runtime.follower import Follower
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices

log = structlog.get_logger(__name__)

FACT = "names.followed"
BATCH = 500
LOOK_EVERY = 5.0
GATHER = 0.5
"""Seconds in which new people gather."""
ANSWER_WITHIN = 20.0
ASK_AGAIN = timedelta(days=1)
REST = timedelta(minutes=1)
"""For how long nobody is asked for after a provider did not answer."""
WAITING_AT_MOST = 2_000
"""People of one channel still to be asked for; beyond it the oldest stay nameless until they are met elsewhere."""
REMEMBERED = 10_000
REMEMBER_EVERY = 30.0
"""Seconds between two notes of how far it came."""


@dataclass(slots=True)
class _Line:
    """Who is to be asked for on one channel."""

    waiting: "OrderedDict[str, None]"
    not_before: datetime


class NamesWorker:
    """The loop that asks."""

    def __init__(
        self, *, storage: Storage, accounts: Accounts, notices: Notices, leases: LeaseKeeper, clock: Clock
    ) -> None:
        self._storage = storage
        self._accounts = accounts
        self._notices = notices
        self._leases = leases
        self._clock = clock
        self._follower = Follower(storage, FACT, keep_every=REMEMBER_EVERY)
        self._lines: dict[ChannelId, _Line] = {}
        self._asked: OrderedDict[tuple[ChannelId, str], datetime] = OrderedDict()

    async def run(self) -> None:
        """Ask until cancelled, on one node at a time."""
        await self._leases.serve("names", self._serve)

    async def _serve(self) -> None:
        self._follower.restart()
        backoff = Backoff(first=0.5, most=30.0)
        while True:
            rings = self._notices.rings_of(ChangeKind.contact_added)
            try:
                while await self.step():
                    backoff.reset()
                await self.ask()
                # Who is asked for twice is told twice, which changes nothing; who still waits is not forgotten.
                if not any(line.waiting for line in self._lines.values()):
                    await self._follower.keep()
            except Exception:
                log.exception("who new people are could not be asked; trying again")
                await asyncio.sleep(backoff.delay())
            await self._notices.wait_for(ChangeKind.contact_added, rings, LOOK_EVERY)
            await asyncio.sleep(GATHER)

    async def step(self) -> int:
        """Take some notices and note whom to ask for; returns how many notices there were."""
        notices = await self._follower.notices(BATCH)
        for channel_id, address in await self._nameless(notices):
            self._note(channel_id, address)
        self._follower.passed(notices)
        return len(notices)

    async def ask(self) -> int:
        """Ask for everybody who is waited for, channels side by side; returns how many names were told."""
        now = self._clock.now()
        ready = [
            (channel_id, line) for channel_id, line in self._lines.items() if line.waiting and line.not_before <= now
        ]
        return sum(await asyncio.gather(*(self._ask_channel(channel_id, line) for channel_id, line in ready)))

    async def _ask_channel(self, channel_id: ChannelId, line: _Line) -> int:
        told = 0
        while line.waiting:
            connector = self._connector(channel_id)
            if connector is None:
                line.waiting.clear()
                break
            address = next(iter(line.waiting))
            try:
                async with asyncio.timeout(ANSWER_WITHIN):
                    note = await connector.who_is(address)
            except (ConnectorError, TimeoutError) as error:
                # A name is not worth stopping an account for: sending and receiving say what is wrong with it.
                line.not_before = self._clock.now() + REST
                log.info("a provider did not say who somebody is", channel=str(channel_id), reason=str(error))
                break
            line.waiting.pop(address, None)
            self._remember_asked(channel_id, address)
            if note is not None:
                await self._storage.journal.append(channel_id, [note])
                told += 1
        return told

    async def _nameless(self, notices: Sequence[Notice]) -> Sequence[tuple[ChannelId, str]]:
        """Return the addresses without a name of new contacts, on channels whose provider can be asked."""
        new = {ContactId(n.change.subject_id) for n in notices if n.change.kind is ChangeKind.contact_added}
        if not new or not any(self._connector(account.channel.id) for account in self._accounts):
            return ()
        async with self._storage.read() as uow:
            points = await uow.contacts.points(new)
        return [
            (point.first_channel_id, point.received)
            for point in points
            if point.first_channel_id is not None and self._tells_more(point)
        ]

    def _tells_more(self, point: ContactPoint) -> bool:
        connector = self._connector(point.first_channel_id) if point.first_channel_id is not None else None
        return connector is not None and (connector.asks_about_named or not point.name)

    def _connector(self, channel_id: ChannelId) -> NamesPeople | None:
        account = self._accounts.get(channel_id)
        connector: object = account.connector if account is not None and account.may_send else None
        return connector if isinstance(connector, NamesPeople) else None

    def _note(self, channel_id: ChannelId, address: str) -> None:
        now = self._clock.now()
        asked = self._asked.get((channel_id, address))
        if asked is not None and now - asked < ASK_AGAIN:
            return
        line = self._lines.setdefault(channel_id, _Line(OrderedDict(), now))
        line.waiting[address] = None
        if len(line.waiting) > WAITING_AT_MOST:
            line.waiting.popitem(last=False)

    def _remember_asked(self, channel_id: ChannelId, address: str) -> None:
        self._asked[channel_id, address] = self._clock.now()
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
