"""A fake of Twilio on loopback: real HTTP, Twilio's shapes and refusals, everything recorded.

Shapes: ../shared/corpora/specs/twilio_api_v2010.json; of content and senders as the library's docstrings tell them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

from tests.connectors.conformance.kit import NOW

ACCOUNT = "AC" + "1" * 32
TOKEN = "auth-token-of-the-fake-twilio"
KEY, KEY_SECRET = "SK" + "2" * 32, "secret-of-the-api-key"
OURS = "+15550100199"
SERVICE = "MG" + "3" * 32
WHATSAPP = "whatsapp:+15550100188"
_NUMBER = "PN" + "4" * 32
_SENDER = "XE" + "5" * 32


@dataclass(slots=True)
class Fault:
    """What happens to the next requests instead of an answer."""

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    reset: bool = False


def entry(sid: str, **more: Any) -> dict[str, Any]:
    """Return a message as the list shows it: one that a customer sent, unless said otherwise."""
    when = format_datetime(NOW)
    return {
        "sid": sid,
        "account_sid": ACCOUNT,
        "messaging_service_sid": None,
        "direction": "inbound",
        "from": "+447700900001",
        "to": OURS,
        "body": "Are you open?",
        "status": "received",
        "num_media": "0",
        "num_segments": "1",
        "error_code": None,
        "error_message": None,
        "date_created": when,
        "date_sent": when,
        "date_updated": when,
        **more,
    }


class FakeTwilio:
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        self.sent: list[dict[str, list[str]]] = []
        """Parameters of every message taken."""
        self.calls: list[tuple[str, str]] = []
        self.queries: list[dict[str, str]] = []
        self.authorised: list[str] = []
        """User of every request."""
        self.account: dict[str, Any] = {"sid": ACCOUNT, "status": "active", "type": "Full", "friendly_name": "Shop"}
        self.number: dict[str, Any] = {
            "sid": _NUMBER,
            "account_sid": ACCOUNT,
            "phone_number": OURS,
            "sms_url": "",
            "sms_method": "POST",
            "capabilities": {"sms": True, "mms": True, "voice": True},
        }
        self.short_code: dict[str, Any] = {
            "sid": "SC" + "6" * 32,
            "short_code": "54321",
            "sms_url": "",
            "sms_method": "GET",
        }
        self.service: dict[str, Any] = {
            "sid": SERVICE,
            "account_sid": ACCOUNT,
            "friendly_name": "Pool",
            "inbound_request_url": None,
            "inbound_method": "POST",
            "use_inbound_webhook_on_number": False,
        }
        self.pool: list[str] = [OURS]
        self.senders: list[dict[str, Any]] = [
            {"sid": _SENDER, "sender_id": WHATSAPP, "status": "ONLINE", "webhook": {"callback_url": None}}
        ]
        self.contents: list[dict[str, Any]] = []
        self.listed: list[dict[str, Any]] = []
        self.media: dict[str, list[dict[str, Any]]] = {}
        self.files: dict[str, bytes | str] = {}
        """Content by media SID; a string is where it redirects to."""
        self.page_size = 50
        self._faults: list[Fault] = []
        self._later: tuple[int, dict[str, Any]] | None = None
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        """Base address of the API, as in the setting."""
        return f"http://127.0.0.1:{self._port}"

    def fail(self, status: int = 0, code: int = 0, message: str = "", **more: Any) -> None:
        """Let the next request fail: with Twilio's refusal, or as `Fault` says."""
        body = b'{"code": %d, "message": "%s", "status": %d}' % (code, message.encode(), status) if code else b""
        self._faults.append(Fault(**{"status": status, "body": body, **more}))

    def after(self, messages: int, **fault: Any) -> None:
        """Let a request fail once so many messages more were taken."""
        self._later = (len(self.sent) + messages, fault)

    def media_url(self, message_sid: str, media_sid: str) -> str:
        """Return where a file of a message lies."""
        return f"{self.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/{message_sid}/Media/{media_sid}"

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._guard])
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        app.router.add_get(f"{base}.json", self._answer(lambda: self.account))
        app.router.add_get(f"{base}/Messages.json", self._list_messages)
        app.router.add_post(f"{base}/Messages.json", self._create)
        app.router.add_get(base + "/Messages/{sid}/Media.json", self._list_media)
        app.router.add_get(base + "/Messages/{sid}/Media/{media}", self._file)
        app.router.add_get(
            f"{base}/IncomingPhoneNumbers.json", self._listing("incoming_phone_numbers", lambda: [self.number])
        )
        app.router.add_post(f"{base}/IncomingPhoneNumbers/{_NUMBER}.json", self._change(lambda: self.number))
        app.router.add_get(f"{base}/SMS/ShortCodes.json", self._listing("short_codes", lambda: [self.short_code]))
        app.router.add_post(base + "/SMS/ShortCodes/{sid}.json", self._change(lambda: self.short_code))
        app.router.add_get(f"/messaging/v1/Services/{SERVICE}", self._answer(lambda: self.service))
        app.router.add_post(f"/messaging/v1/Services/{SERVICE}", self._change(lambda: self.service))
        app.router.add_get(
            f"/messaging/v1/Services/{SERVICE}/PhoneNumbers",
            self._meta("phone_numbers", lambda: [{"sid": _NUMBER, "phone_number": number} for number in self.pool]),
        )
        app.router.add_get("/messaging/v2/Channels/Senders", self._meta("senders", lambda: self.senders))
        app.router.add_post(f"/messaging/v2/Channels/Senders/{_SENDER}", self._change_sender)
        app.router.add_get("/content/v1/ContentAndApprovals", self._meta("contents", lambda: self.contents))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Stop listening."""
        self._released.set()
        await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.calls.append((request.method, request.path))
        self.queries.append(dict(request.query))
        user = next((user for user in ((ACCOUNT, TOKEN), (KEY, KEY_SECRET)) if _carries(request, *user)), None)
        self.authorised.append(user[0] if user else "nobody")
        if self._later is not None and len(self.sent) >= self._later[0]:
            later, self._later = self._later, None
            self.fail(**later[1])
        if self._faults:
            return await self._fault(request, self._faults.pop(0))
        if user is None:
            return _error(401, 20003, "Authenticate")
        try:
            answer: web.StreamResponse = await handler(request)
        except web.HTTPNotFound:
            return _error(404, 20404, f"The requested resource {request.path} was not found")
        return answer

    async def _fault(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await request.read()
            await self._released.wait()
        if fault.reset and request.transport is not None:
            await request.read()
            request.transport.abort()
        return web.Response(status=fault.status or 500, body=fault.body, headers=dict(fault.headers))

    def _answer(self, value: Any) -> Any:
        async def handler(_: web.Request) -> web.Response:
            return web.json_response(value())

        return handler

    def _listing(self, key: str, values: Any) -> Any:
        async def handler(request: web.Request) -> web.Response:
            return web.json_response({key: values(), "page": 0, "next_page_uri": None, "uri": request.path})

        return handler

    def _meta(self, key: str, values: Any) -> Any:
        async def handler(_: web.Request) -> web.Response:
            return web.json_response({key: values(), "meta": {"key": key, "page": 0, "next_page_url": None}})

        return handler

    def _change(self, record: Any) -> Any:
        async def handler(request: web.Request) -> web.Response:
            form = await _form(request)
            record().update({_snake(name): values[0] for name, values in form.items()})
            return web.json_response(record())

        return handler

    async def _change_sender(self, request: web.Request) -> web.Response:
        self.senders[0].update(await request.json())
        return web.json_response(self.senders[0], status=202)

    async def _create(self, request: web.Request) -> web.Response:
        form = await _form(request)
        if not form.get("To", [""])[0].removeprefix("whatsapp:").lstrip("+").isdigit():
            return _error(400, 21211, "The 'To' number is not a valid phone number")
        self.sent.append(form)
        sid = f"SM{len(self.sent):032x}"
        sender = form.get("From", [None])[0]
        return web.json_response(entry(sid, direction="outbound-api", status="queued", **{"from": sender}), status=201)

    async def _list_messages(self, request: web.Request) -> web.Response:
        query, page = request.query, int(request.query.get("Page", "0"))
        fits = [
            message
            for message in self.listed
            if query.get("To", message["to"]) == message["to"] and query.get("From", message["from"]) == message["from"]
        ]
        first = page * self.page_size
        more = first + self.page_size < len(fits)
        following = f"{request.path}?{request.query_string.partition('&Page=')[0]}&Page={page + 1}"
        return web.json_response(
            {
                "messages": fits[first : first + self.page_size],
                "page": page,
                "next_page_uri": following if more else None,
                "uri": request.path,
            }
        )

    async def _list_media(self, request: web.Request) -> web.Response:
        found: Sequence[dict[str, Any]] = self.media.get(request.match_info["sid"], [])
        return web.json_response({"media_list": found, "page": 0, "next_page_uri": None, "uri": request.path})

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["media"])
        if content is None:
            raise web.HTTPNotFound
        if isinstance(content, str):
            return web.Response(status=307, headers={"Location": content})
        return web.Response(body=content, content_type="image/jpeg")


async def _form(request: web.Request) -> dict[str, list[str]]:
    return parse_qs((await request.read()).decode(), keep_blank_values=True)


def _carries(request: web.Request, user: str, password: str) -> bool:
    return request.headers.get("Authorization") == aiohttp.encode_basic_auth(user, password)


def _error(status: int, code: int, message: str) -> web.Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return web.json_response({"code": code, "message": message, "more_info": more, "status": status}, status=status)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
