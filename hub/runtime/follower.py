"""Follows the notices in the order of commits: how far one reader came is kept, so a restart misses nothing."""

import asyncio
from collections.abc import Sequence

from hub.domain.changes import Notice
from hub.ports import Storage


class Follower:
    """The place of one reader, kept only now and then: what a crash makes it read twice must do no harm."""

    def __init__(self, storage: Storage, fact: str, *, keep_every: float) -> None:
        """`fact` is the name under which the place is kept; `keep_every` are the seconds between two notes of it."""
        self._storage = storage
        self._fact = fact
        self._keep_every = keep_every
        self._place: int | None = None
        self._kept: int | None = None
        self._kept_at = 0.0

    def restart(self) -> None:
        """Go on from the kept place: another node may have followed meanwhile."""
        self._place = self._kept = None

    async def notices(self, limit: int) -> Sequence[Notice]:
        """Return the next notices, none when it has caught up. Who never followed begins with what comes from now."""
        if self._place is None:
            async with self._storage.read() as uow:
                kept = await uow.facts.get(self._fact)
            _, newest = await self._storage.queries.notice_bounds()
            self._place = int(kept) if kept is not None else newest
        return await self._storage.queries.notices(after=self._place, limit=limit)

    def passed(self, notices: Sequence[Notice]) -> None:
        """Say that what follows from these is done."""
        if notices:
            self._place = notices[-1].seq

    async def keep(self) -> None:
        """Note the place, if it moved and the last note is old enough."""
        now = asyncio.get_running_loop().time()
        if self._place == self._kept or now - self._kept_at < self._keep_every:
            return
        async with self._storage.begin(durable=False) as uow:
            await uow.facts.put(self._fact, str(self._place))
        self._kept, self._kept_at = self._place, now
