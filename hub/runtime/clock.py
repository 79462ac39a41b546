"""The machine's clock: the only place that asks what time it is."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine. Everything else takes `now` as an argument, or a clock as a dependency."""

    def now(self) -> datetime:
        """Return the time: aware, UTC, microseconds."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; never runs backwards. For durations only."""
        return time.monotonic()
