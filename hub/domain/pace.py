"""How fast one account may send: a token bucket, pure; time comes in as seconds of any monotonic clock."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """Sends of one account: at most `per_second` on average, `burst` at once. None is as fast as they come."""

    per_second: float | None
    burst: float = 1.0
    """Sends that may go at once after a pause; at least 1."""
    _tokens: float = field(init=False, default=0.0)
    _seen: float | None = field(init=False, default=None)
    _held_until: float = field(init=False, default=0.0)

    def available(self, now: float) -> int | None:
        """Return how many may be sent now; None is any number."""
        if now < self._held_until:
            return 0
        if self.per_second is None:
            return None
        self._fill(now)
        return int(self._tokens)

    def take(self, count: int, now: float) -> None:
        """Note that so many are sent now."""
        if self.per_second is not None:
            self._fill(now)
            self._tokens -= count

    def hold(self, until: float) -> None:
        """Send nothing before then: the provider asked for a pause."""
        self._held_until = max(self._held_until, until)

    def ready_in(self, now: float) -> float:
        """Return the seconds until at least one may be sent; 0 if it may now."""
        held = max(0.0, self._held_until - now)
        if self.per_second is None:
            return held
        self._fill(now)
        return max(held, (1 - self._tokens) / self.per_second, 0.0)

    def _fill(self, now: float) -> None:
        if self.per_second is None:
            return
        most = max(self.burst, 1.0)
        if self._seen is None:
            self._tokens = most
        elif now > self._seen:
            self._tokens = min(most, self._tokens + (now - self._seen) * self.per_second)
        self._seen = max(now, self._seen or now)
