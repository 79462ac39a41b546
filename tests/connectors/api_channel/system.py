"""A system of a customer's own on loopback: it checks our signature itself, takes each delivery once, keeps a list."""

import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from connectors.api_channel.client import Patience
from connectors.api_channel.connector import ApiChannel
from connectors.api_channel.settings import ApiSettings
from connectors.api_channel.verify import HEADER, signature
from hub.contract import RawEvent, Tools, WebhookRequest
from hub.runtime.fetch import GuardedHttp
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, tools_for
from tests.peers.faulty_server import FaultyServer

SECRET = "a-secret-of-the-shop-and-the-hub-0001"
OTHER_SECRET = "a-secret-of-some-other-system-0000002"
SHORT = Patience(connect=1, answer=0.4, ping=0.4)


class OwnSystem(FaultyServer):
    """Answers `/hub` (the callback) and `/missed` (the list)."""

    def __init__(self, secret: str = SECRET) -> None:
        super().__init__()
        self.secret = secret
        self.taken: dict[str, dict[str, Any]] = {}
        """Messages by their delivery."""
        self.signs: list[dict[str, Any]] = []
        """Pings, reads, typings."""
        self.headers: list[Mapping[str, str]] = []
        self.answer: dict[str, Any] = {}
        self.pages: dict[str, dict[str, Any]] = {"": {"events": []}}
        """The list, by cursor."""
        self.asked: list[Mapping[str, str]] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/hub", self._callback), web.get("/missed", self._list)]

    async def _callback(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if (fault := await self.faulted(request, request.headers["X-Hub-Event"])) is not None:
            return fault
        if not self._genuine(request, body):
            return web.json_response({"error": "wrong signature"}, status=401)
        told = json.loads(body)
        self.headers.append(dict(request.headers))
        if told["type"] != "message":
            self.signs.append(told)
            return web.json_response({})
        delivery = request.headers["X-Hub-Delivery"]
        if delivery in self.taken:
            return web.json_response(self.answer, status=409)
        self.taken[delivery] = told
        return web.json_response(self.answer)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        if (fault := await self.faulted(request, "list")) is not None:
            return fault
        if not self._genuine(request, request.rel_url.raw_query_string.encode()):
            return web.json_response({"error": "wrong signature"}, status=401)
        self.asked.append(dict(request.query))
        return web.json_response(self.pages[request.query.get("cursor", "")])

    def _genuine(self, request: web.Request, payload: bytes) -> bool:
        # Written anew from docs/api-channel.md, not taken from the connector.
        parts = [part.split("=", 1) for part in request.headers["X-Hub-Signature"].split(",")]
        time = dict(parts)["t"]
        right = hmac.new(self.secret.encode(), time.encode() + b"." + payload, sha256).hexdigest()
        return any(hmac.compare_digest(value, right) for name, value in parts if name == "v1")


def settings_for(origin: str = "http://127.0.0.1:9", **more: Any) -> ApiSettings:
    given = {"system": "shop", "secret": SecretStr(SECRET), "callback_url": f"{origin}/hub", **more}
    return ApiSettings(**given)


def channel_to(system: OwnSystem, tools: Tools, http: GuardedHttp, **more: Any) -> ApiChannel:
    return ApiChannel(settings_for(system.origin, **more), replace(tools, ask=http.ask), patience=SHORT)


@asynccontextmanager
async def guarded(system: OwnSystem) -> AsyncIterator[GuardedHttp]:
    """The hub's way out, with the system's address named as one that may be private."""
    http = GuardedHttp(allowed=[system.origin.removeprefix("http://")])
    try:
        yield http
    finally:
        await http.close()


@asynccontextmanager
async def connected(
    system: OwnSystem, data_dir: Path, *, now: datetime = NOW, **more: Any
) -> AsyncIterator[ApiChannel]:
    """A channel to a running system."""
    async with aiohttp.ClientSession() as session, guarded(system) as http:
        yield channel_to(system, tools_for(session, data_dir, now=now), http, **more)


def message(**more: Any) -> dict[str, Any]:
    """A message as a system tells it."""
    sender = {"id": 17, "name": "Anna Example"}
    return {"type": "message", "id": "m-1", "sender": sender, "text": "Where is my order?", **more}


def raw(body: object, kind: str = "webhook") -> RawEvent:
    """A raw event of a JSON body, or of bytes as they are."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawEvent(kind=kind, body=written, received_at=NOW)


def signed(body: object, *, secret: str = SECRET, at: datetime = NOW, **headers: str) -> WebhookRequest:
    """A request as a system signs it."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {HEADER: signature([secret], written, at), **headers}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=given, query={}, body=written)
