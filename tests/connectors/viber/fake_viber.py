"""A fake of Viber's REST API on loopback: real HTTP, the token checked, refusals in Viber's way, faults on demand."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.peers.faulty_server import FaultyServer

TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"
OTHER_TOKEN = "000da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"
ALL = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started", "message"]


class FakeViber(FaultyServer):
    """One bot."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.sizes: list[int] = []
        """Bytes of the requests that sent something."""
        self.webhook = WEBHOOK_URL
        self.event_types = list(ALL)
        self.refusals: list[tuple[str, int, str]] = []

    @property
    def url(self) -> str:
        """The base address, as in the setting."""
        return f"{self.origin}/pa"

    def refuse(self, method: str, status: int, said: str = "no") -> None:
        """Make the next call of a method fail with Viber's own status."""
        self.refusals.append((method, status, said))

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers."""
        return [
            web.post("/pa/send_message", self._send),
            web.post("/pa/get_account_info", self._info),
            web.post("/pa/set_webhook", self._set_webhook),
        ]

    async def _send(self, request: web.Request) -> web.StreamResponse:
        body = await self._read(request)
        refused = await self._refused(request, "send_message") or await self.faulted(request, "refuse")
        if refused is not None:
            return refused
        self.sent.append(body)
        self.sizes.append(len(await request.read()))
        token = 5741311803571721087 + len(self.sent)
        answer = {"status": 0, "status_message": "ok", "message_token": token, "chat_hostname": "SN-CHAT-02_"}
        return await self.faulted(request, "send") or web.json_response(answer)

    async def _info(self, request: web.Request) -> web.StreamResponse:
        info = {"id": "pa:75346594275468546724", "name": "Halden Shop", "uri": "haldenshop", "webhook": self.webhook}
        told = {"status": 0, "status_message": "ok", **info, "event_types": self.event_types}
        refused = await self._refused(request, "get_account_info")
        return refused or await self.faulted(request, "info") or web.json_response(told)

    async def _set_webhook(self, request: web.Request) -> web.StreamResponse:
        body = await self._read(request)
        refused = await self._refused(request, "set_webhook")
        if refused is not None:
            return refused
        self.webhook, self.event_types = body["url"], body["event_types"]
        return web.json_response({"status": 0, "status_message": "ok", "event_types": self.event_types})

    async def _read(self, request: web.Request) -> Any:
        return json.loads(await request.read())

    async def _refused(self, request: web.Request, method: str) -> web.Response | None:
        if request.headers.get("X-Viber-Auth-Token") != TOKEN:
            return web.json_response({"status": 2, "status_message": f"invalidAuthToken {TOKEN}"})
        found = next((one for one in self.refusals if one[0] == method), None)
        if found is None:
            return None
        self.refusals.remove(found)
        answer: Mapping[str, Any] = {"status": found[1], "status_message": found[2]}
        return web.json_response(answer)
