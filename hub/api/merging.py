"""Conversations made one, and the way back."""

from dataclasses import dataclass

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Reason
from hub.api.shown import shown_row
from hub.domain.conversation import ConversationMerge
from hub.domain.ids import ConversationId, MergeId
from hub.domain.user import Action
from hub.domain.views import ConversationRow
from hub.services import merging

routes = Routes("conversations")
CANDIDATES = 50


class MergeConversation(Input):
    """Make all that was said in `other_id` part of this conversation."""

    other_id: ConversationId
    reason: Reason = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedConversation:
    """A merge, and the conversation as it is after it or after its undoing."""

    merge: ConversationMerge
    row: ConversationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEntry:
    """A merge with the name of whoever decided it, for the history."""

    merge: ConversationMerge
    by_name: str


@routes.get("/conversations/{conversation_id}/mergeable", Action.conversations_read)
async def list_mergeable(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> tuple[ConversationRow, ...]:
    """List the conversations that may become part of this one: same channel, same address; the newest 50."""
    await shown_row(deps, conversation_id, None)
    return tuple(await deps.storage.queries.mergeable(conversation_id, viewer=caller.user_id, limit=CANDIDATES))


@routes.post("/conversations/{conversation_id}/merge", Action.conversations_write)
async def merge_conversation(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: MergeConversation
) -> MergedConversation:
    """Make another conversation part of this one; its waits are those of the whole from now on. Can be undone."""
    async with deps.storage.begin() as uow:
        made = await merging.merge(
            uow, conversation_id, body.other_id, reason=body.reason, by=caller.user_id, now=deps.now()
        )
    return MergedConversation(merge=made, row=await shown_row(deps, conversation_id, caller.user_id))


@routes.get("/conversations/{conversation_id}/merges", Action.conversations_read)
async def list_merges(deps: ApiDeps, conversation_id: ConversationId) -> tuple[MergeEntry, ...]:
    """List the merges into this conversation and of it, the newest first; those undone, too."""
    await shown_row(deps, conversation_id, None)
    async with deps.storage.read() as uow:
        found = await uow.merges.of(conversation_id)
        names = {user.id: user.name for user in await uow.users.all()} if found else {}
    return tuple(MergeEntry(merge=one, by_name=names.get(one.by, "") if one.by else "") for one in found)


@routes.post("/conversation-merges/{merge_id}/undo", Action.conversations_write)
async def undo_conversation_merge(deps: ApiDeps, caller: Caller, merge_id: MergeId) -> MergedConversation:
    """Make two conversations of one again: what was said before the merge goes back, what came after it stays."""
    async with deps.storage.begin() as uow:
        made = await merging.undo(uow, merge_id, by=caller.user_id, now=deps.now())
    return MergedConversation(merge=made, row=await shown_row(deps, made.kept_id, caller.user_id))
