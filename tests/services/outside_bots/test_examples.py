"""The example bots of docs/examples as programs of their own, beside a served hub."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from hub.domain.botflow.speaking import Speaker
from hub.domain.user import Role
from hub.runtime.clock import SystemClock
from hub.runtime.fetch import GuardedHttp
from hub.runtime.outside_bots_worker import OutsideBotsWorker, Posting
from tests.peers.npm_env import NODE
from tests.services.outside_bots.world import BotWorld

_HTTP = web.AppKey("http", ClientSession)
EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples" / "bots"


@asynccontextmanager
async def running(world: BotWorld, command: Sequence[str | Path], **env: str) -> AsyncIterator[None]:
    """Run an example bot and send the world's bot's events to it."""
    world.hub.clock.time = SystemClock().now()  # the examples refuse old requests by the machine's clock
    given = {
        **os.environ,
        "HUB_URL": world.hub.origin,
        "HUB_BOT_TOKEN": world.bot.headers["Authorization"].removeprefix("Bearer "),
        "HUB_BOT_SECRET": world.secret,
        **env,
    }
    process = await asyncio.create_subprocess_exec(*map(str, command), env=given, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        admin = await world.hub.person(Role.admin)
        assert (await admin.patch(f"/outside-bots/{world.bot_id}", {"url": url}))[0] == 200
        guarded = GuardedHttp(allowed=[url.removeprefix("http://").partition("/")[0]])
        world.worker = OutsideBotsWorker(
            means=world.worker.means, post=Posting(guarded.ask), notices=world.hub.deps.notices, chance=lambda: 0.5
        )
        yield
        await guarded.close()
    finally:
        process.terminate()
        await process.wait()


async def said(world: BotWorld, text: str, count: int) -> list[str]:
    """Let the customer write, and return the thread once it has so many texts."""
    conversation_id = await world.writes(text)
    world.hub.clock.forward(seconds=1)
    await world.tell()
    async with asyncio.timeout(10):
        while len(texts := await world.texts(conversation_id)) < count:
            await world.hub.deps.notices.wait(world.hub.deps.notices.rings, 0.05)
    world.hub.clock.forward(seconds=1)
    return texts


async def test_the_python_bot_greets_answers_and_hands_over(world: BotWorld) -> None:
    async with running(world, [sys.executable, EXAMPLES / "bot.py", "0"]):
        assert (await said(world, "Hello", 2))[-1] == "Hello Ann! What can I do for you?\n1. Opening hours\n2. A person"
        assert (await said(world, "1", 4))[-1] == "We are open from 9:00 to 17:00, Monday to Friday."
        texts = await said(world, "2", 7)
    assert texts[5] == "A colleague writes to you in a moment."
    assert "Asked for a person." in texts[6]
    row = (await world.hub.rows())[0]
    assert (row.tags, (await world.lock(row.id)).speaker) == (("asked for a person",), Speaker.human)


async def test_the_python_bot_refuses_who_is_not_the_hub(world: BotWorld) -> None:
    world.secret = "another"
    async with running(world, [sys.executable, EXAMPLES / "bot.py", "0"]):
        texts = await said(world, "Hello", 2)
    assert "status 403" in texts[1]


async def test_the_node_bot_acknowledges_first_and_calls_then(world: BotWorld) -> None:
    async with running(world, [NODE, EXAMPLES / "bot.mjs", "0"]):
        assert (await said(world, "Hello", 2))[-1] == "Hello! Which order do you ask about?"
        assert (await said(world, "It is 4711", 4))[-1] == "Thank you. I look for order 4711."
        texts = await said(world, "A human, please", 7)
    assert texts[5] == "A colleague writes to you in a moment."
    row = (await world.hub.rows())[0]
    contact = await world.hub.deps.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert (contact.fields, (await world.lock(row.id)).speaker) == ((("order", "4711"),), Speaker.human)


@asynccontextmanager
async def chatwoot_bot(adapter: list[str], heard: list[Mapping[str, Any]]) -> AsyncIterator[str]:
    """Serve a bot as it is written for Chatwoot: told by its webhook, answering with Chatwoot's API."""

    async def webhook(request: web.Request) -> web.Response:
        told = await request.json()
        heard.append(told)
        account, conversation = told["account"]["id"], told["conversation"]["id"]
        base = f"{adapter[0]}/api/v1/accounts/{account}/conversations/{conversation}"
        wanted: list[tuple[str, dict[str, Any]]] = [
            ("messages", {"content": f"You said: {told['content']}", "message_type": "outgoing", "private": False}),
            ("messages", {"content": "Seems kind.", "private": True}),
            ("labels", {"labels": ["vip"]}),
            ("custom_attributes", {"custom_attributes": {"order": "4711"}}),
            ("toggle_status", {"status": "open"}),
        ]
        headers = {"api_access_token": "let-me-in"}
        for what, body in wanted:
            async with request.app[_HTTP].post(f"{base}/{what}", json=body, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
        async with request.app[_HTTP].post(f"{base}/messages", json={}, headers={}) as answer:
            assert answer.status == 401
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhook", webhook)

    async def client(app: web.Application) -> AsyncIterator[None]:
        app[_HTTP] = ClientSession()
        yield
        await app[_HTTP].close()

    app.cleanup_ctx.append(client)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("/webhook"))
    finally:
        await server.close()


async def test_a_bot_written_for_chatwoot_works_behind_the_adapter(world: BotWorld) -> None:
    adapter: list[str] = []
    heard: list[Mapping[str, Any]] = []
    async with chatwoot_bot(adapter, heard) as bot_url:
        command: list[str | Path] = [sys.executable, EXAMPLES / "chatwoot" / "adapter.py", "0"]
        async with running(world, command, BOT_URL=bot_url, BOT_API_TOKEN="let-me-in"):
            admin = await world.hub.person(Role.admin)
            (bot,) = await admin.get("/outside-bots")
            adapter.append(bot["url"].removesuffix("/hub"))
            texts = await said(world, "Hello", 4)
    assert (heard[0]["event"], heard[0]["message_type"], heard[0]["content"]) == (
        "message_created",
        "incoming",
        "Hello",
    )
    assert {"You said: Hello", "Seems kind."} <= set(texts)
    row = (await world.hub.rows())[0]
    assert (row.tags, (await world.lock(row.id)).speaker) == (("vip",), Speaker.human)
