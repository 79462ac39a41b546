"""How long to wait before the next try: doubling, bounded, with jitter so that many do not try at once."""

import random

_JITTER = random.SystemRandom()


class Backoff:
    """Delays of one thing that is tried again and again."""

    def __init__(self, first: float = 1.0, most: float = 300.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def delay(self) -> float:
        """Return the seconds to wait now; the next wait is twice as long, at most `most`."""
        base, self._next = self._next, min(self._next * 2, self._most)
        return base * _JITTER.uniform(0.75, 1.25)

    def reset(self) -> None:
        """Begin anew after a success."""
        self._next = self._first
