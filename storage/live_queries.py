"""What changed, as open screens show it: conversations and entries together, in one go and without a transaction."""

from collections.abc import Collection, Sequence

from hub.domain.ids import ConversationId, InteractionId
from hub.domain.views import ConversationRow, InteractionView
from storage.engine import Database
from storage.inbox_queries import FOR_NOBODY, row_for_nobody
from storage.prepared import id_list
from storage.thread_views import ENTRY_READS, as_entries, in_order


class LiveQueries:
    """The records of one live frame."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def changed(
        self, conversations: Collection[ConversationId], interactions: Collection[InteractionId]
    ) -> tuple[Sequence[ConversationRow], Sequence[InteractionView]]:
        # Each query sees a state of its own: a record that changed in between is told again by its next notice.
        async with self._database.glance() as session:
            talks = {"ids": id_list(list(conversations), postgres=session.postgres)}
            said = {"ids": id_list(list(interactions), postgres=session.postgres)}
            asked = [(FOR_NOBODY, talks)] if conversations else []
            asked += [(one, said) for one in ENTRY_READS] if interactions else []
            found = await session.fetch_all(asked)
            rows = [row_for_nobody(row) for row in found[0]] if conversations else []
            entries = await as_entries(session, found[-len(ENTRY_READS) :]) if interactions else []
        return rows, in_order(entries)
