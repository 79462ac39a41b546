"""The emulator's Slack as a process, and what people do in it: stateful, and its events are signed as Slack's are.

The emulator signs and sends events but has no route to say where to; `emulate_slack.mjs` adds that one.
"""

import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.peers.emulate import VERSION
from tests.peers.npm_env import NODE, environment, node_with
from tests.peers.ports import free_port, listens

Json = dict[str, Any]

BOT_TOKEN, BOT_USER, APP = "xoxb-1000000001-emulatedBotToken", "U0HUBBOT01", "A0HUBAPP01"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
START_WITHIN = 30.0
_STARTER = Path(__file__).with_name("emulate_slack.mjs")


class EmulatedSlackServer:
    """One workspace with our app's bot and the people named; each person's token is `xoxp-` and their name."""

    def __init__(self, folder: Path, *people: str) -> None:
        self._folder = folder
        self._people = people
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def _seed(self) -> Json:
        bot = {"app_id": APP, "client_id": "1.1", "client_secret": "s", "name": "Support", "redirect_uris": []}
        users = [{"name": name, "real_name": f"{name.title()} Example"} for name in self._people]
        tokens: list[Json] = [{"token": f"xoxp-{name}", "type": "user", "user": name} for name in self._people]
        tokens.append({"token": BOT_TOKEN, "type": "bot", "user_id": BOT_USER, "app_id": APP, "bot_id": "B0HUBBOT01"})
        return {
            "users": users,
            "oauth_apps": [{**bot, "bot_user_id": BOT_USER, "bot_id": "B0HUBBOT01", "bot_name": "support"}],
            "tokens": tokens,
            "signing_secret": SIGNING_SECRET,
        }

    def __enter__(self) -> Self:
        dist = node_with("emulate", VERSION) / "dist"
        self._folder.mkdir(parents=True, exist_ok=True)
        seed, log = self._folder / "seed.json", self._folder / "emulate.log"
        seed.write_text(json.dumps(self._seed()))
        self.port = free_port()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [str(NODE), str(_STARTER), str(dist), str(self.port), str(seed)],
                cwd=self._folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        end = time.monotonic() + START_WITHIN
        while not listens(self.port):
            assert self._process.poll() is None, f"emulate ended:\n{log.read_text()[-2000:]}"
            assert time.monotonic() < end, f"emulate did not start within {START_WITHIN} s:\n{log.read_text()[-2000:]}"
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)


class EmulatedSlack:
    """What people do in the workspace, each with a token of their own."""

    def __init__(self, server: EmulatedSlackServer) -> None:
        self.url = server.url
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def send_events_to(self, url: str) -> None:
        """Enter the Request URL."""
        async with self._http.post(f"{self.url}/_test/request_url", json={"url": url}) as answer:
            assert answer.status == 200, await answer.text()

    async def call(self, token: str, method: str, **values: object) -> Json:
        """Call a method of the Web API as somebody."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self._http.post(f"{self.url}/api/{method}", json=values, headers=headers) as answer:
            body: Json = await answer.json()
        assert body.get("ok"), f"{method}: {body}"
        return body

    async def channel(self, name: str, *members: str) -> str:
        """Make a channel with our bot in it; return its id."""
        made = await self.call(BOT_TOKEN, "conversations.create", name=name)
        ident = str(made["channel"]["id"])
        for member in members:
            await self.call(f"xoxp-{member}", "conversations.join", channel=ident)
        return ident

    async def talk(self, person: str) -> str:
        """Return the direct talk of a person with our bot."""
        return str((await self.call(f"xoxp-{person}", "conversations.open", users=BOT_USER))["channel"]["id"])

    async def says(self, person: str, channel: str, text: str, **more: object) -> str:
        """Let a person write; return the message's `ts`."""
        return str((await self.call(f"xoxp-{person}", "chat.postMessage", channel=channel, text=text, **more))["ts"])

    async def shares(self, person: str, channel: str, name: str, content: bytes, comment: str) -> None:
        """Let a person share a file."""
        token = f"xoxp-{person}"
        place = await self.call(token, "files.getUploadURLExternal", filename=name, length=len(content))
        async with self._http.post(place["upload_url"], data=content) as answer:
            assert answer.status == 200, await answer.text()
        file = {"id": place["file_id"], "title": name}
        await self.call(
            token, "files.completeUploadExternal", files=[file], channel_id=channel, initial_comment=comment
        )

    async def messages(self, person: str, channel: str, thread: str = "") -> list[Json]:
        """Return what a person sees in a conversation or in one of its threads, oldest first."""
        token = f"xoxp-{person}"
        if thread:
            return list((await self.call(token, "conversations.replies", channel=channel, ts=thread))["messages"])
        return list(reversed((await self.call(token, "conversations.history", channel=channel))["messages"]))

    async def download(self, person: str, url: str) -> bytes:
        """Return a file as a person sees it."""
        async with self._http.get(url, headers={"Authorization": f"Bearer xoxp-{person}"}) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()


def channel_settings(server: EmulatedSlackServer, **more: object) -> Mapping[str, object]:
    """What an admin enters to connect our app."""
    given = {"token": BOT_TOKEN, "signing_secret": SIGNING_SECRET, "api_url": f"{server.url}/api"}
    return {**given, "bot_user_id": BOT_USER, **more}
