"""What one transaction of the journal stores: events of many callers, their cursors, and the ledger's counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID

from hub.contract.events import RawEvent
from hub.domain.ids import JournalSeq
from storage.types import dump_json


@dataclass(slots=True)
class Group:
    """All that waits at one moment."""

    rows: list[tuple[UUID, RawEvent]] = field(default_factory=list)
    """Channel and event, in the order in which they get their numbers."""
    cursors: dict[UUID, str] = field(default_factory=dict)
    received: dict[UUID, int] = field(default_factory=dict)
    """Per channel; more than `stored` where an earlier commit failed."""
    stored: dict[UUID, int] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))

    @property
    def day(self) -> date:
        """The ledger's day, UTC."""
        return self.at.date()


class Writer(Protocol):
    """Stores groups in one engine's way."""

    async def write(self, group: Group) -> Sequence[JournalSeq]:
        """Store a group; returns the numbers of its rows. Raises the storage's error: then nothing was stored."""
        ...

    async def close(self) -> None:
        """Give back what it holds open."""
        ...


def text_of(pairs: Mapping[str, str]) -> str:
    """Return headers, or a query, as the journal keeps them."""
    return dump_json(dict(pairs)) if pairs else "{}"
