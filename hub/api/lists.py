"""/search and /waits: lists that read across conversations."""

from typing import Annotated

from hub.api._framework.params import Named
from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Limit, Search
from hub.domain.ids import ChannelId, ConversationId
from hub.domain.user import Action
from hub.domain.views import Page, SearchHit, WaitView

routes = Routes("lists")


@routes.get("/search", Action.conversations_read)
async def search_messages(deps: ApiDeps, q: Search, cursor: Cursor | None = None, limit: Limit = 50) -> Page[SearchHit]:
    """Find messages by their words, the newest first. The last word may be a beginning."""
    return await deps.storage.queries.search(q, cursor=cursor, limit=limit)


@routes.get("/waits", Action.waits_read)
async def list_waits(
    deps: ApiDeps,
    conversation_id: Annotated[ConversationId | None, Named(name="conversation")] = None,
    channel_id: Annotated[ChannelId | None, Named(name="channel")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[WaitView]:
    """List waits, the newest first: the records behind every response-time figure."""
    return await deps.storage.queries.waits(
        conversation_id=conversation_id, channel_id=channel_id, cursor=cursor, limit=limit
    )
