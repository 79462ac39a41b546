"""A fake of LINE's Messaging API on loopback: real HTTP, the token checked, retry keys kept, faults on demand."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.peers.faulty_server import FaultyServer

TOKEN = "token-of-the-fake-line-account-0123456789"
SECRET = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
BOT = "U" + "b07" * 10 + "b0"


class FakeLine(FaultyServer):
    """One account."""

    def __init__(self) -> None:
        super().__init__()
        self.pushed: list[dict[str, Any]] = []
        """Bodies of accepted pushes, each once."""
        self.keys: list[str] = []
        """Retry keys in the order they came."""
        self.endpoint: dict[str, Any] | None = {"endpoint": WEBHOOK_URL, "active": True}
        self.test: dict[str, Any] = {"success": True, "statusCode": 200, "reason": "OK", "detail": "200"}
        self.names: dict[str, Mapping[str, str]] = {}
        """Path below /v2/bot -> profile or summary."""
        self.files: dict[str, tuple[int, bytes]] = {}
        self.quota: dict[str, Any] = {"type": "limited", "value": 500}
        self.used = 12
        self.told: list[tuple[str, dict[str, Any]]] = []
        """Read marks and loading animations."""
        self._accepted: dict[str, list[dict[str, str]]] = {}
        self.forgets_ids = False
        """Answer a repeated key without the ids of what was sent."""

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers."""
        bot = "/v2/bot"
        return [
            web.get(f"{bot}/info", self._info),
            web.post(f"{bot}/message/push", self._push),
            web.get(f"{bot}/message/{{id}}/content", self._content),
            web.get(f"{bot}/message/quota", self._quota),
            web.get(f"{bot}/message/quota/consumption", self._consumption),
            web.get(f"{bot}/channel/webhook/endpoint", self._endpoint),
            web.put(f"{bot}/channel/webhook/endpoint", self._set_endpoint),
            web.post(f"{bot}/channel/webhook/test", self._test),
            web.post(f"{bot}/chat/{{what:.+}}", self._told),
            web.get(f"{bot}/{{path:.+}}", self._name),
        ]

    async def _info(self, request: web.Request) -> web.StreamResponse:
        info = {"userId": BOT, "basicId": "@216ruzlz", "displayName": "Halden", "chatMode": "chat"}
        return await self._answer(request, "info", info)

    async def _push(self, request: web.Request) -> web.StreamResponse:
        body, key = await request.json(), request.headers.get("X-Line-Retry-Key", "")
        self.keys.append(key)
        if key in self._accepted:
            ids = {} if self.forgets_ids else {"sentMessages": self._accepted[key]}
            headers = {"x-line-accepted-request-id": "8a4b1c"}
            return web.json_response(
                {"message": "The retry key is already accepted", **ids}, status=409, headers=headers
            )
        refused = self._refused(request) or await self.faulted(request, "refuse-push")
        if refused is not None:
            return refused
        self.pushed.append(body)
        start = 461230966842064897 + sum(len(one["messages"]) for one in self.pushed[:-1])
        sent = [{"id": str(start + n), "quoteToken": f"q{n}"} for n in range(len(body["messages"]))]
        self._accepted[key] = sent
        return await self.faulted(request, "push") or web.json_response({"sentMessages": sent})

    async def _content(self, request: web.Request) -> web.StreamResponse:
        status, content = self.files.get(request.match_info["id"], (404, b""))
        return self._refused(request) or web.Response(status=status, body=content)

    async def _quota(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, "quota", self.quota)

    async def _consumption(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, "consumption", {"totalUsage": self.used})

    async def _endpoint(self, request: web.Request) -> web.StreamResponse:
        if self.endpoint is None:
            return web.json_response({"message": "Not found"}, status=404)
        return await self._answer(request, "endpoint", self.endpoint)

    async def _set_endpoint(self, request: web.Request) -> web.StreamResponse:
        self.endpoint = {"active": True, **(self.endpoint or {}), **await request.json()}
        return await self._answer(request, "set endpoint", {})

    async def _test(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, "test", self.test)

    async def _told(self, request: web.Request) -> web.StreamResponse:
        self.told.append((request.match_info["what"], await request.json()))
        return await self._answer(request, "chat", {})

    async def _name(self, request: web.Request) -> web.StreamResponse:
        found = self.names.get(request.match_info["path"])
        if found is None:
            return await self.faulted(request, "name") or web.json_response({"message": "Not found"}, status=404)
        return await self._answer(request, "name", found)

    async def _answer(self, request: web.Request, name: str, body: Mapping[str, Any]) -> web.StreamResponse:
        return self._refused(request) or await self.faulted(request, name) or web.json_response(body)

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") == f"Bearer {TOKEN}":
            return None
        return web.json_response({"message": f"Authentication failed for {TOKEN}"}, status=401)


def error(message: str, **more: object) -> bytes:
    """An error's body."""
    return json.dumps({"message": message, **more}).encode()
