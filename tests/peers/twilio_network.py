"""What Twilio's phone network does and the emulator does not: runs TwiML, tells of legs, keeps recordings.

A line between the hub and the emulator: the API goes through to it, recordings and TwiML apps are served here. Webhooks
are signed as Twilio signs them (https://www.twilio.com/docs/usage/security).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from xml.etree import ElementTree as ET

import aiohttp
from aiohttp import web

from tests.peers.emulate import EmulatedTwilio


class TwilioNetwork:
    """The network beside one emulated account. `url` is the API's address for the hub."""

    def __init__(self, twilio: EmulatedTwilio, hub_url: str, public_url: str) -> None:
        self._twilio = twilio
        self._hub_url = hub_url
        self._public_url = public_url
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        self.recordings: dict[str, bytes] = {}
        self.applications: list[dict[str, str]] = []
        self.not_yet: set[str] = set()
        """Recordings whose file comes later than the news of it."""

    @property
    def url(self) -> str:
        """Address of the API."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        base = f"/2010-04-01/Accounts/{self._twilio.account}/Recordings"
        app.router.add_get(base + "/{sid}.wav", self._sound)
        app.router.add_get(base + "/{sid}.json", self._record)
        app.router.add_get(f"{base}.json", self._list)
        apps = f"/2010-04-01/Accounts/{self._twilio.account}/Applications.json"
        app.router.add_get(apps, self._applications)
        app.router.add_post(apps, self._make_application)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._http.close()

    async def ask(self, address: str, form: Mapping[str, str]) -> ET.Element:
        """Ask the hub as Twilio does; return its TwiML. `address` is public, and may have Twilio's part behind #."""
        address = address.partition("#")[0]
        signed = address + "".join(f"{name}{form[name]}" for name in sorted(form))
        digest = hmac.new(self._twilio.token.encode(), signed.encode(), hashlib.sha1).digest()
        headers = {"X-Twilio-Signature": base64.b64encode(digest).decode()}
        here = address.replace(self._public_url, self._hub_url)
        async with self._http.post(here, data=form, headers=headers) as answer:
            body = await answer.text()
            assert answer.status == 200, f"{answer.status}: {body}"
        return ET.fromstring(body)  # noqa: S314 - the hub's own

    async def _sound(self, request: web.Request) -> web.Response:
        sid = request.match_info["sid"]
        if sid in self.not_yet or sid not in self.recordings:
            self.not_yet.discard(sid)
            raise web.HTTPNotFound
        return web.Response(body=self.recordings[sid], content_type="audio/x-wav")

    async def _record(self, request: web.Request) -> web.Response:
        sid = request.match_info["sid"]
        if sid not in self.recordings:
            raise web.HTTPNotFound
        return web.json_response({"sid": sid, "status": "completed"})

    async def _list(self, request: web.Request) -> web.Response:
        return web.json_response({"recordings": [], "page": 0, "next_page_uri": None, "uri": request.path})

    async def _applications(self, request: web.Request) -> web.Response:
        return web.json_response({"applications": self.applications, "next_page_uri": None, "uri": request.path})

    async def _make_application(self, request: web.Request) -> web.Response:
        form = await request.post()
        names = {"FriendlyName": "friendly_name", "VoiceUrl": "voice_url", "StatusCallback": "status_callback"}
        made = {"sid": "AP" + "7" * 32} | {name: str(form[given]) for given, name in names.items()}
        self.applications.append(made)
        return web.json_response(made, status=201)

    async def _pass_on(self, request: web.Request) -> web.Response:
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        async with self._http.request(
            request.method, f"{self._twilio.url}{request.raw_path}", data=await request.read(), headers=headers
        ) as answer:
            return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)
