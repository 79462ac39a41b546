"""Keeps every account connected: starts, restarts with back-off, and says once when it goes down and once when up."""

import asyncio
import contextlib

import structlog

from hub.contract.connector import Listens, OffersTemplates, Reconciles, RegistersWebhook
from hub.contract.errors import ConnectorError, CredentialsRefused
from hub.contract.events import RawEvent
from hub.domain.changes import Change, ChangeKind
from hub.domain.channel import Connection, ConnectionState
from hub.domain.ids import ChannelId
from hub.domain.phrase import Phrase
from hub.ports import Clock, Journal, Storage
from hub.runtime.accounts import REFRESH_EVERY, Account, Accounts
from hub.runtime.backoff import Backoff
from hub.runtime.catch_up import CatchUp
from hub.runtime.leases import LeaseKeeper
from hub.runtime.metrics import Metrics
from hub.services import templates

log = structlog.get_logger(__name__)

MENDED_WITHIN = 30.0
"""Seconds until the next look at a subscription that was not right and was registered once more, at most."""
TEMPLATES_EVERY = 3600.0
STEADY_AFTER = 60.0
BATCH_EVENTS = 200
BATCH_BYTES = 8_000_000


class Supervisor:
    """Runs the accounts of this process."""

    def __init__(
        self,
        *,
        storage: Storage,
        accounts: Accounts,
        leases: LeaseKeeper,
        clock: Clock,
        metrics: Metrics,
        check_every: float,
    ) -> None:
        """Make it; `check_every` are the seconds between two looks at whether a provider still calls us."""
        self._check_every = check_every
        self._storage = storage
        self._journal: Journal = storage.journal
        self._accounts = accounts
        self._leases = leases
        self._clock = clock
        self._metrics = metrics
        self._tasks: dict[ChannelId, tuple[int, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Keep the accounts in line with the channels until cancelled, then stop them."""
        try:
            while True:
                await self._accounts.refresh()
                await self._align()
                await self._accounts.changed(REFRESH_EVERY)
        finally:
            await self._stop(list(self._tasks))

    async def refused(self, channel_id: ChannelId, problem: str) -> None:
        """Stop an account whose credentials were refused while sending."""
        await self._set_state(channel_id, ConnectionState.bad_credentials, problem)
        await self._stop([channel_id])
        await self._accounts.refresh()

    async def _align(self) -> None:
        wanted = {a.channel.id: a for a in self._accounts if a.channel.enabled and a.connector is not None}
        gone = [
            channel_id
            for channel_id, (revision, _) in self._tasks.items()
            if channel_id not in wanted or wanted[channel_id].channel.revision != revision
        ]
        await self._stop(gone)
        for account in self._accounts:
            await self._say_not_running(account)
        for channel_id, account in wanted.items():
            if channel_id not in self._tasks:
                task = asyncio.create_task(self._serve(account), name=f"account {account.channel.name}")
                self._tasks[channel_id] = (account.channel.revision, task)

    async def _say_not_running(self, account: Account) -> None:
        channel = account.channel
        if not channel.enabled and channel.connection.state is not ConnectionState.disabled:
            await self._set_state(channel.id, ConnectionState.disabled, "")
        elif account.problem and channel.connection.detail != account.problem:
            await self._set_state(channel.id, ConnectionState.unknown_error, account.problem)

    async def _stop(self, channel_ids: list[ChannelId]) -> None:
        tasks = [self._tasks.pop(channel_id)[1] for channel_id in channel_ids if channel_id in self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, account: Account) -> None:
        """Serve one account until cancelled, or until a person must act."""
        channel, backoff = account.channel, Backoff()
        async with self._leases.hold(f"account:{channel.id}") as lost:
            await self._set_state(channel.id, ConnectionState.connecting, "")
            while not lost.is_set():
                started = asyncio.get_running_loop().time()
                try:
                    await self._connected(account, lost)
                except CredentialsRefused as error:
                    await self._set_state(channel.id, ConnectionState.bad_credentials, str(error))
                    return
                except (ConnectorError, OSError, TimeoutError) as error:
                    await self._set_state(channel.id, ConnectionState.disconnected, _words(error))
                except Exception as error:
                    # A bug of the connector: it must not stop the hub, and a restart may pass it by.
                    log.exception("account failed", channel=channel.name)
                    await self._set_state(channel.id, ConnectionState.unknown_error, _words(error))
                if asyncio.get_running_loop().time() - started > STEADY_AFTER:
                    backoff.reset()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(backoff.delay()):
                        await lost.wait()

    async def _connected(self, account: Account, lost: asyncio.Event) -> None:
        connector: object = account.connector
        channel = account.channel
        if isinstance(connector, RegistersWebhook):
            await connector.register()
        jobs = [
            asyncio.ensure_future(job) for job in (lost.wait(), self._watch(account), self._keep_templates(account))
        ]
        if isinstance(connector, Listens):
            jobs.append(asyncio.ensure_future(self._listen(account)))
        elif not isinstance(connector, RegistersWebhook):  # else the first look at the subscription tells
            await self._set_state(channel.id, ConnectionState.connected, "")
        try:
            done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            for job in done:
                job.result()
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def _listen(self, account: Account) -> None:
        connector: object = account.connector
        channel_id = account.channel.id
        if not isinstance(connector, Listens):
            return
        batch: list[RawEvent] = []
        size = 0
        async for event, cursor in connector.listen(await self._journal.cursor(channel_id)):
            if event is not None:
                batch.append(event)
                size += len(event.body)
            if cursor is not None or len(batch) >= BATCH_EVENTS or size >= BATCH_BYTES:
                await self._journal.append(channel_id, batch, cursor=cursor)
                self._metrics.journaled.labels(account.channel.connector).inc(len(batch))
                batch, size = [], 0
                await self._set_state(channel_id, ConnectionState.connected, "")
        raise ConnectorError(Phrase("The connection ended. The hub connects again by itself."))

    async def _watch(self, account: Account) -> None:
        """Look now and then whether the provider still calls us, and for what a lost call left behind."""
        connector: object = account.connector
        if not isinstance(connector, RegistersWebhook | Reconciles):
            await asyncio.Event().wait()
        catch_up = CatchUp(self._storage, self._clock, account.channel.id)
        while True:
            pause = self._check_every
            if isinstance(connector, RegistersWebhook) and not await self._subscribed(account, connector):
                pause = min(MENDED_WITHIN, pause)
            if isinstance(connector, Reconciles):
                found = await catch_up.run(connector)
                self._metrics.journaled.labels(account.channel.connector).inc(found)
            await asyncio.sleep(pause)

    async def _subscribed(self, account: Account, connector: RegistersWebhook) -> bool:
        """Tell whether the provider calls us as it should; if not, the channel says so and registers once more."""
        problem = await connector.subscription()
        if isinstance(connector, Listens):
            if problem:
                raise ConnectorError(problem)
            return True
        if not problem:
            await self._set_state(account.channel.id, ConnectionState.connected, "")
            return True
        await self._set_state(account.channel.id, ConnectionState.disconnected, problem)
        await connector.register()
        return False

    async def _keep_templates(self, account: Account) -> None:
        """Read the provider's templates now and every hour; a failure is kept beside them and told once."""
        connector: object = account.connector
        if not isinstance(connector, OffersTemplates):
            await asyncio.Event().wait()
            return
        while True:
            try:
                await templates.sync(self._storage, connector, account.channel.id, self._clock.now())
            except CredentialsRefused:
                raise
            except (ConnectorError, OSError, TimeoutError) as error:
                log.warning("templates not read", channel=account.channel.name, detail=_words(error))
            await asyncio.sleep(TEMPLATES_EVERY)

    async def _set_state(self, channel_id: ChannelId, state: ConnectionState, detail: str) -> None:
        account = self._accounts.get(channel_id)
        before = account.channel.connection if account is not None else None
        if before is not None and (before.state, before.detail) == (state, detail):
            return
        # Other words about the same trouble do not make it younger.
        since = before.since if before is not None and before.state is state else self._clock.now()
        connection = Connection(state=state, since=since, detail=detail)
        async with self._storage.begin() as uow:
            await uow.channels.set_connection(channel_id, connection)
            uow.note(Change(kind=ChangeKind.channel_changed, subject_id=channel_id))
        await self._accounts.refresh()
        if account is not None and (before is None or before.state is not state):
            say = log.info if state in (ConnectionState.connected, ConnectionState.connecting) else log.warning
            say("channel " + state.value.replace("_", " "), channel=account.channel.name, detail=detail)


def _words(error: BaseException) -> str:
    kind = type(error).__name__
    return str(error) or Phrase("The connection failed ({kind}). The hub tries again by itself.", kind=kind)
