"""GET /bot/live: a bot's WebSocket, for bots that no webhook can reach."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Routes
from hub.api.caller import Caller, still_holds
from hub.api.deps import ApiDeps
from hub.api.inputs import Place
from hub.domain.changes import ChangeKind
from hub.domain.errors import HubError
from hub.domain.outside_bots import OWED, BotEventId, BotEventState, OutsideBot
from hub.domain.user import Action
from hub.services.as_json import encode
from hub.services.outside_bots import keeping

routes = Routes("outside bots")

PROTOCOL = "hub.bot.v1"
HEARTBEAT = 20.0
MAX_MESSAGE = 4096
BATCH = 50
LOOK_EVERY = 1.0
SEND_WITHIN = 10.0
PROVE_EVERY = 30.0
"""Seconds after which the token is looked at again."""


@routes.get("/bot/live", Action.bots_speak, media={101: ""}, problems=(426,))
async def bot_live(
    deps: ApiDeps, caller: Caller, request: web.Request, after: Place | None = None
) -> web.WebSocketResponse:
    """Follow a bot's events by WebSocket, as they are posted to webhooks: one JSON text for each.

    `after` is the `seq` of the last event the bot has; without it those it still owes something for come first. The bot
    sends `{"acknowledge": "<event id>"}` for each; what it wants done it calls.
    """
    bot = await _bot(deps, caller)
    socket = web.WebSocketResponse(protocols=(PROTOCOL,), heartbeat=HEARTBEAT, max_msg_size=MAX_MESSAGE, compress=False)
    if not socket.can_prepare(request).ok:
        raise Problem(426, "Connect with a WebSocket.", kind="upgrade-required", headers={"Upgrade": "websocket"})
    await socket.prepare(request)
    teller = asyncio.create_task(_tell(deps, caller, socket, bot, after), name="bot live")
    try:
        await _listen(deps, caller, socket)
    finally:
        teller.cancel()
        with suppress(asyncio.CancelledError):
            await teller
    return socket


async def _tell(
    deps: ApiDeps, caller: Caller, socket: web.WebSocketResponse, bot: OutsideBot, after: int | None
) -> None:
    from hub.services.outside_bots.telling import body

    place, clock = after or 0, asyncio.get_running_loop().time
    proved = clock()
    while not socket.closed:
        rings = deps.notices.rings_of(ChangeKind.conversation_changed)
        async with deps.storage.read() as uow:
            events = await uow.outside_bots.since(bot.id, after=place, limit=BATCH)
        for event in events:
            place = event.seq
            if after is None and event.state not in OWED:
                continue
            told = await body(deps.storage, bot, event)
            if told is not None:
                async with asyncio.timeout(SEND_WITHIN):
                    await socket.send_str(encode(told).decode())
                await _note_sent(deps, event.id)
        if clock() - proved > PROVE_EVERY:
            proved = clock()
            async with deps.storage.read() as uow:
                good = await still_holds(uow, caller, deps.now())
            if not good:
                await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"the token is not valid any more")
                return
        if len(events) < BATCH:
            await deps.notices.wait_for(ChangeKind.conversation_changed, rings, LOOK_EVERY)


async def _note_sent(deps: ApiDeps, event_id: BotEventId) -> None:
    async with deps.storage.begin() as uow:
        event = await uow.outside_bots.event(event_id)
        if event is not None and event.state is BotEventState.queued:
            await uow.outside_bots.record(replace(event, state=BotEventState.sent, next_at=None))


async def _listen(deps: ApiDeps, caller: Caller, socket: web.WebSocketResponse) -> None:
    from hub.services.outside_bots import telling

    async for message in socket:
        event_id = _acknowledged(message.data) if message.type is WSMsgType.TEXT else None
        if event_id is None:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"the frame was not understood")
            return
        try:
            bot = await _bot(deps, caller)
            async with deps.storage.begin() as uow:
                await telling.acknowledge(uow, bot, event_id, deps.now())
        except HubError as error:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=str(error).encode()[:120])
            return


def _acknowledged(text: str) -> BotEventId | None:
    try:
        frame = orjson.loads(text)
        return BotEventId(UUID(frame["acknowledge"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


async def _bot(deps: ApiDeps, caller: Caller) -> OutsideBot:
    async with deps.storage.read() as uow:
        return await keeping.of_token(uow, caller.token.id if caller.token is not None else None)
