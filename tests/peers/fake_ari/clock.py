"""A clock that goes on by itself and can be put forward, with timers that fire as it passes them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(eq=False)
class Timer:
    """Something to do later, unless it is cancelled."""

    due: datetime
    act: Callable[[], None]
    cancelled: bool = False
    handle: asyncio.TimerHandle | None = None

    def cancel(self) -> None:
        self.cancelled = True
        if self.handle is not None:
            self.handle.cancel()


@dataclass
class Clock:
    """Real time plus what tests put it forward."""

    ahead: timedelta = timedelta()
    timers: list[Timer] = field(default_factory=list)
    last: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The time, never earlier than before."""
        found = datetime.now(UTC) + self.ahead  # noqa: TID251 - the PBX has a clock of its own
        self.last = max(found, self.last)
        return self.last

    def later(self, seconds: float, act: Callable[[], None]) -> Timer:
        """Do something when so much time has passed, really or put forward."""
        timer = Timer(due=datetime.now(UTC) + self.ahead + timedelta(seconds=seconds), act=act)  # noqa: TID251 - same
        timer.handle = asyncio.get_running_loop().call_later(seconds, self._fire, timer)
        self.timers.append(timer)
        return timer

    def pass_time(self, seconds: float) -> None:
        """Put the clock forward; what falls due on the way happens, in order, at its time."""
        goal = self.ahead + timedelta(seconds=seconds)
        real = datetime.now(UTC)  # noqa: TID251 - same
        due = sorted((t for t in self.timers if not t.cancelled and t.due <= real + goal), key=lambda t: t.due)
        for timer in due:
            self.ahead = max(self.ahead, min(goal, timer.due - real))
            self._fire(timer)
        self.ahead = goal

    def stop(self) -> None:
        """Forget all timers."""
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()

    def _fire(self, timer: Timer) -> None:
        self.timers = [one for one in self.timers if one is not timer]
        if not timer.cancelled:
            timer.cancel()
            timer.act()
