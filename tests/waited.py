"""What a customer waited in all, added up by hand: what reports count in SQL is held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub.domain.waiting import NO_WAIT, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitedInAll:
    """How long a customer waited in all within one episode."""

    last: Wait
    """The wait of the episode that ended last: the total counts in the hour it ended in."""
    seconds: float
    """Of all its waits that ended; void ones and those merged away were none."""


def waited_in_all(waits: Iterable[Wait]) -> Mapping[int, WaitedInAll]:
    """Return how long the customer waited in all, by the numbers of a conversation's episodes.

    What is open counts nothing until it ends. The waits may come in any order; of equal ends the greater id is last.
    """
    found: dict[int, WaitedInAll] = {}
    for wait in waits:
        if wait.ended_at is None or wait.ended_by in NO_WAIT:
            continue
        before = found.get(wait.episode)
        took = (wait.ended_at - wait.started_at).total_seconds()
        if before is None:
            found[wait.episode] = WaitedInAll(last=wait, seconds=took)
            continue
        last = max(before.last, wait, key=lambda one: (one.ended_at, one.id))
        found[wait.episode] = WaitedInAll(last=last, seconds=before.seconds + took)
    return found
