"""What portraits need of the tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.ids import ContactPointId
from hub.domain.portrait import DuePortrait, PortraitId


class Portraits(Protocol):
    """The pictures providers show of people; told by ingest (`Flush.portraits`), fetched afterwards."""

    async def due(self, now: datetime, limit: int) -> Sequence[DuePortrait]:
        """Return what is to be fetched or dropped by now, longest due first."""
        ...

    async def later(self, point: ContactPointId, source: str, due_at: datetime | None) -> None:
        """Note that fetching failed: try again at `due_at`, or never (None). Nothing if another was told meanwhile."""
        ...

    async def put(
        self, point: ContactPointId, source: str, portrait_id: PortraitId | None, blob: str | None
    ) -> tuple[bool, str | None]:
        """Store the fetched portrait, or with None that there is none.

        Returns whether it was taken (not if the person was erased or another was told meanwhile), and the key of the
        blob it replaced.
        """
        ...

    async def blob(self, portrait_id: PortraitId) -> str | None:
        """Return the key of a portrait's picture; None if it is not shown any more."""
        ...
