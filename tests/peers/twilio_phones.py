"""What browser phones connect to at Twilio: the signalling that @twilio/voice-sdk speaks, on a TLS socket of loopback.

The emulator knows calls as records only: it runs no TwiML, has no signalling for the library and carries no sound. Here
the library itself runs, unchanged, at Twilio's own addresses, which the browser finds on this machine (`flags`). The
messages are those of its module pstream: listen, register, invite, answer, reject, hangup, cancel; sound goes by WebRTC
to a far end. Access tokens are checked as Twilio checks them
(https://www.twilio.com/docs/iam/access-tokens#step-3-generate-token).
"""

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import unquote_plus

import jwt
from aiohttp import WSMsgType, web

from tests.peers.dovecot import make_certificate
from tests.peers.fake_ari.audio import wav

Message = dict[str, Any]
HEARTBEAT = 5.0
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}


@dataclass(eq=False)
class PhoneLeg:
    """One call at one browser phone."""

    sid: str
    identity: str
    _socket: web.WebSocketResponse
    offer: str = ""
    """The phone's SDP, where it called."""
    params: dict[str, str] = field(default_factory=dict)
    """What the phone gave with its call."""
    digits: str = ""
    sdp: str = ""
    """The SDP with which it answered."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    how: Literal["", "reject", "hangup"] = ""

    async def hang_up(self) -> None:
        """End it from the network's side: a call that rings is cancelled."""
        if not self.ended.is_set():
            kind = "hangup" if self.answered.is_set() or self.offer else "cancel"
            await self._socket.send_json({"type": kind, "payload": {"callsid": self.sid}})
        self.ended.set()

    async def told(self, kind: Literal["ringing", "answer"], sdp: str = "") -> None:
        """Tell a phone that called what became of it."""
        await self._socket.send_json({"type": kind, "payload": {"callsid": self.sid, **({"sdp": sdp} if sdp else {})}})
        if kind == "answer":
            self.answered.set()


class TwilioPhones:
    """Signalling for the browser phones of one account."""

    def __init__(self, folder: Path, account: str, key: str, secret: str) -> None:
        self._folder, self._account, self._key, self._secret = folder, account, key, secret
        self._phones: dict[str, set[web.WebSocketResponse]] = {}
        self._legs: dict[str, PhoneLeg] = {}
        self.dialled: asyncio.Queue[PhoneLeg] = asyncio.Queue()
        """Calls that phones made."""
        self._news = asyncio.Condition()

    @property
    def flags(self) -> tuple[str, ...]:
        """What Chromium needs to find Twilio here."""
        return (f"--host-resolver-rules=MAP *.twilio.com 127.0.0.1:{self.port}", "--ignore-certificate-errors")

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        certificate, key = make_certificate(self._folder)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
        app = web.Application()
        app.router.add_get("/signal", self._signal)
        app.router.add_route("*", "/{path:.*}", self._other)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=tls).start()
        self.port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def registered(self, identity: str) -> int:
        """Return how many phones of this name there are."""
        return len(self._phones.get(identity, ()))

    async def wait_for(self, identity: str, *, within: float = 20.0) -> None:
        """Wait until a phone of this name is there."""
        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(lambda: self.registered(identity))

    async def ring(self, identity: str, sid: str, offer: str, parameters: dict[str, str]) -> list[PhoneLeg]:
        """Ring every phone of this name; none if there is none."""
        given = {"CallSid": sid, "AccountSid": self._account, **parameters}
        rung = []
        for socket in self._phones.get(identity, ()):
            leg = self._legs[sid] = PhoneLeg(sid, identity, socket)
            await socket.send_json({"type": "invite", "payload": {"callsid": sid, "sdp": offer, "parameters": given}})
            rung.append(leg)
        return rung

    async def _signal(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        beats = asyncio.create_task(_beat(socket))
        identity = ""
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT and message.data.strip():
                    told = json.loads(message.data)
                    identity = await self._heard(socket, identity, told["type"], told.get("payload") or {})
        finally:
            beats.cancel()
            self._phones.get(identity, set()).discard(socket)
            for leg in self._legs.values():
                if leg._socket is socket:
                    leg.how = leg.how or "hangup"
                    leg.ended.set()
        return socket

    async def _heard(self, socket: web.WebSocketResponse, identity: str, kind: str, payload: Message) -> str:
        """Act on one message; return whose phone this is."""
        match kind:
            case "listen":
                identity = self._identity(payload["token"])
                where = {"region": "US_EAST_VIRGINIA", "edge": "ashburn", "home": "us1"}
                token = {"identity": identity, "ttl": 3600}
                await socket.send_json({"type": "connected", "payload": {**where, "token": token}})
            case "register":
                assert identity, "a phone registers before it said who it is"
                self._phones.setdefault(identity, set()).add(socket)
                await socket.send_json({"type": "ready", "payload": {}})
                async with self._news:
                    self._news.notify_all()
            case "invite":
                params = dict(part.split("=", 1) for part in _unquoted(payload["twilio"].get("params", "")))
                leg = PhoneLeg(payload["callsid"], identity, socket, offer=payload["sdp"], params=params)
                self._legs[leg.sid] = leg
                self.dialled.put_nowait(leg)
            case "answer":
                leg = self._legs[payload["callsid"]]
                leg.sdp = payload["sdp"]
                leg.answered.set()
            case "reject" | "hangup" if payload["callsid"] in self._legs:
                leg = self._legs[payload["callsid"]]
                leg.how = "reject" if kind == "reject" else "hangup"
                leg.ended.set()
            case "dtmf":
                self._legs[payload["callsid"]].digits += payload["dtmf"]
            case _:
                pass
        return identity

    def _identity(self, token: str) -> str:
        """Return whose token this is. Raises jwt.InvalidTokenError for one that Twilio would refuse."""
        header = jwt.get_unverified_header(token)
        assert header["cty"] == "twilio-fpa;v=1", header
        read = jwt.decode(token, self._secret, algorithms=["HS256"], issuer=self._key)
        assert read["sub"] == self._account, read
        voice = read["grants"]["voice"]
        assert voice["incoming"]["allow"] is True, voice
        assert voice["outgoing"]["application_sid"].startswith("AP"), voice
        return str(read["grants"]["identity"])

    async def _other(self, request: web.Request) -> web.Response:
        """The library's tones, and the events it tells Twilio."""
        if request.path.endswith((".mp3", ".wav")):
            return web.Response(body=wav(0.1, silent=True), content_type="audio/wav", headers=_CORS)
        return web.json_response({}, headers=_CORS)


async def _beat(socket: web.WebSocketResponse) -> None:
    """Keep the library from thinking the line is dead."""
    while not socket.closed:
        await asyncio.sleep(HEARTBEAT)
        await socket.send_str("\n")


def _unquoted(params: str) -> list[str]:
    return [unquote_plus(part) for part in params.split("&") if "=" in part]
