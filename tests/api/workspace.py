"""A served API on a migrated database: people, programs, a scripted channel, and clients that behave like browsers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import BaseModel, Field, SecretStr

from hub.api import ApiDeps, add_api
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    InboundEvent,
    Manifest,
    RawEvent,
    SetupStep,
    ShowsTyping,
    Tools,
)
from hub.contract.connector import ChecksSetup, MarksRead, OffersTemplates, SeenMessage
from hub.domain.channel import Capabilities, Channel, ChannelKind, MediaRule
from hub.domain.ids import ChannelId, ExternalId, UserId
from hub.domain.phrase import Phrase
from hub.domain.template import Template
from hub.domain.user import Action, Role, User
from hub.domain.views import ConversationFilter, ConversationRow
from hub.runtime.accounts import Accounts
from hub.runtime.desk import Desk
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.media import MediaWork
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.registry import Registry
from hub.runtime.secrets_box import SecretBox
from hub.services import logins
from hub.services.attachments import store_content
from hub.services.ids import new_id
from storage import open_blobs, open_storage
from tests.scripted import ManualClock, Script, ScriptedConnector, channel

CAPABILITIES = Capabilities(
    text_limit=4000, media=MediaRule(max_bytes=1_000_000), subject=True, rich_text=True, can_start=True, templates=True
)


class PaperSettings(BaseModel):
    """Settings of the paper channel."""

    box: str = Field(min_length=1)
    key: SecretStr
    colour: str = "white"


class PaperConnector(ScriptedConnector, ShowsTyping, MarksRead, OffersTemplates, ChecksSetup):
    """A scripted connector with settings, passing signs, and a provider that refuses one key."""

    def __init__(self, script: Script, settings: PaperSettings, signs: asyncio.Queue[tuple[str, str]]) -> None:
        super().__init__(script)
        self._settings = settings
        self._signs = signs

    async def check(self) -> str:
        if self._settings.key.get_secret_value() == "wrong":
            raise CredentialsRefused("The post office does not know this key. Make a new one at the counter.")
        return f"{self._settings.box}@paper"

    async def templates(self) -> Sequence[Template]:
        if not self._script.templates:
            raise ConnectorError("The post office keeps no forms today.")
        return self._script.templates

    async def setup(self) -> Sequence[SetupStep]:
        return [SetupStep(title=Phrase("The box is rented"), done=False, help=Phrase("Rent one at the counter."))]

    async def show_typing(self, thread: ExternalId) -> None:
        self._signs.put_nowait(("typing", thread))

    async def mark_read(self, message: SeenMessage) -> None:
        self._signs.put_nowait(("read", message.id))


def paper(script: Script, signs: asyncio.Queue[tuple[str, str]], capabilities: Capabilities) -> Manifest[BaseModel]:
    """Return the manifest of the paper channel."""

    def create(settings: BaseModel, _tools: Tools) -> PaperConnector:
        return PaperConnector(script, cast("PaperSettings", settings), signs)

    return Manifest(
        key="paper",
        title="Paper",
        kind=ChannelKind("paper"),
        capabilities=capabilities,
        settings=PaperSettings,
        create=cast("Any", create),
        icon="<svg/>",
    )


@dataclass
class Client:
    """Speaks with the API as a browser does: keeps cookies, sends Origin and the CSRF token."""

    http: aiohttp.ClientSession
    origin: str
    headers: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        """Return the status and the JSON (or the bytes) of an answer."""
        response, body = await self.full(method, path, **more)
        return response.status, body

    async def full(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> tuple[aiohttp.ClientResponse, Any]:
        """Return the answer and its JSON, its bytes, or None."""
        sent = {"Origin": self.origin, **self.headers, **(headers or {})}
        address = path if path.startswith("/") and not path.startswith("//") else f"/{path}"
        async with self.http.request(method, f"{self.origin}{address}", headers=sent, **more) as response:
            body: Any = await response.read() or None
            if body and "json" in response.content_type:
                body = await response.json()
        return response, body

    async def get(self, path: str, **more: Any) -> Any:
        """Return what a GET below /api/v1 answers; it must be 200."""
        status, body = await self.call("GET", f"/api/v1{path}", **more)
        assert status == 200, body
        return body

    async def post(self, path: str, json: Any = None, **more: Any) -> tuple[int, Any]:
        """POST JSON below /api/v1."""
        return await self.call("POST", f"/api/v1{path}", json=json, **more)

    async def patch(self, path: str, json: Any) -> tuple[int, Any]:
        """PATCH JSON below /api/v1."""
        return await self.call("PATCH", f"/api/v1{path}", json=json)

    async def put(self, path: str, json: Any) -> tuple[int, Any]:
        """PUT JSON below /api/v1."""
        return await self.call("PUT", f"/api/v1{path}", json=json)

    async def delete(self, path: str) -> tuple[int, Any]:
        """DELETE below /api/v1."""
        return await self.call("DELETE", f"/api/v1{path}")

    async def sign_in(self, email: str, password: str) -> tuple[int, Any]:
        """Sign in and keep the CSRF token."""
        status, body = await self.post("/session", {"email": email, "password": password})
        if status == 200:
            self.headers["X-CSRF-Token"] = body["csrf"]
        return status, body


@dataclass
class Workspace:
    """A served API with what a test needs around it."""

    deps: ApiDeps
    clock: ManualClock
    script: Script
    signs: asyncio.Queue[tuple[str, str]]
    channel: Channel
    worker: JournalWorker
    origin: str
    stop: Callable[[], Coroutine[Any, Any, None]]
    """Stops serving."""
    _stack: list[aiohttp.ClientSession]
    broken: bool = False
    """The database was taken away."""

    async def anonymous(self) -> Client:
        """Return a client that is not signed in."""
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._stack.append(http)
        return Client(http, self.origin)

    async def user(self, role: Role = Role.agent, **changed: Any) -> User:
        """Add somebody without a password."""
        number = new_id()
        user = User(
            id=UserId(number),
            email=f"{number.hex}@example.com",
            name=changed.pop("name", role.value.capitalize()),
            role=role,
            created_at=self.clock.now(),
        )
        user = replace(user, **changed)
        async with self.deps.storage.begin() as uow:
            await uow.users.add(user, "no password")
        return user

    async def person(self, role: Role = Role.agent, **changed: Any) -> Client:
        """Return somebody who is signed in."""
        return await self.signed_in(await self.user(role, **changed))

    async def signed_in(self, user: User) -> Client:
        """Return a client with a session of this user."""
        async with self.deps.storage.begin() as uow:
            session = await logins.begin_session(uow, user, lifetime=self.deps.session_idle, now=self.clock.now())
        client = await self.anonymous()
        client.headers["Cookie"] = f"hub_session={session.token}"
        status, body = await client.call("GET", "/api/v1/session")
        assert status == 200, body
        client.headers["X-CSRF-Token"] = body["csrf"]
        return client

    async def program(self, *actions: Action) -> Client:
        """Return a program with a token for these actions."""
        async with self.deps.storage.begin() as uow:
            made = await logins.create_token(uow, name="test", actions=actions, by=None, now=self.clock.now())
        client = await self.anonymous()
        client.headers = {"Authorization": f"Bearer {made.secret}"}
        return client

    async def hears(self, *events: InboundEvent, body: bytes | None = None) -> None:
        """Take in one raw event that means these events."""
        raw = RawEvent(kind="line", body=body or self.script.body(*events), received_at=self.clock.now())
        await self.deps.storage.journal.append(self.channel.id, [raw])
        while await self.worker.drain():
            pass

    async def late(self, body: bytes) -> None:
        """Journal a raw event that nobody reads."""
        raw = RawEvent(kind="line", body=body, received_at=self.clock.now())
        await self.deps.storage.journal.append(self.channel.id, [raw])

    async def break_database(self, folder: Path) -> None:
        """Take the SQLite database away as a lost volume does."""
        await self.deps.storage.close()
        self.broken = True
        _replace_databases(folder)

    async def rows(self) -> list[ConversationRow]:
        """Return all conversations, the newest first."""
        f = ConversationFilter(sort="newest", states=())
        return list((await self.deps.storage.queries.conversations(f, viewer=None, cursor=None, limit=200)).items)

    async def close(self) -> None:
        """Close the clients."""
        for http in self._stack:
            await http.close()

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        folder: Path,
        *,
        screens: Path | None = None,
        capabilities: Capabilities = CAPABILITIES,
        **changed: Any,
    ) -> AsyncIterator[Self]:
        """Serve the API on loopback. `changed` replaces fields of its dependencies."""
        clock, script, signs = ManualClock(), Script(), asyncio.Queue[tuple[str, str]]()
        notices, metrics = Notices(), Metrics()
        storage = await open_storage(
            url, secrets=SecretBox({"test": b"k" * 32}), doorbell=notices, clock=clock, owner="test"
        )
        blobs = open_blobs((folder / "blobs").as_uri())
        registry = Registry({"paper": paper(script, signs, capabilities)})
        nothing: Any = None

        def tools(channel_id: ChannelId, _key: str) -> Tools:
            return Tools(
                http=nothing, fetch=nothing, now=clock.now, channel_id=channel_id, webhook_url="", data_dir=folder
            )

        accounts = Accounts(storage, registry, tools)
        ours = channel(connector="paper", kind=ChannelKind("paper"), name="Paper")
        async with storage.begin() as uow:
            await uow.channels.add(ours, {"box": "7", "key": "right", "colour": "white"}, {"key"})
        await accounts.refresh()
        worker = JournalWorker(
            storage=storage,
            accounts=accounts,
            tools=IngestTools(keep=partial(store_content, blobs), read_token=lambda _token: None),
            clock=clock,
            metrics=metrics,
        )
        deps = ApiDeps(
            storage=storage,
            blobs=blobs,
            clock=clock,
            registry=registry,
            accounts=accounts,
            notices=notices,
            metrics=metrics,
            desk=Desk(storage=storage, registry=registry, accounts=accounts, tools=tools),
            media=MediaWork(blobs),
            tools=tools,
            public_url="http://hub.example",
            version="1.2.3",
            node="test",
            started_at=clock.now(),
        )
        deps = replace(deps, **changed)
        app = web.Application()
        add_api(app, deps, screens=screens)
        server = TestServer(app)
        await server.start_server()
        made = cls(deps, clock, script, signs, ours, worker, str(server.make_url("/")).rstrip("/"), server.close, [])
        try:
            yield made
        finally:
            await made.close()
            await server.close()
            await accounts.close()
            if not made.broken:
                await storage.close()


def _replace_databases(folder: Path) -> None:
    for file in [*folder.rglob("*.db"), *folder.rglob("*.db-*"), *folder.rglob("*.sqlite*")]:
        file.unlink()
        file.mkdir()


def fresh() -> str:
    """Return a new id as text."""
    return str(new_id())


__all__ = ["Client", "Workspace", "fresh"]
