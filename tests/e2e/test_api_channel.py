"""The API channel through the whole hub, with the programs of docs/api-channel.md as they stand on the page."""

import asyncio
import os
import re
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded
from tests.e2e.waiting import until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PAGE = Path(__file__).parents[2] / "docs" / "api-channel.md"
SECRET = "0123456789abcdef0123456789abcdef"


def on_the_page(language: str) -> str:
    """The page's only program in a language."""
    (code,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(code)


class App:
    """The page's program, running."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.port = 0

    async def says(self) -> str:
        """Return the next line it prints."""
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), 20)
        assert line, "the program ended"
        return line.decode().rstrip("\n")

    def type(self, line: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    async def stop(self) -> str:
        """End it; return what it complained of."""
        assert self._process.stdin is not None
        if self._process.returncode is not None:
            return ""
        self._process.stdin.close()
        _, told = await asyncio.wait_for(self._process.communicate(), 20)
        return told.decode()


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
async def hub(tmp_path: Path, app: App) -> AsyncIterator[HubProcess]:
    """A hub that may call the program."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": f"127.0.0.1:{app.port}"}
    async with HubProcess(tmp_path / "hub", environment=allowed, secrets=[SECRET]) as running:
        yield running


async def connected(api: HubApi, app: App) -> Json:
    address = f"http://127.0.0.1:{app.port}/"
    settings = {"system": "shop", "secret": SECRET, "callback_url": address, "list_url": address, "takes_once": True}
    made = await api.channel("api_channel", "Shop", settings)

    async def up() -> bool:
        told = await api.get(f"/channels/{made['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(up, what="the connection")
    return made


async def test_the_program_on_the_page_talks_with_an_agent(api: HubApi, app: App) -> None:
    await connected(api, app)
    app.type("17 Gdzie jest moja paczka?")
    assert (await app.says()).startswith("told: {'taken'")
    question = await entry_where(api, saying("Gdzie jest moja paczka?"), "the question")
    await api.reply(question["conversation_id"], "Jutro rano")
    assert await app.says() == "to 17 Jutro rano"
    await entry_where(api, in_state("delivered", "Jutro rano"), "the receipt")
    assert await app.stop() == ""


async def test_what_was_said_while_the_hub_was_away_is_found(hub: HubProcess, api: HubApi, app: App) -> None:
    await connected(api, app)
    app.type("17 Hello")
    assert (await app.says()).startswith("told: {'taken'")
    hub.stop()
    app.type("17 Are you there?")
    assert (await app.says()).startswith("told: {'error'")
    await hub.start()
    found = await entry_where(api, saying("Are you there?"), "what was missed")
    await entry_where(api, saying("Hello"), "what was told")
    assert [entry["text"] for entry in await api.thread(found["conversation_id"])].count("Hello") == 1


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("openssl")), reason="needs curl and openssl")
async def test_curl_on_the_page_is_taken_by_the_hub(api: HubApi, app: App) -> None:
    made = await connected(api, app)
    told = []
    for secret in (SECRET, "another secret of somebody else's!!"):
        environment = {**os.environ, "HUB_SECRET": secret, "HUB_WEBHOOK": made["webhook_url"]}
        process = await asyncio.create_subprocess_exec("bash", "-c", on_the_page("bash"), env=environment, stdout=PIPE)
        answer, _ = await process.communicate()
        told.append(answer.decode())
    assert told[0] == '{"taken": [{"type": "message", "id": "m-1"}]}'
    assert told[1].startswith("The signature is not right.")
    question = await entry_where(api, saying("Where is my order?"), "what curl told")
    (contact,) = await api.every("/contacts")
    assert (question["kind"], contact["name"]) == ("message", "Anna")


async def test_a_file_reaches_the_program(api: HubApi, app: App) -> None:
    await connected(api, app)
    app.type("17 Send me the map")
    await app.says()
    question = await entry_where(api, saying("Send me the map"), "the question")
    file_id = await uploaded(api, "map.txt", "text/plain", b"here")
    await api.reply(question["conversation_id"], "Here it is", attachment_ids=[file_id])
    assert await app.says() == "to 17 Here it is"
    await entry_where(api, in_state("delivered", "Here it is"), "the receipt")
