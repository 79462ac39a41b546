"""What saved replies need of the tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.saved_replies import SavedReply, SavedReplyId


class SavedReplies(Protocol):
    """Texts agents insert, and how often they did."""

    async def all(self) -> Sequence[SavedReply]:
        """Return all, by name."""
        ...

    async def get(self, reply_id: SavedReplyId) -> SavedReply | None: ...
    async def save(self, reply: SavedReply) -> None:
        """Add or replace one; what was counted stays. Raises Conflict if another has the shortcut."""
        ...

    async def delete(self, reply_id: SavedReplyId) -> None: ...
    async def count(self, reply_id: SavedReplyId, at: datetime) -> None:
        """Count one use. A reply that is gone counts nothing."""
        ...
