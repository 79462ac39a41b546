"""GET /live: from the handshake to the end of a screen's WebSocket."""

import asyncio
from contextlib import suppress

from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import ValidationError

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.gate import check_origin
from hub.api.inputs import Place
from hub.api.live.frames import CLIENT_FRAME, PONG, Hello, Resync, Viewing
from hub.api.live.hub import MISSED_LIMIT, LiveHub
from hub.api.live.screen import Screen
from hub.domain.ids import ConversationId
from hub.domain.user import Action
from hub.services.as_json import encode

routes = Routes("live")

PROTOCOL = "hub.v1"
HEARTBEAT = 20.0
MAX_MESSAGE = 4096
MAX_PER_SECOND = 20


@routes.get("/live", Action.conversations_read, media={101: ""}, problems=(426,))
async def live(
    deps: ApiDeps, caller: Caller, hub: LiveHub, request: web.Request, after: Place | None = None
) -> web.WebSocketResponse:
    """Follow what happens, by WebSocket.

    Frames of the server are the schema `ServerFrame`, those of the client `ClientFrame`. `after` is the `seq` of the
    last frame the client applied: it is told everything since, or told to reload if that is too long ago. Without
    `after` it is told what happens from now on.
    """
    socket = web.WebSocketResponse(protocols=(PROTOCOL,), heartbeat=HEARTBEAT, max_msg_size=MAX_MESSAGE, compress=False)
    if not socket.can_prepare(request).ok:
        raise Problem(426, "Connect with a WebSocket.", kind="upgrade-required", headers={"Upgrade": "websocket"})
    if caller.user is not None:
        check_origin(request, deps.public_url, required=True)
    oldest, newest = await deps.storage.queries.notice_bounds()
    try:
        await socket.prepare(request)
    except ConnectionResetError:
        return socket  # who asked has left already: another page was opened meanwhile
    screen = Screen(socket, caller, newest if after is None else after)
    screen.push(encode(Hello(seq=screen.seq)))
    if (after is not None and not oldest - 1 <= after <= newest) or newest - screen.seq > MISSED_LIMIT:
        screen.seq = newest
        screen.push(encode(Resync(seq=newest)))
    writer = asyncio.create_task(screen.write(), name="live screen")
    try:
        await hub.join(screen)
        await _listen(socket, screen, hub)
    finally:
        hub.leave(screen)
        if not screen.ending:
            writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer
    return socket


async def _listen(socket: web.WebSocketResponse, screen: Screen, hub: LiveHub) -> None:
    window, said = asyncio.get_running_loop().time(), 0
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            screen.end(WSCloseCode.UNSUPPORTED_DATA, "only text frames are understood")
            return
        now = asyncio.get_running_loop().time()
        window, said = (window, said + 1) if now - window < 1 else (now, 1)
        if said > MAX_PER_SECOND:
            screen.end(WSCloseCode.POLICY_VIOLATION, "too many frames")
            return
        try:
            frame = CLIENT_FRAME.validate_json(message.data)
        except ValidationError:
            screen.end(WSCloseCode.POLICY_VIOLATION, "the frame was not understood")
            return
        if isinstance(frame, Viewing):
            shown = ConversationId(frame.conversation_id) if frame.conversation_id else None
            hub.views(screen, shown, replying=frame.replying)
        else:
            screen.push(PONG)
