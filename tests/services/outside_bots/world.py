"""A served hub with a bot outside on loopback: customers write, workers take their turns when a test says so."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.domain.botflow.records import Begins, BotRule, RuleId
from hub.domain.botflow.speaking import Lock
from hub.domain.channel import Capabilities, MediaRule
from hub.domain.ids import ConversationId
from hub.domain.outside_bots import BotEvent, OutsideBotId
from hub.domain.user import Role
from hub.domain.views import InteractionView
from hub.runtime.bots import means_of
from hub.runtime.bots_worker import BotsWorker
from hub.runtime.fetch import GuardedHttp
from hub.runtime.leases import LeaseKeeper
from hub.runtime.outside_bots_worker import OutsideBotsWorker, Posting
from hub.services.ids import new_id
from tests.api.workspace import Client, Workspace
from tests.scripted import says

CAPABILITIES = Capabilities(text_limit=1000, can_start=True, media=MediaRule())
Answer = Callable[[Mapping[str, Any]], Awaitable[web.StreamResponse]]


async def accepts(_event: Mapping[str, Any]) -> web.StreamResponse:
    """Acknowledge and say nothing."""
    return web.Response()


def with_actions(*actions: Mapping[str, Any]) -> Answer:
    """Acknowledge with actions."""

    async def answer(_event: Mapping[str, Any]) -> web.StreamResponse:
        return web.json_response({"actions": list(actions)})

    return answer


def with_status(status: int) -> Answer:
    """Answer with a status."""

    async def answer(_event: Mapping[str, Any]) -> web.StreamResponse:
        return web.Response(status=status)

    return answer


@dataclass
class BotServer:
    """Where the bot is told."""

    url: str
    endpoint: str
    heard: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    answer: Answer = accepts


@dataclass
class BotWorld:
    """What a test drives and looks at."""

    hub: Workspace
    server: BotServer
    flows: BotsWorker
    worker: OutsideBotsWorker
    bot_id: OutsideBotId
    secret: str
    bot: Client
    """The bot's own client, with its token."""

    async def writes(self, text: str = "Hello", **more: Any) -> ConversationId:
        """Let the customer write; the rule wakes the bot."""
        await self.hub.hears(says(text, at=self.hub.clock.now(), **more))
        while await self.flows.drain():
            pass
        return ConversationId((await self.hub.rows())[0].id)

    async def tell(self) -> None:
        """Tell the bot what is due, and open what is overdue."""
        await self.worker.step()
        await self.worker.idle()

    async def call(self, conversation_id: ConversationId, what: str, body: Mapping[str, Any] | None = None) -> Any:
        """Let the bot call; it must succeed."""
        status, answer = await self.bot.post(f"/bot/conversations/{conversation_id}/{what}", body)
        assert status == 200, answer
        return answer

    async def refused(self, conversation_id: ConversationId, text: str = "Still here") -> tuple[int, str]:
        """Let the bot reply where it may not; returns status and words."""
        body = {"id": str(new_id()), "text": text}
        status, answer = await self.bot.post(f"/bot/conversations/{conversation_id}/replies", body)
        return status, answer.get("detail", "")

    async def thread(self, conversation_id: ConversationId) -> list[InteractionView]:
        """Return the entries."""
        page = await self.hub.deps.storage.queries.thread(conversation_id, before=None, limit=100)
        return list(page.items)

    async def texts(self, conversation_id: ConversationId) -> list[str]:
        """Return what was said and noted."""
        return [one.text for one in await self.thread(conversation_id) if one.text]

    async def lock(self, conversation_id: ConversationId) -> Lock:
        """Return who speaks."""
        async with self.hub.deps.storage.read() as uow:
            return await uow.speakers.get(conversation_id)

    async def events(self) -> list[BotEvent]:
        """Return what the bot was told, oldest first."""
        async with self.hub.deps.storage.read() as uow:
            return list(await uow.outside_bots.since(self.bot_id, after=0, limit=100))

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, folder: Path, *, webhook: bool = True, **times: float) -> AsyncIterator[Self]:
        """Open it on a migrated database, with one bot that a rule wakes at any message."""
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(bot_server())
            guarded = GuardedHttp(allowed=[server.endpoint])
            stack.push_async_callback(guarded.close)
            hub = await stack.enter_async_context(
                Workspace.open(url, folder, capabilities=CAPABILITIES, ask=guarded.ask)
            )
            deps = hub.deps
            admin = await hub.person(Role.admin)
            body = {"id": str(new_id()), "name": "Robo", "url": server.url if webhook else "", **times}
            status, made = await admin.post("/outside-bots", body)
            assert status == 201, made
            rule = BotRule(
                id=RuleId(new_id()),
                name="All",
                bot=made["bot"]["speaker"],
                channel_ids=(hub.channel.id,),
                begins=Begins.new,
                created_at=hub.clock.now(),
            )
            async with deps.storage.begin() as uow:
                await uow.bots.save_rule(rule)
            means = means_of(storage=deps.storage, clock=hub.clock, accounts=deps.accounts, ask=guarded.ask)
            leases = LeaseKeeper(deps.storage, hub.clock, "test", shared=False)
            bot = await hub.anonymous()
            bot.headers = {"Authorization": f"Bearer {made['token']}"}
            yield cls(
                hub,
                server,
                BotsWorker(means=means, notices=deps.notices, leases=leases),
                OutsideBotsWorker(means=means, post=Posting(guarded.ask), notices=deps.notices, chance=lambda: 0.5),
                OutsideBotId(UUID(made["bot"]["id"])),
                made["secret"],
                bot,
            )


@asynccontextmanager
async def bot_server() -> AsyncIterator[BotServer]:
    """Serve a bot's webhook."""
    made = BotServer("", "")

    async def hear(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        made.heard.append((dict(request.headers), body))
        return await made.answer(await request.json())

    app = web.Application()
    app.router.add_post("/bot", hear)
    server = TestServer(app)
    await server.start_server()
    made.url = str(server.make_url("/bot"))
    made.endpoint = f"{server.host}:{server.port}"
    try:
        yield made
    finally:
        await server.close()
