"""What Twilio's phone network does and the emulator does not: leads live calls, rings devices, keeps recordings.

A line between the hub and the emulator: what the API says of live calls, conferences and recordings is answered here,
and of TwiML apps; all else goes through to it. Webhooks are signed as Twilio signs them
(https://www.twilio.com/docs/usage/security).
"""

import asyncio
import base64
import hashlib
import hmac
import itertools
from collections.abc import Coroutine, Mapping
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self
from xml.etree import ElementTree as ET

import aiohttp
from aiohttp import web

from tests.peers.emulate import EmulatedTwilio
from tests.peers.far_end import FarEnd
from tests.peers.twilio_answers import NotThere, Refused, RouteTable, refusals
from tests.peers.twilio_conference import Conferences
from tests.peers.twilio_handset import Handset
from tests.peers.twilio_line import Line
from tests.peers.twilio_parts import Device
from tests.peers.twilio_phones import TwilioPhones
from tests.peers.twilio_recording import Recorded, recording_routes

_SIDS = itertools.count(0xF0000000)


class TwilioNetwork:
    """The network beside one emulated account. `url` is the API's address for the hub."""

    def __init__(self, twilio: EmulatedTwilio, hub_url: str, public_url: str) -> None:
        self._twilio = twilio
        self._hub_url = hub_url
        self._public_url = public_url
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        self._phones: tuple[TwilioPhones, FarEnd] | None = None
        self._handsets: dict[str, Handset] = {}
        self._later: set[asyncio.Task[None]] = set()
        self._problems: list[BaseException] = []
        self.account = twilio.account
        self.lines: dict[str, Line] = {}
        """Legs by their SID."""
        self.conferences = Conferences(self)
        self.recorded: list[Recorded] = []
        self.recordings: dict[str, bytes] = {}
        self.applications: list[dict[str, str]] = []
        self.not_yet: set[str] = set()
        """Recordings whose file comes later than the news of it."""

    @property
    def url(self) -> str:
        """Address of the API."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[refusals])
        base = f"/2010-04-01/Accounts/{self.account}"
        routes: RouteTable = {
            ("GET", "/Recordings/{sid}.wav"): self._sound,
            ("GET", "/Recordings/{sid}.json"): self._record,
            ("GET", "/Recordings.json"): self._list,
            ("GET", "/Applications.json"): self._applications,
            ("POST", "/Applications.json"): self._make_application,
            ("POST", "/Calls.json"): self._place,
            ("POST", "/Calls/{call}.json"): self._change_call,
            **recording_routes(self),
            **self.conferences.routes(),
        }
        for (method, path), answer in routes.items():
            app.router.add_route(method, base + path, answer)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self.lines.values():
            line.cancel()
        await self._runner.cleanup()
        await self._http.close()

    # --- the hub

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

    async def tell(self, address: str, **form: str) -> None:
        """Tell a callback something."""
        await self.ask(address, {"Timestamp": self.now(), **form})

    async def said(self, address: str, line: Line) -> str:
        """Return what is announced to somebody, in words."""
        document = await self.ask(address, line.form)
        return " ".join(verb.text or "" for verb in document)

    async def number_told(self, sid: str, status: str) -> None:
        """Tell the number's own callback, as the emulator does."""
        await self._twilio.call_status(sid, status)

    def now(self) -> str:
        """Return the time as callbacks tell it: whole seconds."""
        return formatdate(usegmt=True)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after the API has answered, as Twilio does."""
        task = asyncio.create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)
        task.add_done_callback(self.look)

    def look(self, task: asyncio.Task[None]) -> None:
        """Keep what went wrong in work that is done."""
        if not task.cancelled() and (problem := task.exception()) is not None:
            self._problems.append(problem)

    def raise_problems(self) -> None:
        """Raise what went wrong where nobody waited for it."""
        if self._problems:
            raise self._problems[0]

    async def settled(self) -> None:
        """Wait until all calls are over and all is told."""
        for line in list(self.lines.values()):
            await line.settled()
        while self._later:
            await asyncio.wait(list(self._later))
        self.raise_problems()

    # --- devices

    def plug(self, phones: TwilioPhones, far_end: FarEnd) -> None:
        """Have browser phones."""
        self._phones = (phones, far_end)

    def handset(self, number: str) -> Handset:
        """Plug in a telephone with a number."""
        return self._handsets.setdefault(number, Handset(number))

    async def ring(self, parent: Line, noun: ET.Element, caller: str) -> Line:
        """Ring one device of a `<Dial>`; without one there the leg has none."""
        client = noun.tag == "Client"
        to = f"client:{noun.findtext('Identity')}" if client else (noun.text or "")
        callback = noun.get("statusCallback", "")
        # a browser phone shows what the caller's leg shows (https://www.twilio.com/docs/voice/twiml/client)
        line = self._line(caller, to, callback, direction="outbound-dial" if not client else parent.direction)
        line.parent = parent
        await self._offer(line)
        return line

    async def call_out(self, *, sender: str, to: str, callback: str) -> Line:
        """Call a device by the API."""
        line = self._line(sender, to, callback, direction="outbound-api")
        await self._offer(line)
        return line

    def _line(self, sender: str, to: str, callback: str, *, direction: str) -> Line:
        sid = f"CA{next(_SIDS):032x}"
        return Line(self, sid, sender=sender, to=to, direction=direction, callback=callback)

    async def _offer(self, line: Line) -> None:
        device: Device | None = None
        if not line.to.startswith("client:"):
            handset = self._handsets.get(line.to)
            device = handset.ring(line) if handset is not None else None
        elif self._phones is not None:
            phones, far_end = self._phones
            line.media = await far_end.call()
            parameters = {"From": line.sender, "To": line.to}
            rung = await phones.ring(line.to.removeprefix("client:"), line.sid, await line.media.offer(), parameters)
            device = rung[0] if rung else None
        line.device = device

    # --- the API

    def live(self, sid: str) -> Line:
        """Return a leg that lives. Raises Refused."""
        line = self.lines.get(sid)
        if line is None:
            raise NotThere
        if line.over.is_set() or line.gone:
            raise Refused(21220, "Call is not in-progress. Cannot redirect.")
        return line

    def running(self, call: str) -> list[Recorded]:
        """Return the recordings of a leg that are not done."""
        return [one for one in self.recorded if one.call == call and one.status != "completed"]

    async def _place(self, request: web.Request) -> web.Response:
        """Call a telephone that is plugged in; other calls are made by the emulator."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        if form["To"] not in self._handsets:
            return await self._pass_on(request)
        line = await self.call_out(sender=form["From"], to=form["To"], callback=form.get("StatusCallback", ""))
        self.later(line.placed(form["Twiml"]))
        return web.json_response({"sid": line.sid, "status": "queued"}, status=201)

    async def _change_call(self, request: web.Request) -> web.Response:
        if request.match_info["call"] not in self.lines:
            return await self._pass_on(request)
        line = self.live(request.match_info["call"])
        form = await request.post()
        if "StatusCallback" in form:
            line.callback = str(form["StatusCallback"])
        if "Twiml" in form:
            line.lead(ET.fromstring(str(form["Twiml"])))  # noqa: S314 - the hub's own
        elif "Url" in form:
            line.lead(str(form["Url"]))
        if form.get("Status") == "completed":
            line.over.set()
        return web.json_response({"sid": line.sid, "status": line.status})

    async def _sound(self, request: web.Request) -> web.Response:
        sid = request.match_info["sid"]
        if sid in self.not_yet or sid not in self.recordings:
            self.not_yet.discard(sid)
            raise NotThere
        return web.Response(body=self.recordings[sid], content_type="audio/x-wav")

    async def _record(self, request: web.Request) -> web.Response:
        sid = request.match_info["sid"]
        if sid not in self.recordings:
            raise NotThere
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
