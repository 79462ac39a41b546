"""Gives a conversation back to a bot by hand: a flow begins, or the last one goes on where it was stopped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hub.domain.botflow.happenings import Begun
from hub.domain.botflow.position import End, Phase
from hub.domain.botflow.records import BotRun, FlowId
from hub.domain.botflow.speaking import Speaker
from hub.domain.errors import Conflict, Invalid
from hub.domain.ids import ConversationId, UserId
from hub.ports import UnitOfWork
from hub.services import conversations
from hub.services.bots.beginning import new_run
from hub.services.bots.library import Library
from hub.services.bots.means import Means
from hub.services.bots.speaking import Speaking, state
from hub.services.bots.table import close_table, open_table
from hub.services.bots.talking import Talking
from hub.services.bots.walking import walk
from hub.services.outgoing import conversation_of

_UNPUBLISHED = "This flow is not published. Publish it first."


async def give_back(
    means: Means, conversation_id: ConversationId, *, flow_id: FlowId | None, by: UserId | None
) -> Speaking:
    """Give a conversation to a bot by hand: a flow begins, or, without one, the last goes on where it was stopped.

    Raises NotFound, Invalid (not published), Conflict (nothing to go on with, or a bot speaks already).
    """
    async with means.storage.begin() as uow:
        return await give_within(uow, means, conversation_id, flow_id=flow_id, by=by, now=means.now())


async def give_within(
    uow: UnitOfWork,
    means: Means,
    conversation_id: ConversationId,
    *,
    flow_id: FlowId | None,
    by: UserId | None,
    now: datetime,
    origin: Mapping[str, object] | None = None,
) -> Speaking:
    """Do as `give_back` does in a unit of work that does more; what cannot be done has changed nothing then."""
    conversation = await conversation_of(uow, conversation_id)
    lock = await uow.speakers.get(conversation_id)
    if lock.speaker is Speaker.bot:
        raise Conflict("A bot speaks here already.")
    last = await uow.bots.run_of(conversation_id)
    chosen = flow_id or (last.flow_id if last is not None else None)
    if chosen is None:
        raise Conflict("No bot has spoken here yet. Choose a flow.")
    if flow_id is not None and flow_id not in await uow.bots.published():
        raise Invalid(_UNPUBLISHED)
    lock = await uow.speakers.give(conversation_id, Speaker.bot, bot=f"flow:{chosen}", by=by, at=now)
    data: dict[str, object] = {"event": "bot_started", "bot": lock.bot, **(origin or {})}
    await conversations.record(uow, conversation, data, by=by, now=now)
    ((talking, _),) = await open_table(uow, means, [conversation_id], now)
    await _go_on(uow, talking, chosen, last if flow_id is None else None)
    await close_table(uow, [talking])
    return await state(uow, conversation_id)


async def _go_on(uow: UnitOfWork, talking: Talking, flow_id: FlowId, last: BotRun | None) -> None:
    stopped = last is not None and last.end == End.taken.value and last.position.phase is not Phase.over
    if last is not None and stopped:
        talking.run = replace(last, ended_at=None, end="", turn=talking.lock.turn)
    else:
        published = (await uow.bots.published()).get(flow_id)
        if published is None:
            raise Invalid(_UNPUBLISHED)
        talking.flow_name, version = published
        talking.run = new_run(talking, flow_id, version)
    await walk(uow, Library(), talking, Begun())
