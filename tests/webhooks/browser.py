"""A visitor's browser at the door, and the line it holds."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

Said = dict[str, Any]

SOON = 10
"""Seconds a test waits for what must come at once; only a failing test waits that long."""


class Browser:
    """A visitor's browser."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.token = ""
        self.thread = ""

    async def hello(self, **said: object) -> Said:
        async with self.http.post("hello", json={"token": self.token, **said}) as answer:
            assert answer.status == 200, await answer.text()
            data: Said = await answer.json()
        self.token, self.thread = data["token"], data["thread"]
        return data

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @asynccontextmanager
    async def socket(self, after: int = 0) -> AsyncIterator["Line"]:
        """Connect, and say who we are and what we have."""
        async with self.http.ws_connect("socket") as ws:
            await ws.send_json({"type": "hello", "token": self.token, "after": after})
            yield Line(ws)

    async def feed(self, after: int = 0, wait: int = 0) -> list[Said]:
        async with self.http.get("feed", params={"after": after, "wait": wait}, headers=self.bearer) as answer:
            assert answer.status == 200, await answer.text()
            said: list[Said] = (await answer.json())["said"]
            return said

    async def post(self, *frames: object) -> list[Said]:
        async with self.http.post("frames", json={"frames": frames}, headers=self.bearer) as answer:
            assert answer.status == 200, await answer.text()
            said: list[Said] = (await answer.json())["said"]
            return said

    async def upload(self, content: bytes, name: str, media_type: str = "application/octet-stream") -> tuple[int, Said]:
        headers = {**self.bearer, "Content-Type": media_type}
        async with self.http.post("files", params={"name": name}, data=content, headers=headers) as answer:
            return answer.status, await answer.json()


class Line:
    """A socket, and all that was heard on it."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.items: dict[str, Said] = {}
        self.after = 0
        self._early: list[Said] = []

    async def send(self, **frame: object) -> None:
        await self.ws.send_str(json.dumps(frame))

    async def until(self, kind: str, **like: object) -> Said:
        """Return the next thing of this kind; what else is heard meanwhile waits its turn."""
        for early in self._early:
            if early["type"] == kind and like.items() <= early.items():
                self._early.remove(early)
                return early
        async with asyncio.timeout(SOON):
            while True:
                said: Said = await self.ws.receive_json()
                if said["type"] == "items":
                    self.after = said["seq"]
                    self.items |= {item["id"]: item for item in said["items"]}
                if said["type"] == kind and like.items() <= said.items():
                    return said
                self._early.append(said)

    async def until_texts(self, *texts: str) -> Self:
        """Return once exactly these texts are shown, in the order of their times."""
        while self.texts != list(texts):
            await self.until("items")
        return self

    @property
    def texts(self) -> list[str]:
        return [item["text"] for item in sorted(self.items.values(), key=lambda item: (item["at"], item["seq"]))]

    async def say(self, text: str, client: str = "aaaaaaaa", **more: object) -> None:
        await self.send(type="message", id=client, text=text, **more)

    async def closed(self) -> int:
        """Return the code with which the hub closed the socket."""
        async with asyncio.timeout(SOON):
            while not self.ws.closed:
                await self.ws.receive()
        return self.ws.close_code or 0


def message(text: str, client: str = "aaaaaaaa", **more: object) -> Mapping[str, object]:
    """Return a message frame."""
    return {"type": "message", "id": client, "text": text, **more}
