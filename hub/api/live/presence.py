"""Who has which conversation open, over all nodes. Kept in memory only: it is gone when nobody says it any more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from hub.api.live.frames import Presence, Viewer
from hub.domain.ids import ConversationId

REPEAT = timedelta(seconds=30)
"""How often a node says again who looks at what here."""
FORGET = timedelta(seconds=90)
_VIEWERS: TypeAdapter[tuple[Viewer, ...]] = TypeAdapter(tuple[Viewer, ...])


@dataclass(slots=True)
class PresenceBook:
    """What each node said last about each conversation."""

    said: dict[ConversationId, dict[str, tuple[datetime, tuple[Viewer, ...]]]] = field(default_factory=dict)

    def hear(self, node: str, conversation_id: ConversationId, users: object, now: datetime) -> Presence:
        """Take in what a node says and return who is there now."""
        viewers = _VIEWERS.validate_python(users)
        nodes = self.said.setdefault(conversation_id, {})
        nodes[node] = (now, viewers)
        for silent in [n for n, (at, known) in nodes.items() if now - at > FORGET or not known]:
            del nodes[silent]
        if not nodes:
            del self.said[conversation_id]
        return self.of(conversation_id)

    def of(self, conversation_id: ConversationId) -> Presence:
        """Return who is there."""
        everybody: dict[UUID, Viewer] = {}
        for _, viewers in self.said.get(conversation_id, {}).values():
            for viewer in viewers:
                known = everybody.get(viewer.id)
                everybody[viewer.id] = viewer if known is None or viewer.replying else known
        return Presence(conversation_id=conversation_id, users=tuple(everybody.values()))

    def all(self) -> Iterable[Presence]:
        """Return who is where."""
        return [self.of(conversation_id) for conversation_id in self.said]


def viewing_sign(node: str, conversation_id: ConversationId, users: Iterable[Viewer]) -> Mapping[str, object]:
    """Return the sign by which a node tells the others who looks at a conversation there."""
    seen = {u.id: {"id": str(u.id), "name": u.name, "replying": u.replying} for u in users}
    return {"type": "viewing", "node": node, "conversation_id": str(conversation_id), "users": list(seen.values())}
