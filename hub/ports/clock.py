"""The time, and the bell that tells loops of changes."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from hub.domain.changes import ChangeKind


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Return the time, UTC and aware."""
        ...


class Doorbell(Protocol):
    """Wakes whoever waits for committed changes, on this node and, with a bus, on every node."""

    def ring(self, kinds: Collection[ChangeKind] = ()) -> None:
        """Say that changes of these kinds were committed. Never blocks, never fails."""
        ...
