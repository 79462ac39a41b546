"""What concerns the installation as a whole: leases, facts, the demo."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hub.domain.ids import (
    ChannelId,
    UserId,
)


class Leases(Protocol):
    """Who serves what must be served once."""

    async def acquire(self, name: str, owner: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew a lease; False if somebody else holds a living one."""
        ...

    async def release(self, name: str, owner: str) -> None: ...
    async def held(self, prefix: str, now: datetime) -> Mapping[str, str]:
        """Return the owners of the living leases whose names begin so, by name."""
        ...

    async def release_rest(self, prefix: str, owner: str, keep: Collection[str]) -> None:
        """Give back all that somebody holds of the leases whose names begin so, but those to keep."""
        ...


class Facts(Protocol):
    """Small facts of the installation that must survive: the first admin was made, the demo's marker."""

    async def get(self, name: str) -> str | None: ...
    async def put(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRows:
    """What removing the demo deleted."""

    channels: tuple[ChannelId, ...] = ()
    conversations: int = 0
    contacts: int = 0
    users: tuple[UserId, ...] = ()
    blobs: tuple[str, ...] = ()
    """Keys no remaining file needs, to be deleted after the commit."""


class Demo(Protocol):
    """What is marked demo."""

    async def remove(self, team_ids: Collection[str]) -> DemoRows:
        """Delete every row that is marked demo or hangs on one; `team_ids` are the demo's teams.

        Contacts and people that real conversations need stay and lose the mark; a team that is used stays, too.
        """
        ...
