"""Lets the demo's phone ring while somebody watches: one call at a time, told as it goes on."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from hub.contract.events import RawEvent
from hub.domain.ids import UserId
from hub.services.demo.outlets import Outlet
from hub.services.demo.phoning import next_call

FIRST, SLOWER = 0.5, 3
"""The first call comes after half of the time between two conversations; later ones three times as seldom as those."""


class SimulatedPhone:
    """The calls of one demo line."""

    def __init__(self, chance: Random, every: float) -> None:
        """`every` is about how many seconds pass between two new conversations."""
        self._chance = chance
        self._every = every
        self._told: deque[RawEvent] = deque()
        self._next: datetime | None = None

    def rings(self, now: datetime) -> bool:
        """Tell whether somebody calls now: not while another call goes on."""
        if self._told:
            return False
        self._next = self._next or now + timedelta(seconds=FIRST * self._every)
        return now >= self._next

    def begin(self, line: Outlet, agents: Sequence[UserId], now: datetime) -> None:
        """Let somebody call."""
        self._next = now + timedelta(seconds=self._chance.uniform(0.5, 1.5) * SLOWER * self._every)
        if line.simulation.calls is not None:
            self._told.extend(line.simulation.calls(next_call(self._chance, line.channel.address, agents, now)))

    def due(self, now: datetime) -> Sequence[RawEvent]:
        """Return what the telephone system tells now. A call that rings goes on to its end, watched or not."""
        found = []
        while self._told and self._told[0].received_at <= now:
            found.append(self._told.popleft())
        return found
