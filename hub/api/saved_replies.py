"""/saved-replies: texts agents insert while they write, and those that fit a conversation, filled in."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Line, Text
from hub.domain.ids import ChannelId, ConversationId, TeamId, UserId
from hub.domain.saved_replies import SavedReply, SavedReplyId
from hub.domain.user import Action
from hub.services import saved_replies
from hub.services.saved_replies import FilledReply

routes = Routes("saved replies")

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class SavedReplyEdit(Input):
    """What a saved reply shall be."""

    name: Line
    shortcut: Line = ""
    """What is typed after the slash: letters, digits, `-` and `_`; unique."""
    texts: Annotated[dict[LanguageCode, Text], Field(min_length=1, max_length=100)]
    """Language → text with variables such as `{{ contact.name }}`; the first is for all other languages."""
    team_ids: Annotated[tuple[TeamId, ...], Field(max_length=500)] = ()
    """The teams whose conversations it fits; none: all."""
    channel_ids: Annotated[tuple[ChannelId, ...], Field(max_length=500)] = ()
    """The channels it fits; none: all."""


class NewSavedReply(SavedReplyEdit):
    """A text agents insert while they write."""

    id: SavedReplyId


@routes.get("/saved-replies", Action.knowledge_read)
async def list_saved_replies(deps: ApiDeps) -> tuple[SavedReply, ...]:
    """List all saved replies by name, with how often each was used."""
    async with deps.storage.read() as uow:
        return tuple(await uow.saved_replies.all())


@routes.post("/saved-replies", Action.knowledge_write)
async def create_saved_reply(deps: ApiDeps, caller: Caller, body: NewSavedReply) -> Created[SavedReply]:
    """Write a saved reply. A variable nobody knows is refused, with the one most likely meant."""
    async with deps.storage.begin() as uow:
        made = await saved_replies.create(uow, _reply(body.id, body, caller.user_id, deps.now()))
    return Created(made.record, new=made.created)


@routes.get("/saved-replies/{reply_id}", Action.knowledge_read)
async def get_saved_reply(deps: ApiDeps, reply_id: SavedReplyId) -> SavedReply:
    """Return a saved reply."""
    async with deps.storage.read() as uow:
        return await saved_replies.get(uow, reply_id)


@routes.put("/saved-replies/{reply_id}", Action.knowledge_write)
async def change_saved_reply(deps: ApiDeps, caller: Caller, reply_id: SavedReplyId, body: SavedReplyEdit) -> SavedReply:
    """Change a saved reply; its uses stay counted."""
    async with deps.storage.begin() as uow:
        return await saved_replies.change(uow, _reply(reply_id, body, caller.user_id, deps.now()))


@routes.delete("/saved-replies/{reply_id}", Action.knowledge_write)
async def delete_saved_reply(deps: ApiDeps, reply_id: SavedReplyId) -> None:
    """Delete a saved reply; what was written with it stays."""
    async with deps.storage.begin() as uow:
        await saved_replies.delete(uow, reply_id)


@routes.get("/conversations/{conversation_id}/saved-replies", Action.conversations_read)
async def list_fitting_replies(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, language: LanguageCode | None = None
) -> tuple[FilledReply, ...]:
    """List the replies for a conversation's channel and team, filled in: its language's first, then the most used.

    `language` asks for another language than the customer's.
    """
    async with deps.storage.read() as uow:
        return tuple(await saved_replies.fitting(uow, conversation_id, caller.user, language or ""))


@routes.post("/saved-replies/{reply_id}/use", Action.conversations_write)
async def count_reply_use(deps: ApiDeps, reply_id: SavedReplyId) -> None:
    """Count that a reply was inserted into a message."""
    async with deps.storage.begin() as uow:
        await saved_replies.use(uow, reply_id, deps.now())


def _reply(reply_id: SavedReplyId, body: SavedReplyEdit, by: UserId | None, now: datetime) -> SavedReply:
    return SavedReply(
        id=reply_id,
        name=body.name,
        shortcut=body.shortcut,
        texts=body.texts,
        team_ids=body.team_ids,
        channel_ids=body.channel_ids,
        created_at=now,
        updated_at=now,
        updated_by=by,
    )
