"""/bot: what a bot outside asks with its own token: what it was told, and what it wants done."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field, StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.attachments import FileName, attachment_view, chunks
from hub.api.bot_hands import BotHands
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Limit, Place, Word
from hub.api.outside_bots import BotView, bot_view
from hub.domain.botflow.effects import AddTag, Assign, Close, HandOver, Reason, Say, SetField
from hub.domain.botflow.flow import Enclosed
from hub.domain.ids import AttachmentId, ConversationId, InteractionId
from hub.domain.outside_bots import BotEvent, BotEventId, OutsideBot
from hub.domain.user import Action
from hub.domain.views import AttachmentView
from hub.services import attachments
from hub.services.outside_bots import keeping

routes = Routes("outside bots")

Said = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Choice = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
FieldValue = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """What came of a bot's call."""

    interaction_ids: tuple[InteractionId, ...]
    troubles: tuple[str, ...]
    """What could not be done, in words; colleagues have them as a note."""


class BotReply(Input):
    """A message to the customer."""

    id: InteractionId
    """Made by the bot: repeating the request says nothing twice."""
    text: Said = ""
    """May be empty where files are sent."""
    file_ids: Annotated[tuple[AttachmentId, ...], Field(max_length=10)] = ()
    """Files the bot uploaded (`POST /bot/files`). Where the channel does not carry one, the text gets a link to it."""
    choices: Annotated[tuple[Choice, ...], Field(max_length=20)] = ()
    """Buttons, or numbered lines where the channel has none."""
    close: bool = False
    """Resolve the conversation with this message."""


class BotField(Input):
    """A field of the contact: `name`, `email`, `phone`, `company`, `language`, `source`, or one of its own."""

    name: Word
    value: FieldValue


class BotTag(Input):
    """A tag for the conversation."""

    tag: Word


class BotNote(Input):
    """Words for colleagues; the customer never sees them."""

    text: Words


class BotAssign(Input):
    """A team, a person, or both; the bot goes on speaking."""

    team_id: UUID | None = None
    user_id: UUID | None = None


class BotHandOver(Input):
    """The bot stops speaking; humans get the conversation with its words as a note."""

    words: Words = ""
    text: Said = ""
    """Said to the customer first, if it is given."""
    team_id: UUID | None = None
    user_id: UUID | None = None


@routes.get("/bot", Action.bots_speak, problems=(404,))
async def get_own_bot(deps: ApiDeps, caller: Caller) -> BotView:
    """Return the bot that calls."""
    return bot_view(await _bot(deps, caller))


@routes.get("/bot/events", Action.bots_speak, problems=(404,))
async def list_own_events(deps: ApiDeps, caller: Caller, after: Place = 0, limit: Limit = 50) -> tuple[BotEvent, ...]:
    """List the calling bot's events after a `seq`, oldest first: for a bot that lost its connection."""
    bot = await _bot(deps, caller)
    async with deps.storage.read() as uow:
        return tuple(await uow.outside_bots.since(bot.id, after=after, limit=limit))


@routes.post("/bot/events/{event_id}/acknowledge", Action.bots_speak)
async def acknowledge_event(deps: ApiDeps, caller: Caller, event_id: BotEventId) -> BotEvent:
    """Say that the bot has an event; it must do something within its answer time then. Any call does the same."""
    from hub.services.outside_bots import telling  # not at the top: a hub without bots starts without them

    bot = await _bot(deps, caller)
    async with deps.storage.begin() as uow:
        return await telling.acknowledge(uow, bot, event_id, deps.now())


@routes.post("/bot/files", Action.bots_speak, upload=True)
async def upload_bot_file(
    deps: ApiDeps, request: web.Request, file_id: Annotated[AttachmentId, Named(name="id")], name: FileName
) -> Created[AttachmentView]:
    """Upload a file, to be named in replies: as often as the bot likes. The body is the file itself."""
    made = await attachments.upload(
        deps.storage,
        deps.blobs,
        id=file_id,
        name=name,
        media_type=request.content_type,
        content=chunks(request),
        max_bytes=deps.attachment_max_bytes,
        by=None,
        now=deps.now(),
    )
    return Created(attachment_view(made.record), new=made.created)


@routes.post("/bot/conversations/{conversation_id}/replies", Action.bots_speak)
async def bot_reply(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotReply
) -> DoneView:
    """Say something to the customer. 409 once a human or another bot has the word: then say no more."""
    from hub.services.outside_bots import speaking  # the same

    files = tuple(Enclosed(id=one) for one in body.file_ids)
    doings: list[speaking.Doing] = [Say(text=body.text, choices=body.choices, files=files)]
    if body.close:
        doings.append(Close())
    bot = await _bot(deps, caller)
    done = await speaking.act(hands.means, bot, conversation_id, doings, id=body.id)
    return DoneView(interaction_ids=done.interaction_ids, troubles=done.troubles)


@routes.post("/bot/conversations/{conversation_id}/fields", Action.bots_speak)
async def bot_set_field(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotField
) -> DoneView:
    """Fill a field of this conversation's contact."""
    return await _do(deps, hands, caller, conversation_id, SetField(name=body.name, value=body.value))


@routes.post("/bot/conversations/{conversation_id}/tags", Action.bots_speak)
async def bot_add_tag(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotTag
) -> DoneView:
    """Give the conversation a tag."""
    return await _do(deps, hands, caller, conversation_id, AddTag(tag=body.tag))


@routes.post("/bot/conversations/{conversation_id}/notes", Action.bots_speak)
async def bot_write_note(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotNote
) -> DoneView:
    """Write a note for colleagues."""
    from hub.services.outside_bots import speaking  # not at the top: a hub without bots starts without them

    done = await speaking.act(hands.means, await _bot(deps, caller), conversation_id, [speaking.Note(text=body.text)])
    return DoneView(interaction_ids=done.interaction_ids, troubles=done.troubles)


@routes.post("/bot/conversations/{conversation_id}/assign", Action.bots_speak)
async def bot_assign(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotAssign
) -> DoneView:
    """Give the conversation to a team or a person; the bot goes on speaking."""
    doing = Assign(team_id=body.team_id, user_id=body.user_id)
    return await _do(deps, hands, caller, conversation_id, doing)


@routes.post("/bot/conversations/{conversation_id}/hand-over", Action.bots_speak)
async def bot_hand_over(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotHandOver
) -> DoneView:
    """Hand over to humans, with words for them as a note."""
    hand = HandOver(reason=Reason.flow, words=body.words, team_id=body.team_id, user_id=body.user_id)
    said = (Say(text=body.text),) if body.text.strip() else ()
    return await _do(deps, hands, caller, conversation_id, *said, hand)


@routes.post("/bot/conversations/{conversation_id}/close", Action.bots_speak)
async def bot_close(deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId) -> DoneView:
    """Resolve the conversation: the bot was all it needed."""
    return await _do(deps, hands, caller, conversation_id, Close())


async def _bot(deps: ApiDeps, caller: Caller) -> OutsideBot:
    async with deps.storage.read() as uow:
        return await keeping.of_token(uow, caller.token.id if caller.token is not None else None)


async def _do(
    deps: ApiDeps,
    hands: BotHands,
    caller: Caller,
    conversation_id: ConversationId,
    *doings: Say | SetField | AddTag | Assign | HandOver | Close,
) -> DoneView:
    from hub.services.outside_bots import speaking  # not at the top: a hub without bots starts without them

    bot = await _bot(deps, caller)
    done = await speaking.act(hands.means, bot, conversation_id, doings)
    return DoneView(interaction_ids=done.interaction_ids, troubles=done.troubles)
