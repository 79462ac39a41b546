"""Makes the demo workspace at the first start that asks for it; later starts find it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hub.ports import BlobStore, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.metrics import Metrics
from hub.runtime.registry import Registry
from hub.services.bots import demo as bots
from hub.services.demo import (
    chats,
    macros,
    phone,
    promises,
    removal,
    replies,
    reviewed,
    routine,
    survey,
    workspace,
)
from hub.services.demo.history import History
from hub.services.demo.outlets import Outlet
from hub.services.demo.people import ORDERS
from hub.services.demo.phone_line import CONNECTOR, PhoneLine
from hub.services.demo.story import PAST, SEED, tell
from hub.services.knowledge import demo as articles
from hub.services.reports import rollup

Say = Callable[[str], None]

CALLS_ONE_IN = 4
"""For so many written talks there is one ordinary call."""


class StoryClock:
    """The time in the story while it is told."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        """Return the story's time."""
        return self.time

    def set(self, time: datetime) -> None:
        """Say what time it is in the story."""
        self.time = time


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMaker:
    """What making the demo needs."""

    storage: Storage
    """Opened with `clock`, so that journal, ledger and notices are as old as the story says."""
    blobs: BlobStore
    registry: Registry
    accounts: Accounts
    tools: IngestTools
    clock: StoryClock
    say: Say
    """Shows the person at the terminal how far it is."""
    seed: int = SEED
    past: int = PAST

    async def ensure(self) -> bool:
        """Make the demo unless there is one; what a broken first try left is removed before. Returns whether made."""
        async with self.storage.read() as uow:
            stage = await uow.facts.get(workspace.FACT)
        if stage == workspace.MADE:
            return False
        if stage == workspace.MAKING:
            await removal.remove(self.storage, self.blobs)
        await self._make()
        return True

    async def _make(self) -> None:
        now = self.clock.now()
        self._progress(0.0)
        async with self.storage.begin() as uow:
            shop = await workspace.make(uow, list(self.registry), now=now)
            by_day = [channel.id for key, channel in shop.channels.items() if key != chats.NIGHT]
            await promises.make(uow, by_day, at_night=[shop.channels[chats.NIGHT].id], now=now)
            await replies.make(uow, now=now)
            await macros.make(uow, shop, now=now)
            people = [user for user in await uow.users.all() if not user.demo]
        await self.accounts.refresh()
        worker = JournalWorker(
            storage=self.storage, accounts=self.accounts, tools=self.tools, clock=self.clock, metrics=Metrics()
        )

        async def drain() -> None:
            while await worker.drain():
                pass

        outlets = {key: self._outlet(shop, key) for key in shop.channels}
        line = PhoneLine(
            storage=self.storage, workspace=shop, outlet=outlets[CONNECTOR], at=self.clock.set, drain=drain
        )
        calls = await line.live(phone.month(now, ordinary=self.past // CALLS_ONE_IN, seed=self.seed))
        await reviewed.make(self.storage, shop, calls, now=now)
        history = History(
            storage=self.storage,
            blobs=self.blobs,
            workspace=shop,
            outlets=outlets,
            at=self.clock.set,
            drain=drain,
            now=now,
        )
        ours = {key: channel.address for key, channel in shop.channels.items()}
        await history.tell(tell(now, ours, seed=self.seed, past=self.past), self._progress)
        self.clock.set(now)
        await history.welcome([user.id for user in people])
        await routine.make(self.storage, now=now)
        async with self.storage.begin() as uow:
            await survey.make(uow, shop.survey)
            await articles.make_demo(uow, now=now)
            places = {key: channel.id for key, channel in shop.channels.items()}
            await bots.make(uow, places, team=shop.teams[ORDERS], now=now)
            await uow.facts.put(workspace.FACT, workspace.MADE)
        await rollup.begin_once(self.storage, now)
        await rollup.count_all(self.storage.rollups)
        self.say(_told(shop))

    def _outlet(self, shop: workspace.Workspace, key: str) -> Outlet:
        channel = shop.channels[key]
        account, manifest = self.accounts.get(channel.id), self.registry.get(channel.connector)
        if account is None or account.connector is None or manifest is None or manifest.simulation is None:
            raise AssertionError(f"the demo's {key} channel was just made: {account.problem if account else ''}")
        return Outlet(
            channel=channel,
            capabilities=manifest.capabilities,
            connector=account.connector,
            simulation=manifest.simulation,
        )

    def _progress(self, done: float) -> None:
        self.say(f"\rMaking the demo: a month in an outdoor shop … {done:4.0%}")


def _told(shop: workspace.Workspace) -> str:
    wide = max(len(login.email) for login in shop.logins)
    people = "\n".join(f"    {login.email:{wide}}  {login.password}   {login.role}" for login in shop.logins)
    return (
        f"\n\n  The demo is ready: a month in a shop with {len(shop.channels)} channels, and customers who go on\n"
        "  writing.\n"
        "  Its agents can log in, too (each must change the password at the first login):\n"
        f"{people}\n"
        "  `hub demo remove` takes the whole demo away again and leaves what you made yourself.\n\n"
    )
