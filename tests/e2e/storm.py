"""Customers on three channels and agents who never stop, while the hub is killed and started again.

A customer's message counts as said once their provider has it (mail, Telegram) or from the first try on (web chat,
whose frames are repeated until acknowledged); an agent's reply once the API has taken it. Every message has a text of
its own, so that losing or doubling one shows.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
from uuid_utils.compat import uuid7

from tests.e2e import mail_world as mail
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.peers.telegram_api import FakeTelegram

MAIL_CUSTOMERS = ("ann", "bob", "eve")
TELEGRAM_CUSTOMERS = 4
VISITORS = 4
AGENTS = 3


@dataclass
class Record:
    """What must be found at the end."""

    said: list[str] = field(default_factory=list)
    """Text of each customer's message."""
    replied: dict[str, str] = field(default_factory=dict)
    """Text of each reply the API took, by its id."""


@dataclass
class Visitor:
    """A browser with the widget: repeats each frame until it is acknowledged."""

    http: aiohttp.ClientSession
    address: str
    """Of the visitors' door, `…/webchat/<key>`."""
    by_socket: bool
    token: str = ""

    async def greet(self) -> None:
        """Ask for a token, once the hub answers."""
        while not self.token:
            self.token = (await self._answered("/hello", {})).get("token", "")

    async def say(self, text: str) -> None:
        """Send a message until the hub has acknowledged it."""
        frame = {"type": "message", "id": uuid4().hex, "text": text}
        send = self._by_socket if self.by_socket else self._by_post
        while True:
            if await send(frame):
                return
            await asyncio.sleep(0.1)

    async def feed(self) -> list[Json]:
        """Everything this visitor sees."""
        items: dict[str, Json] = {}
        after, more = 0, True
        while more:
            async with self.http.get(f"{self.address}/feed?after={after}", headers=self._proof) as answer:
                said = [part for part in (await answer.json())["said"] if part["type"] == "items"]
            items |= {item["id"]: item for part in said for item in part["items"]}
            after = max([after, *(part["seq"] for part in said)])
            more = any(part["more"] for part in said)
        return list(items.values())

    @property
    def _proof(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def _answered(self, path: str, body: Json) -> Json:
        try:
            async with self.http.post(f"{self.address}{path}", json=body, headers=self._proof) as answer:
                return dict(await answer.json()) if answer.status == 200 else {}
        except (aiohttp.ClientError, TimeoutError):
            return {}

    async def _by_post(self, frame: Json) -> bool:
        said = (await self._answered("/frames", {"frames": [frame]})).get("said", [])
        return any(_acknowledges(part, frame) for part in said)

    async def _by_socket(self, frame: Json) -> bool:
        try:
            async with self.http.ws_connect(f"{self.address}/socket") as socket, asyncio.timeout(5):
                await socket.send_json({"type": "hello", "token": self.token, "after": 2**40})
                await socket.send_json(frame)
                async for message in socket:
                    if _acknowledges(message.json(), frame):
                        return True
        except (aiohttp.ClientError, TimeoutError):
            return False
        return False


def _acknowledges(said: Mapping[str, Any], frame: Json) -> bool:
    return said.get("type") == "ack" and said.get("id") == frame["id"]


class Storm:
    """Everyone who writes, and the one who kills. The same seed makes the same choices."""

    def __init__(self, seed: int, hub: HubProcess, api: HubApi, tg: FakeTelegram, world: mail.MailWorld) -> None:
        self._seed = seed
        self.record = Record()
        self.hub, self.api, self.tg, self.world = hub, api, tg, world
        self.visitors: list[Visitor] = []
        self._calm = asyncio.Event()

    def _chance(self, who: str) -> random.Random:
        """One's own luck, so that nobody's choices hang on the others' speed."""
        return random.Random(f"{self._seed} {who}")  # noqa: S311 - choices of a test, not secrets

    async def connect(self, http: aiohttp.ClientSession) -> None:
        """Connect the three channels."""
        telegram = {"token": self.tg.token, "mode": "webhook", "api_url": self.tg.url}
        await self.api.channel("telegram", "Telegram", telegram)
        await self.api.channel("email", "Mail", self.world.channel_settings())
        chat = await self.api.channel("webchat", "Web chat", {})
        address = f"{self.hub.url}/webchat/{chat['webhook_url'].rpartition('/')[2]}"
        self.visitors = [Visitor(http, address, by_socket=number % 2 == 0) for number in range(VISITORS)]
        slow = self._chance("Telegram")
        self.tg.slowness = lambda: slow.uniform(0, 0.3)
        self.hub.secrets += [self.tg.token, mail.MAILBOX_PASSWORD]

    async def blow(self, kills: int) -> None:
        """Let everybody write while the hub is killed so many times; return when the last word was taken."""
        async with asyncio.TaskGroup() as people:
            for name in MAIL_CUSTOMERS:
                people.create_task(self._writes_mail(f"{name}@example.test"))
            for number in range(TELEGRAM_CUSTOMERS):
                people.create_task(self._writes_on_telegram(f"Customer {number}"))
            for number, visitor in enumerate(self.visitors):
                people.create_task(self._chats(number, visitor))
            for number in range(AGENTS):
                people.create_task(self._replies(number))
            await self._kill(kills)
            self._calm.set()

    async def _kill(self, kills: int) -> None:
        chance = self._chance("power cut")
        for _ in range(kills):
            early = chance.random() < 0.2  # also while it starts
            if not early:
                await self.hub.ready()
            await asyncio.sleep(chance.uniform(0, 2.5))
            self.hub.kill()
            self.hub.launch()
        await self.hub.ready()

    async def _writes_mail(self, address: str) -> None:
        chance, number, last = self._chance(address), 0, ""
        while not self._calm.is_set():
            text, mail_id = f"mail {number} of {address}", f"<{number}.{address}>"
            thread = {"In_Reply_To": last, "References": last} if last and chance.random() < 0.7 else {}
            subject = f"Order {number // 10}"
            await asyncio.to_thread(self.world.send, address, text, mail_id=mail_id, Subject=subject, **thread)
            self.record.said.append(text)
            number, last = number + 1, mail_id
            await self._breathe(chance.uniform(0.5, 2.0))

    async def _writes_on_telegram(self, name: str) -> None:
        chance, number, person = self._chance(name), 0, self.tg.world.person(name)
        while not self._calm.is_set():
            self.record.said.append(str(self.tg.world.says(f"telegram {number} of {name}", user=person)["text"]))
            number += 1
            await self._breathe(chance.uniform(0.5, 2.0))

    async def _chats(self, who: int, visitor: Visitor) -> None:
        chance, number = self._chance(f"visitor {who}"), 0
        await visitor.greet()
        while not self._calm.is_set():
            text = f"chat {number} of visitor {who}"
            self.record.said.append(text)
            await visitor.say(text)
            number += 1
            await self._breathe(chance.uniform(0.5, 2.0))

    async def _replies(self, who: int) -> None:
        chance, number = self._chance(f"agent {who}"), 0
        while not self._calm.is_set():
            rows = (await self.api.insist("GET", "/conversations?sort=newest"))["items"]
            row = chance.choice(rows) if rows else None
            if row is not None:
                reply_id, text = str(uuid7()), f"reply {number} of agent {who}."
                await self.api.insist("POST", f"/conversations/{row['id']}/replies", {"id": reply_id, "text": text})
                self.record.replied[reply_id] = text
                number += 1
            await self._breathe(chance.uniform(0.05, 0.3))

    async def _breathe(self, seconds: float) -> None:
        """Wait as people do between two messages; not at all once it is over."""
        try:
            async with asyncio.timeout(seconds):
                await self._calm.wait()
        except TimeoutError:
            return
