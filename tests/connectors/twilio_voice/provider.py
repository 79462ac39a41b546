"""A fake of Twilio's voice API on loopback: calls, conferences, recordings, in Twilio's shapes; everything recorded.

Shapes: ../shared/corpora/specs/twilio_api_v2010.json. A call put into a conference takes part in it at once.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

ACCOUNT = "AC" + "1" * 32
TOKEN = "auth-token-of-the-fake-twilio"
KEY, KEY_SECRET = "SK" + "2" * 32, "secret-of-the-api-key-0123456789abcdef"
OURS = "+15550100199"
_NUMBER, _APP = "PN" + "4" * 32, "AP" + "7" * 32
_CONFERENCE = re.compile(r"<Conference[^>]*>([^<]+)</Conference>")

Form = dict[str, list[str]]


class FakeTwilioVoice:
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Form]] = []
        """Method, path behind the account, and form of every request."""
        self.account: dict[str, Any] = {"sid": ACCOUNT, "status": "active", "type": "Full", "friendly_name": "Shop"}
        self.number: dict[str, Any] = {
            "sid": _NUMBER,
            "account_sid": ACCOUNT,
            "phone_number": OURS,
            "voice_url": "",
            "voice_method": "POST",
            "status_callback": "",
            "voice_application_sid": "",
            "capabilities": {"sms": True, "mms": True, "voice": True},
        }
        self.applications: list[dict[str, Any]] = []
        self.listed: list[dict[str, Any]] = []
        self.recordings: list[dict[str, Any]] = []
        self.files: dict[str, bytes | str] = {}
        """Sound by recording SID; a string is where it redirects to."""
        self.recorded: dict[str, str] = {}
        """How the recording of a live call stands, by the call."""
        self.source = "DialVerb"
        """What began it."""
        self.conferences: dict[str, list[str]] = {}
        """Calls by the conference's name."""
        self.never_gathers = False
        self._faults: list[Callable[[web.Request], Awaitable[web.Response]]] = []
        self._released = asyncio.Event()

    @property
    def url(self) -> str:
        """Base address of the API, as in the setting."""
        return f"http://127.0.0.1:{self._port}"

    def changes(self, part: str) -> list[Form]:
        """Return the forms of all POST requests to paths that hold `part`."""
        return [form for method, path, form in self.asked if method == "POST" and part in path]

    def fail(self, status: int, code: int = 0, words: str = "No", **headers: str) -> None:
        """Let the next request fail with Twilio's refusal."""

        async def refuse(_: web.Request) -> web.Response:
            return _error(status, code, words, headers)

        self._faults.append(refuse)

    def hang(self) -> None:
        """Let the next request wait for an answer that never comes."""
        self._faults.append(self._hang)

    def reset(self) -> None:
        """Cut the connection of the next request once it is whole."""
        self._faults.append(_reset)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._guard])
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        routes: list[tuple[str, str, Any]] = [
            ("GET", ".json", self._answer(lambda: self.account)),
            ("GET", "/IncomingPhoneNumbers.json", self._list("incoming_phone_numbers", lambda _: [self.number])),
            ("POST", f"/IncomingPhoneNumbers/{_NUMBER}.json", self._change(lambda: self.number)),
            ("GET", "/Applications.json", self._list("applications", lambda _: self.applications)),
            ("POST", "/Applications.json", self._make_application),
            ("GET", "/Applications/{sid}.json", self._application),
            ("POST", "/Applications/{sid}.json", self._change(lambda: self.applications[0])),
            ("GET", "/Calls.json", self._list("calls", self._calls)),
            ("POST", "/Calls.json", self._place),
            ("POST", "/Calls/{call}.json", self._change_call),
            ("GET", "/Calls/{call}/Recordings.json", self._list("recordings", self._live_recordings)),
            ("POST", "/Calls/{call}/Recordings.json", self._record),
            ("POST", "/Calls/{call}/Recordings/{sid}.json", self._record),
            ("GET", "/Conferences.json", self._list("conferences", self._conferences)),
            ("POST", "/Conferences/{name}.json", self._conference),
            ("GET", "/Conferences/{name}/Participants.json", self._list("participants", self._participants)),
            ("POST", "/Conferences/{name}/Participants.json", self._invite),
            ("POST", "/Conferences/{name}/Participants/{call}.json", self._participant),
            ("GET", "/Recordings.json", self._list("recordings", lambda _: self.recordings)),
            ("GET", "/Recordings/{sid}.json", self._recording),
            ("GET", "/Recordings/{sid}.wav", self._file),
            ("DELETE", "/Recordings/{sid}.json", self._delete),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, base + path, handler)
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
        form = parse_qs((await request.read()).decode(), keep_blank_values=True)
        self.asked.append((request.method, request.path.partition(ACCOUNT)[2], form))
        if self._faults:
            return await self._faults.pop(0)(request)
        if not any(_carries(request, *user) for user in ((ACCOUNT, TOKEN), (KEY, KEY_SECRET))):
            return _error(401, 20003, "Authenticate")
        try:
            answer: web.StreamResponse = await handler(request)
        except web.HTTPNotFound:
            return _error(404, 20404, f"The requested resource {request.path} was not found")
        return answer

    async def _hang(self, _: web.Request) -> web.Response:
        await self._released.wait()
        return web.Response(status=500)

    def _answer(self, value: Callable[[], Any]) -> Any:
        async def handler(_: web.Request) -> web.Response:
            return web.json_response(value())

        return handler

    def _list(self, key: str, values: Callable[[web.Request], Any]) -> Any:
        async def handler(request: web.Request) -> web.Response:
            return web.json_response({key: values(request), "page": 0, "next_page_uri": None, "uri": request.path})

        return handler

    def _change(self, record: Callable[[], dict[str, Any]]) -> Any:
        async def handler(_: web.Request) -> web.Response:
            record().update({_snake(name): values[0] for name, values in self.asked[-1][2].items()})
            return web.json_response(record())

        return handler

    async def _make_application(self, _: web.Request) -> web.Response:
        made = {"sid": _APP} | {_snake(name): values[0] for name, values in self.asked[-1][2].items()}
        self.applications.append(made)
        return web.json_response(made, status=201)

    async def _application(self, request: web.Request) -> web.Response:
        for application in self.applications:
            if application["sid"] == request.match_info["sid"]:
                return web.json_response(application)
        raise web.HTTPNotFound

    def _calls(self, request: web.Request) -> list[dict[str, Any]]:
        names = (("To", "to"), ("From", "from"), ("ParentCallSid", "parent_call_sid"))
        wanted = {key: request.query[name] for name, key in names if name in request.query}
        return [call for call in self.listed if all(call[key] == value for key, value in wanted.items())]

    async def _place(self, _: web.Request) -> web.Response:
        form = self.asked[-1][2]
        if not form["To"][0].removeprefix("client:").lstrip("+").replace("agent_", "").isalnum():
            return _error(400, 21211, "The 'To' number is not a valid phone number")
        return web.json_response({"sid": f"CA{len(self.asked):032x}", "status": "queued"}, status=201)

    async def _change_call(self, request: web.Request) -> web.Response:
        sid, form = request.match_info["call"], self.asked[-1][2]
        name = _CONFERENCE.search(form.get("Twiml", [""])[0])
        if name is not None and not self.never_gathers:
            self.conferences.setdefault(name[1], []).append(sid)
        return web.json_response({"sid": sid, "status": "in-progress"})

    def _live_recordings(self, request: web.Request) -> list[dict[str, Any]]:
        state = self.recorded.get(request.match_info["call"])
        return [] if state is None else [{"sid": "RE9", "status": state, "source": self.source}]

    async def _record(self, request: web.Request) -> web.Response:
        call, sid = request.match_info["call"], request.match_info.get("sid")
        if sid is not None and call not in self.recorded:
            raise web.HTTPNotFound
        return web.json_response({"sid": request.match_info.get("sid", "RE1"), "status": "in-progress"}, status=201)

    def _conferences(self, request: web.Request) -> list[dict[str, Any]]:
        name = request.query.get("FriendlyName", "")
        return [{"sid": name, "friendly_name": name}] if name in self.conferences else []

    def _participants(self, request: web.Request) -> list[dict[str, Any]]:
        return [{"call_sid": sid} for sid in self.conferences[request.match_info["name"]]]

    async def _invite(self, request: web.Request) -> web.Response:
        sid = f"CA{len(self.asked):032x}"
        self.conferences[request.match_info["name"]].append(sid)
        return web.json_response({"call_sid": sid, "status": "initiated"}, status=201)

    async def _participant(self, request: web.Request) -> web.Response:
        if request.match_info["call"] not in self.conferences[request.match_info["name"]]:
            raise web.HTTPNotFound
        return web.json_response({"call_sid": request.match_info["call"]})

    async def _conference(self, request: web.Request) -> web.Response:
        return web.json_response({"sid": request.match_info["name"], "status": "in-progress"})

    async def _recording(self, request: web.Request) -> web.Response:
        for recording in self.recordings:
            if recording["sid"] == request.match_info["sid"]:
                return web.json_response(recording)
        raise web.HTTPNotFound

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["sid"])
        if content is None:
            raise web.HTTPNotFound
        if isinstance(content, str):
            return web.Response(status=307, headers={"Location": content})
        assert request.query["RequestedChannels"] == "2"
        return web.Response(body=content, content_type="audio/x-wav")

    async def _delete(self, request: web.Request) -> web.Response:
        if self.files.pop(request.match_info["sid"], None) is None:
            raise web.HTTPNotFound
        return web.Response(status=204)


async def _reset(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _carries(request: web.Request, user: str, password: str) -> bool:
    return request.headers.get("Authorization") == aiohttp.encode_basic_auth(user, password)


def _error(status: int, code: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"code": code, "message": message, "status": status}, status=status, headers=headers)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
