"""What giving out conversations needs of the tables."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.channel import ChannelKind
from hub.domain.ids import ConversationId, TeamId, UserId
from hub.domain.routing import Queued, TeamRouting


class Routings(Protocol):
    """How teams give out conversations, what waits in their queues, and who got what."""

    async def all(self) -> Sequence[TeamRouting]: ...
    async def save(self, routing: TeamRouting) -> None: ...
    async def queue(self, teams: Collection[TeamId], limit: int) -> Sequence[Queued]:
        """Return open conversations of teams without an agent, the longest waiting first; none that a bot speaks in."""
        ...

    async def unanswered(self, before: Mapping[TeamId, datetime], limit: int) -> Sequence[Queued]:
        """Return conversations given to an agent before then whose customer waits, and for whom nobody answered."""
        ...

    async def loads(self) -> Mapping[UserId, Mapping[ChannelKind, int]]:
        """Return how many open conversations everybody has, by channel kind."""
        ...

    async def turns(self) -> Mapping[UserId, datetime]:
        """Return when everybody last got one."""
        ...

    async def given(
        self, conversation_id: ConversationId, user_id: UserId, passed: Collection[UserId], at: datetime
    ) -> None:
        """Note who got a conversation, and who had it before and did not answer."""
        ...
