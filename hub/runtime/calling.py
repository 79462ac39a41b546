"""The switchboard of this process, made when the first call needs it: a hub without calls has none of it in memory."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hub.contract.calls import CallHappening
from hub.contract.events import RawEvent
from hub.domain.callflow.steps import Decision
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.runtime.scheduler import Job
from hub.services.calls.following import end_lost_calls, note_overdue_chats
from hub.services.file_links import FileLinks, Form

if TYPE_CHECKING:
    from hub.runtime.calls_worker import CallsWorker
    from hub.runtime.switchboard import Switchboard


SOUND_FOR = timedelta(hours=6)
"""How long a provider may fetch an uploaded sound by one address: music plays on while a caller waits."""


class Calling:
    """Lends connectors their director, and answers the door."""

    def __init__(self, *, storage: Storage, clock: Clock, links: FileLinks, shared: bool = False) -> None:
        """`shared`: other processes may lead calls on the same database."""
        self._shared = shared
        self._links = links
        self._storage = storage
        self._clock = clock
        self._accounts: Accounts | None = None
        self._switchboard: Switchboard | None = None

    def serve(self, accounts: Accounts) -> None:
        """Know the accounts: they are made with the tools this lends."""
        self._accounts = accounts

    @property
    def switchboard(self) -> "Switchboard":
        """The switchboard."""
        if self._switchboard is None:
            from hub.runtime.switchboard import Switchboard  # not at the top: a hub without calls needs none of it

            if self._accounts is None:
                raise RuntimeError("calls come before the accounts are there")
            self._switchboard = Switchboard(
                storage=self._storage,
                accounts=self._accounts,
                clock=self._clock,
                capabilities=self._accounts.capabilities,
                link=lambda file: self._links.link(file, Form.original, SOUND_FOR, self._clock.now()),
                shared=self._shared,
            )
        return self._switchboard

    def worker(self, notices: Notices, leases: LeaseKeeper) -> "CallsWorker":
        """Return the loop that keeps the missed-contact board and presence true."""
        from hub.runtime.calls_worker import CallsWorker  # not at the top: only processes with workers need it

        if self._accounts is None:
            raise RuntimeError("calls come before the accounts are there")
        return CallsWorker(
            storage=self._storage, accounts=self._accounts, notices=notices, leases=leases, clock=self._clock
        )

    def sweep(self) -> Job:
        """Return the timed job for what nobody tells: conversations that wait too long, calls whose end was lost."""

        async def run(now: datetime) -> int:
            return await note_overdue_chats(self._storage, now) + await end_lost_calls(self._storage, now)

        return Job("missed contacts", timedelta(minutes=1), run)

    async def decide(self, channel_id: ChannelId, happening: CallHappening) -> tuple[Decision, RawEvent | None]:
        """Say what is next for the door. Never fails."""
        return await self.switchboard.decide(channel_id, happening)

    def director(self, channel_id: ChannelId) -> "ChannelDirector":
        """Return the director of a channel's live calls."""
        return ChannelDirector(self, channel_id)


class ChannelDirector:
    """Implements hub.contract.calls.CallDirector for one channel."""

    def __init__(self, calling: Calling, channel_id: ChannelId) -> None:
        self._calling = calling
        self._channel_id = channel_id

    async def next(self, happening: CallHappening) -> Decision:
        """Say what to do next. Never fails."""
        return await self._calling.switchboard.next(self._channel_id, happening)
