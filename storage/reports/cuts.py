"""Numbers for what cells are cut by, and back again. A number never means another cut, so all seen are remembered."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.ids import ChannelId, TeamId, UserId
from hub.domain.reports.cells import Cut
from storage import tables
from storage.engine import chunked
from storage.session import Session

NOBODY = UUID(int=0)
"""Stands for no channel, team and agent: a key's column is never NULL."""
_CHUNK = 500

cuts = tables.report_cuts
_KEY = (cuts.c.facet, cuts.c.channel_id, cuts.c.value, cuts.c.team_id, cuts.c.agent_id)


class Cuts:
    """The cuts and numbers seen so far."""

    def __init__(self) -> None:
        self._cuts: dict[int, Cut] = {}
        self._numbers: dict[Cut, int] = {}

    async def of(self, session: Session, numbers: Iterable[int]) -> Mapping[int, Cut]:
        """Return what the numbers stand for."""
        unknown = {number for number in numbers if number not in self._cuts}
        for chunk in chunked(unknown, _CHUNK):
            self._remember(await session.rows(sa.select(cuts.c.id, *_KEY).where(cuts.c.id.in_(chunk))))
        return self._cuts

    async def known(self, session: Session, wanted: Collection[Cut]) -> Mapping[Cut, int]:
        """Return the numbers of cuts; those that have none yet are left out."""
        unknown = [cut for cut in wanted if cut not in self._numbers]
        found: dict[Cut, int] = {}
        for chunk in chunked(unknown, _CHUNK):
            keys = [_written(cut) for cut in chunk]
            rows = await session.rows(sa.select(cuts.c.id, *_KEY).where(sa.tuple_(*_KEY).in_(keys)))
            if session.writes:  # perhaps its own, which nobody may see
                found.update({_read(row[1:]): row[0] for row in rows})
            else:
                self._remember(rows)
        return {**self._numbers, **found} if found else self._numbers

    async def give(self, session: Session, wanted: Collection[Cut]) -> None:
        """Give numbers to cuts that have none; whoever calls it holds the lock of roll-ups."""
        known = await self.known(session, wanted)
        new = [cut for cut in wanted if cut not in known]
        last = await session.value(sa.select(sa.func.max(cuts.c.id))) or 0
        await session.insert(
            cuts,
            [
                dict(zip(("id", *(column.name for column in _KEY)), (number, *_written(cut)), strict=True))
                for number, cut in enumerate(new, last + 1)
            ],
        )

    def _remember(self, rows: Iterable[Any]) -> None:
        for number, *key in rows:
            cut = _read(key)
            self._cuts[number] = cut
            self._numbers[cut] = number


def _written(cut: Cut) -> tuple[Any, ...]:
    return cut.facet, cut.channel_id or NOBODY, cut.value, cut.team_id or NOBODY, cut.agent_id or NOBODY


def _read(key: Iterable[Any]) -> Cut:
    facet, channel, value, team, agent = key
    return Cut(
        facet,
        None if channel == NOBODY else ChannelId(channel),
        value,
        None if team == NOBODY else TeamId(team),
        None if agent == NOBODY else UserId(agent),
    )
