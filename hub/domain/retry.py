"""When to try again, and when to give up: pure arithmetic, chance comes in as an argument."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Waits that double from `first` to `longest`, each lengthened by up to `jitter` of itself, until `give_up`."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(hours=1)
    jitter: float = 0.25
    """Spreads accounts that failed together, so that they do not return together."""
    give_up: timedelta = timedelta(hours=24)
    """How long after the beginning the last try may start."""

    def wait(self, failures: int, chance: float) -> timedelta:
        """Return how long to wait after the given number of failures (1 or more); `chance` is in [0, 1)."""
        # Beyond 2**30 every base has reached its longest wait; the bound keeps the product inside timedelta.
        doubled = self.first.total_seconds() * 2 ** min(max(failures, 1) - 1, 30)
        seconds = min(doubled, self.longest.total_seconds())
        return timedelta(seconds=seconds * (1 + self.jitter * chance))

    def next_try(
        self,
        *,
        began: datetime,
        now: datetime,
        failures: int,
        chance: float,
        after: timedelta | None = None,
    ) -> datetime | None:
        """Return when to try again, or None to give up.

        `after` is the provider's own word: it is never undercut, and lengthened by jitter so that a throttled
        crowd spreads. A next try that would come after `give_up` is no try: the person should know now.
        """
        wait = self.wait(failures, chance)
        if after is not None:
            wait = max(wait, after + timedelta(seconds=self.first.total_seconds() * self.jitter * chance))
        due = now + wait
        return due if due - began <= self.give_up else None


def in_words(span: timedelta) -> str:
    """Say a span roughly: `40 seconds`, `5 minutes`, `24 hours`."""
    seconds = span.total_seconds()
    for size, word in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "a moment"
