"""/outside-bots for admins: programs that speak with customers, and what they were told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Word
from hub.domain.ids import ConversationId, UserId
from hub.domain.outside_bots import BotEvent, OutsideBot, OutsideBotId, speaker_name
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.outside_bots import keeping
from hub.services.unset import UNSET

routes = Routes("outside bots")

Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^(https?://[^\s\x00]+)?$")]
Seconds = Annotated[float, Field(ge=2, le=600)]


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


def bot_view(bot: OutsideBot) -> BotView:
    """Return a bot as its admins see it."""
    names = [name for name in BotView.__dataclass_fields__ if name != "speaker"]
    return BotView(**{name: getattr(bot, name) for name in names}, speaker=speaker_name(bot.id))


@routes.get("/outside-bots", Action.outside_bots_write)
async def list_outside_bots(deps: ApiDeps) -> tuple[BotView, ...]:
    """List the bots outside."""
    async with deps.storage.read() as uow:
        return tuple(bot_view(bot) for bot in await uow.outside_bots.all())


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
    view = NewBotView(bot=bot_view(made.bot), token=made.token, secret=made.secret)
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
        return bot_view(await keeping.change(uow, bot_id, edit))


@routes.post("/outside-bots/{bot_id}/renew", Action.outside_bots_write)
async def renew_outside_bot(deps: ApiDeps, caller: Caller, bot_id: OutsideBotId) -> NewBotView:
    """Give a bot a new token and a new secret; the old ones end at once."""
    async with deps.storage.begin() as uow:
        made = await keeping.renew(uow, bot_id, by=caller.user_id, now=deps.now())
    return NewBotView(bot=bot_view(made.bot), token=made.token, secret=made.secret)


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
