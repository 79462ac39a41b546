"""Builders: settings, requests with each proof, fixtures; and a telephone system that takes click-to-call."""

import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from connectors.cti.client import Patience
from connectors.cti.connector import Cti
from connectors.cti.settings import CtiSettings
from hub.contract import RawEvent, Tools, WebhookRequest
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL

SECRET = "secret-of-the-telephone-system"
OURS, ANNA = "+15550100199", "+447700900001"
ANNE = "01930000-0000-7000-8000-000000000a01"
FIXTURES = Path(__file__).parent / "fixtures"
SHORT = Patience(connect=1, answer=0.4)


def settings(**more: object) -> CtiSettings:
    given = {"number": OURS, "secret": SECRET, "extensions": f"101 = {ANNE}"}
    return CtiSettings.model_validate({**given, **more})


def fixture(path: Path) -> RawEvent:
    return RawEvent(kind="webhook", body=path.read_bytes().strip(), received_at=NOW)


def raw(told: Mapping[str, object] | bytes) -> RawEvent:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return RawEvent(kind="webhook", body=body, received_at=NOW)


def started(**more: object) -> dict[str, object]:
    return {"event": "started", "id": "17", "direction": "in", "from": ANNA, "to": OURS, **more}


def post(
    told: Mapping[str, object] | bytes, headers: Mapping[str, str] | None = None, *, method: str = "POST"
) -> WebhookRequest:
    return WebhookRequest(method=method, url=WEBHOOK_URL, headers=dict(headers or {}), query={}, body=raw(told).body)


def signature(body: bytes, *, secret: str = SECRET, at: float = NOW.timestamp()) -> dict[str, str]:
    time = str(int(at))
    digest = hmac.new(secret.encode(), f"{time}.".encode() + body, sha256).hexdigest()
    return {"x-hub-signature": f"t={time},v1={digest}"}


@dataclass
class System:
    """A telephone system on loopback."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    proven: list[bool] = field(default_factory=list)
    answers: list[web.Response | str] = field(default_factory=list)
    """What to answer next; `reset` cuts the connection."""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.append(json.loads(body))
        shown = request.headers["X-Hub-Signature"]
        signed_at = float(shown.partition(",")[0].removeprefix("t="))
        self.proven.append(shown == signature(body, at=signed_at)["x-hub-signature"])
        answer = self.answers.pop(0) if self.answers else web.json_response({"id": f"pbx-{len(self.asked)}"})
        if isinstance(answer, web.Response):
            return answer
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


@asynccontextmanager
async def system() -> AsyncIterator[System]:
    made = System()
    app = web.Application()
    app.router.add_post("/call", made.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/call"
    yield made
    await runner.cleanup()


def connector(tools: Tools, http: aiohttp.ClientSession, **more: object) -> Cti:
    """A connector whose guarded way out really asks."""

    @asynccontextmanager
    async def ask(
        method: str,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the shape of `Ask`
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        async with http.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
            yield answer

    return Cti(settings(**more), replace(tools, ask=ask), patience=SHORT)
