"""/outside-bots for admins, and /bot for the bots themselves: what they were told, and what they may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.bot_hands import BotHands
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Place, Word
from hub.domain.botflow.effects import AddTag, Assign, Close, HandOver, Reason, Say, SetField
from hub.domain.ids import ConversationId, InteractionId, UserId
from hub.domain.outside_bots import BotEvent, BotEventId, OutsideBot, OutsideBotId, speaker_name
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.outside_bots import keeping
from hub.services.unset import UNSET

routes = Routes("outside bots")

Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^(https?://[^\s\x00]+)?$")]
Seconds = Annotated[float, Field(ge=2, le=600)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]
Choice = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
FieldValue = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BotView:
    """A bot outside, without its secrets."""

    id: OutsideBotId
    name: str
    url: str
    """Empty: it listens on the WebSocket."""
    ack_within: timedelta
    answer_within: timedelta
    active: bool
    speaker: str
    """What a rule names it by (`bot` of /bots/rules)."""
    created_at: datetime
    created_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBotView:
    """A bot with its token and the secret that signs what it is told; both are shown only now."""

    bot: BotView
    token: str | None
    secret: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """What came of a bot's call."""

    interaction_ids: tuple[InteractionId, ...]
    troubles: tuple[str, ...]
    """What could not be done, in words; colleagues have them as a note."""


class NewBot(Input):
    """A program that shall speak with customers."""

    id: OutsideBotId
    name: Word
    url: Url = ""
    """Where its events are posted; empty: it listens on the WebSocket /bot/live."""
    ack_within: Seconds = 15.0
    """Seconds within which it must acknowledge an event, or humans get the conversation."""
    answer_within: Seconds = 60.0
    """Seconds within which it must then do something."""


class BotEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    url: Url | None = None
    ack_within: Seconds | None = None
    answer_within: Seconds | None = None
    active: bool | None = None


class BotReply(Input):
    """A message to the customer."""

    id: InteractionId
    """Made by the bot: repeating the request says nothing twice."""
    text: Said
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
    text: Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")] = ""
    """Said to the customer first, if it is given."""
    team_id: UUID | None = None
    user_id: UUID | None = None


def _view(bot: OutsideBot) -> BotView:
    names = [name for name in BotView.__dataclass_fields__ if name != "speaker"]
    return BotView(**{name: getattr(bot, name) for name in names}, speaker=speaker_name(bot.id))


@routes.get("/outside-bots", Action.outside_bots_write)
async def list_outside_bots(deps: ApiDeps) -> tuple[BotView, ...]:
    """List the bots outside."""
    async with deps.storage.read() as uow:
        return tuple(_view(bot) for bot in await uow.outside_bots.all())


@routes.post("/outside-bots", Action.outside_bots_write)
async def create_outside_bot(deps: ApiDeps, caller: Caller, body: NewBot) -> Created[NewBotView]:
    """Add a bot. Its token and secret are told once: repeating the request gives null in their place."""
    async with deps.storage.begin() as uow:
        made = await keeping.create(
            uow,
            id=body.id,
            name=body.name,
            url=body.url,
            ack_within=timedelta(seconds=body.ack_within),
            answer_within=timedelta(seconds=body.answer_within),
            by=caller.user_id,
            now=deps.now(),
        )
    view = NewBotView(bot=_view(made.bot), token=made.token, secret=made.secret)
    return Created(view, new=made.token is not None)


@routes.patch("/outside-bots/{bot_id}", Action.outside_bots_write)
async def change_outside_bot(deps: ApiDeps, bot_id: OutsideBotId, body: BotEdit) -> BotView:
    """Change a bot, or switch it on or off. Where one that is off has the floor, humans get the next message."""
    edit = keeping.Edit(
        name=UNSET if body.name is None else body.name,
        url=UNSET if body.url is None else body.url,
        ack_within=UNSET if body.ack_within is None else timedelta(seconds=body.ack_within),
        answer_within=UNSET if body.answer_within is None else timedelta(seconds=body.answer_within),
        active=UNSET if body.active is None else body.active,
    )
    async with deps.storage.begin() as uow:
        return _view(await keeping.change(uow, bot_id, edit))


@routes.post("/outside-bots/{bot_id}/renew", Action.outside_bots_write)
async def renew_outside_bot(deps: ApiDeps, caller: Caller, bot_id: OutsideBotId) -> NewBotView:
    """Give a bot a new token and a new secret; the old ones end at once."""
    async with deps.storage.begin() as uow:
        made = await keeping.renew(uow, bot_id, by=caller.user_id, now=deps.now())
    return NewBotView(bot=_view(made.bot), token=made.token, secret=made.secret)


@routes.delete("/outside-bots/{bot_id}", Action.outside_bots_write)
async def delete_outside_bot(deps: ApiDeps, bot_id: OutsideBotId) -> None:
    """Delete a bot, its token and the log of what it was told."""
    async with deps.storage.begin() as uow:
        await keeping.delete(uow, bot_id)


@routes.get("/outside-bots/{bot_id}/events", Action.outside_bots_write)
async def list_bot_events(
    deps: ApiDeps, bot_id: OutsideBotId, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[BotEvent]:
    """List what a bot was told, the newest first, and what became of it."""
    async with deps.storage.read() as uow:
        await keeping.get(uow, bot_id)
        return await uow.outside_bots.page(bot_id, cursor=cursor, limit=limit)


class GiveToBot(Input):
    """Which bot shall speak."""

    bot_id: OutsideBotId


@routes.post("/conversations/{conversation_id}/outside-bot", Action.conversations_write)
async def give_to_outside_bot(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: GiveToBot
) -> BotEvent:
    """Give a conversation to a bot outside by hand: it is told, and must speak or hand over in its time."""
    from hub.services.outside_bots import giving  # not at the top: a hub without bots starts without them

    async with deps.storage.begin() as uow:
        return await giving.give(uow, body.bot_id, conversation_id, by=caller.user_id, now=deps.now())


@routes.get("/bot", Action.bots_speak, problems=(404,))
async def get_own_bot(deps: ApiDeps, caller: Caller) -> BotView:
    """Return the bot that calls."""
    return _view(await _bot(deps, caller))


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


@routes.post("/bot/conversations/{conversation_id}/replies", Action.bots_speak)
async def bot_reply(
    deps: ApiDeps, hands: BotHands, caller: Caller, conversation_id: ConversationId, body: BotReply
) -> DoneView:
    """Say something to the customer. 409 once a human or another bot has the word: then say no more."""
    from hub.services.outside_bots import speaking  # the same

    doings: list[speaking.Doing] = [Say(text=body.text, choices=body.choices)]
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
