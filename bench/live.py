"""From a webhook at the door to the frame at an agent's screen: 200 messages a second, 50 screens open.

The ceiling is the same frame written to 50 WebSockets of a bare aiohttp server, without any hub behind it.
"""

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import aiohttp
from aiohttp import web

from bench.common import Place, arguments, engines, free_port, hub_environment, percentile, place, process, report
from bench.payloads import make_line
from hub.app import open_hub
from hub.domain.ids import UserId
from hub.domain.user import Role
from hub.runtime.clock import SystemClock
from hub.services import logins, users
from hub.services.ids import new_id

RATE = 200
SCREENS = 50
MARK = re.compile(rb"bench-(\d+)-")
PASSWORD = "a long enough password of a bench"  # noqa: S105 - of a database that lives for seconds


class Screens:
    """Open WebSockets that note when each marked message arrives."""

    def __init__(self, sent: dict[int, float]) -> None:
        self._sent = sent
        self.latencies: list[float] = []

    async def watch(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Read until the socket closes."""
        seen: set[int] = set()
        async for message in socket:
            now = perf_counter()
            data = message.data if isinstance(message.data, bytes) else str(message.data).encode()
            for number in {int(found) for found in MARK.findall(data)} - seen:
                seen.add(number)
                self.latencies.append(now - self._sent[number])


def _update(number: int) -> bytes:
    person = {"id": 5000 + number % 300, "is_bot": False, "first_name": f"Ann {number % 300}"}
    message = {
        "message_id": number + 1,
        "date": int(
            SystemClock().now().timestamp()
        ),  # of now: customers of long ago would all be owed an answer at once
        "chat": {**person, "type": "private"},
        "from": person,
        "text": f"bench-{number}- where is my parcel?",
    }
    return json.dumps({"update_id": number + 1, "message": message}).encode()


async def _pace(seconds: float, group: asyncio.TaskGroup, send: Callable[[int], Coroutine[None, None, None]]) -> int:
    start, number = perf_counter(), 0
    while perf_counter() - start < seconds:
        due = start + number / RATE
        if (wait := due - perf_counter()) > 0:
            await asyncio.sleep(wait)
        group.create_task(send(number))
        number += 1
    return number


async def measure(engine: str, seconds: float) -> None:
    """Measure one engine, then the ceiling, and print."""
    async with place(engine) as spot:
        line = await make_line(spot)
        token = await _agent(spot)
        port = free_port()
        async with process("hub", "serve", ready="ready", env=hub_environment(spot, port)):
            latencies = await _through_hub(
                port, f"/webhooks/{line.webhook_key}", line.telegram_headers(), token, seconds
            )
    bare = await _bare(min(seconds, 5.0))
    report(
        "live",
        engine=engine,
        value=percentile(latencies, 0.99) * 1000,
        unit="ms p99",
        ceiling=percentile(bare, 0.99) * 1000,
        ratio=percentile(latencies, 0.99) / percentile(bare, 0.99),
        p50_ms=percentile(latencies, 0.5) * 1000,
        p99_ms=percentile(latencies, 0.99) * 1000,
        frames=len(latencies),
    )


async def _agent(spot: Place) -> str:
    """Make an agent; returns the session token of a login."""
    async with open_hub(spot.settings()) as hub, hub.storage.begin() as uow:
        now = hub.clock.now()
        made = await users.create(
            uow,
            id=UserId(new_id()),
            email="bench@example.org",
            name="Bench",
            role=Role.agent,
            password=PASSWORD,
            now=now,
        )
        user = replace(made.record.user, must_change_password=False)
        await uow.users.update(user)
        return (await logins.begin_session(uow, user, lifetime=timedelta(hours=1), now=now)).token


async def _through_hub(port: int, path: str, headers: dict[str, str], token: str, seconds: float) -> Sequence[float]:
    base, sent = f"http://127.0.0.1:{port}", dict[int, float]()
    screens = Screens(sent)
    cookies = {"hub_session": token}
    async with aiohttp.ClientSession(cookies=cookies, headers={"Origin": base}) as http:
        sockets = [await http.ws_connect(f"{base}/api/v1/live") for _ in range(SCREENS)]
        watching = [asyncio.create_task(screens.watch(socket)) for socket in sockets]

        async def send(number: int) -> None:
            sent[number] = perf_counter()
            async with http.post(base + path, data=_update(number), headers=headers) as answer:
                answer.raise_for_status()

        async with asyncio.TaskGroup() as group:
            count = await _pace(seconds, group, send)
        async with asyncio.timeout(30):
            # The last frames are on their way; nothing tells when the last of them came but the count.
            while len(screens.latencies) < count * SCREENS:  # noqa: ASYNC110 - only the count tells
                await asyncio.sleep(0.05)
        for socket in sockets:
            await socket.close()
        await asyncio.gather(*watching)
    return screens.latencies


async def _bare(seconds: float) -> Sequence[float]:
    sockets: set[web.WebSocketResponse] = set()

    async def live(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sockets.add(socket)
        async for _ in socket:
            pass
        return socket

    app = web.Application()
    app.router.add_get("/live", live)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    sent: dict[int, float] = {}
    screens = Screens(sent)
    async with aiohttp.ClientSession() as http:
        clients = [await http.ws_connect(f"http://127.0.0.1:{port}/live") for _ in range(SCREENS)]
        watching = [asyncio.create_task(screens.watch(client)) for client in clients]

        async def send(number: int) -> None:
            sent[number] = perf_counter()
            frame = _update(number).decode()
            for socket in sockets:
                await socket.send_str(frame)

        async with asyncio.TaskGroup() as group:
            await _pace(seconds, group, send)
        for client in clients:
            await client.close()
        await asyncio.gather(*watching)
    await runner.cleanup()
    return screens.latencies


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 10.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.seconds))


if __name__ == "__main__":
    main()
