"""What a plan may ask of the world, and who calls. The switchboard answers from memory: a caller is waiting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.callflow.plan import Plan, RingNode
from hub.domain.callflow.steps import Target
from hub.domain.ids import LineId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a caller stands in a queue."""

    ahead: int
    """Callers who wait longer, for any of the same agents."""
    rivals: int
    """Those of them who can be given one of the agents that are free for this caller now."""
    seconds: float | None
    """The estimate of the wait that is left; None while there is nothing to tell it from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """The plan of a line as it stands."""

    line_id: LineId | None
    """None: the hub's own plan, for a channel without a line."""
    version: int
    plan: Plan


class World(Protocol):
    """What a plan may ask. Answered from memory: a caller is waiting."""

    @property
    def now(self) -> datetime:
        """The time, UTC."""
        ...

    def is_open(self, calendar: UUID | None) -> bool:
        """Tell whether a calendar is open now; None is the line's own."""
        ...

    def free(self, node: RingNode, owner: UserId | None) -> tuple[tuple[Target, ...], ...]:
        """Return the devices of each agent who may be rung now, agents in the order of the node's strategy.

        `owner` is whom the contact spoke with before, for `sticky`.
        """
        ...

    def staffed(self, node: RingNode) -> bool:
        """Tell whether anybody who could be rung is at work, free or not."""
        ...

    def place(self, node: RingNode, since: datetime) -> Place:
        """Return where a caller stands who waits since then."""
        ...

    def group(self, node: RingNode) -> str:
        """Return for whom a caller waits in a node, as a text that others can compare with theirs."""
        ...

    def line(self, line_id: LineId) -> LinePlan | None:
        """Return another line's plan; None if there is none or it is switched off."""
        ...

    def seen_from(self, line_id: LineId) -> "World":
        """Return the world as it is for callers of another line: its team, its hours."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls."""

    number: str = ""
    """E.164 where it could be read, else as received."""
    withheld: bool = False
    name: str = ""
