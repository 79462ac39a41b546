"""A bot outside through the whole hub: the example of docs/examples greets, hands over, and is silent from then on."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, saying
from tests.e2e.test_api_channel import SECRET, App, connected, on_the_page
from tests.e2e.waiting import until
from tests.peers.fake_model import FakeModel, fake_model
from tests.peers.ports import free_port

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

BOT = Path(__file__).parents[2] / "docs" / "examples" / "bots" / "bot.py"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    program = tmp_path / "app.py"
    program.write_text(on_the_page("python"), "utf-8")
    environment = {**os.environ, "HUB_SECRET": SECRET, "PYTHONIOENCODING": "utf-8"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(program), "0", env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    running = App(process)
    running.port = int((await running.says()).removeprefix("listening on port "))
    yield running
    await running.stop()


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with fake_model() as model:
        yield model


@pytest.fixture
def bot_port() -> int:
    """Where the bot will listen: the hub has to know before, since it is in our own network."""
    return free_port()


@pytest.fixture
async def hub(tmp_path: Path, app: App, model: FakeModel, bot_port: int) -> AsyncIterator[HubProcess]:
    """A hub that may call the customers' program, the bot and the model."""
    allowed = f"127.0.0.1:{app.port},127.0.0.1:{bot_port},{model.endpoint}"
    environment = {"HUB_ALLOW_PRIVATE_FETCH": allowed}
    async with HubProcess(tmp_path / "hub", environment=environment, secrets=[SECRET, "sk-e2e"]) as running:
        yield running


async def test_the_example_bot_talks_and_an_agent_takes_over_with_a_draft(
    api: HubApi, app: App, model: FakeModel, bot_port: int
) -> None:
    channel = await connected(api, app)
    url = f"http://127.0.0.1:{bot_port}/hub"
    made = await api.post("/outside-bots", {"id": str(uuid4()), "name": "Robo", "url": url})
    rule = {"id": str(uuid4()), "name": "All", "bot": made["bot"]["speaker"], "channel_ids": [channel["id"]]}
    await api.post("/bots/rules", rule)
    environment = {**os.environ, "HUB_BOT_SECRET": made["secret"]}
    bot = await asyncio.create_subprocess_exec(sys.executable, str(BOT), str(bot_port), env=environment, stdout=PIPE)
    try:
        assert bot.stdout is not None
        await asyncio.wait_for(bot.stdout.readline(), 20)
        app.type("17 Hello")
        assert (await app.says()).startswith("told: {'taken'")
        assert "What can I do for you?" in await app.says()
        app.type("17 2")
        lines = [await app.says() for _ in range(4)]  # its own report may come before the answer or after
        assert lines[:2] == ["1. Opening hours", "2. A person"]
        assert "to 17 A colleague writes to you in a moment." in lines
        place = (await entry_where(api, saying("2"), "the choice"))["conversation_id"]

        async def noted() -> bool:
            return any(
                "Asked for a person." in entry["text"]
                for entry in await api.every(f"/conversations/{place}/interactions")
            )

        await until(noted, what="the note for colleagues")
        await api.insist(
            "PATCH",
            "/assistant/settings",
            {"enabled": True, "url": model.url, "model": "small", "api_key": "sk-e2e"},
        )
        model.says("Here I am.")
        draft = await api.post("/assistant/help", {"task": "draft", "conversation_id": place, "language": "en"})
        sent = await api.reply(place, draft["text"], assistant_call_id=draft["call_id"])
        assert (sent["data"]["ai"]["task"], sent["data"]["ai"]["edited"]) == ("draft", False)
        app.type("17 Are you a bot?")
        await entry_where(api, saying("Are you a bot?"), "what the customer asks then")
        last = [entry["author_kind"] for entry in await api.thread(place) if entry["kind"] == "message"][-2:]
        assert last == ["agent", "contact"]
    finally:
        bot.terminate()
        await bot.wait()
