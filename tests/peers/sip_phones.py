"""Asterisk's side of browser phones: SIP over WebSocket (RFC 7118), as JsSIP speaks it, for the fake ARI's PBX.

Phones register with the accounts that the hub made by ARI (digest, RFC 7616 with MD5 as chan_pjsip has it), are invited
with SDP of a far end, and their answers, refusals and hang-ups move the PBX's channels as a device's would.
"""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import WSMsgType, web

from tests.peers.fake_ari import FakeAri, Phone
from tests.peers.fake_ari.parts import Channel
from tests.peers.far_end import FarCall, FarEnd

REALM = "asterisk"
DOMAIN = "127.0.0.1"


@dataclass
class Sip:
    """One SIP message."""

    start: str
    headers: list[tuple[str, str]]
    body: str = ""

    @classmethod
    def read(cls, text: str) -> "Sip":
        head, _, body = text.partition("\r\n\r\n")
        start, *lines = head.split("\r\n")
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        return cls(start, headers, body)

    def __getitem__(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def status(self) -> int:
        """The status of an answer; 0 for a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0") else 0

    def answer(self, status: str, *more: str, body: str = "") -> str:
        """Return an answer to this request."""
        kept = [f"{name.title()}: {value}" for name, value in self.headers if name in ("via", "from", "call-id")]
        to = self["to"] if ";tag=" in self["to"] or status.startswith("100") else f"{self['to']};tag=pbx"
        kind = ["Content-Type: application/sdp"] if body else []
        lines = [f"SIP/2.0 {status}", *kept, f"To: {to}", f"CSeq: {self['cseq']}", *more, *kind]
        return "\r\n".join([*lines, f"Content-Length: {len(body.encode())}", "", body])


@dataclass(eq=False)
class Dialog:
    """One call at one phone."""

    socket: web.WebSocketResponse
    contact: str
    caller: str
    identity: str
    press: Callable[[str], None]
    """Where a key that is pressed at the phone goes."""
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    tag: str = ""
    sdp: str = ""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, method: str, number: int, body: str = "") -> None:
        """Send a request of this dialog."""
        branch = "z9hG4bK" + (
            self.id
            if method in ("INVITE", "CANCEL") or (method == "ACK" and not self.answered.is_set())
            else secrets.token_hex(6)
        )
        kind = ["Content-Type: application/sdp"] if body else []
        lines = [
            f"{method} {self.contact} SIP/2.0",
            f"Via: SIP/2.0/WS {DOMAIN};branch={branch}",
            "Max-Forwards: 70",
            f"From: <sip:{self.caller}@{DOMAIN}>;tag={self.id}",
            f"To: <sip:{self.identity}@{DOMAIN}>" + (f";tag={self.tag}" if self.tag else ""),
            f"Call-ID: {self.id}@{DOMAIN}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:pbx@{DOMAIN};transport=ws>",
            *kind,
        ]
        await self.socket.send_str("\r\n".join([*lines, f"Content-Length: {len(body.encode())}", "", body]))

    async def hang_up(self) -> None:
        """End it from the PBX's side."""
        if not self.ended.is_set():
            await self.send(*(("BYE", 2) if self.answered.is_set() else ("CANCEL", 1)))
            self.ended.set()


class BrowserPhone(Phone):
    """A device of the PBX that is a browser phone: what rings it invites the browser."""

    def __init__(self, ari: FakeAri, phones: "SipPhones", identity: str) -> None:
        super().__init__(ari.pbx, f"PJSIP/{identity}", "ring")
        self._ari, self._phones, self._identity = ari, phones, identity
        self._calls: set[asyncio.Task[None]] = set()
        self.media: FarCall | None = None

    def offered(self, channel: Channel) -> None:
        """A call reaches the device."""
        if self._identity not in self._phones.registered:
            self._ari.pbx.hang_up(channel, 20)
            return
        super().offered(channel)
        self._calls.add(asyncio.create_task(self._invite(channel), name="browser phone"))

    async def _invite(self, channel: Channel) -> None:
        self.media = media = await self._phones.far_end.call()
        socket, contact = self._phones.registered[self._identity]
        caller = channel.connected or channel.number or "anonymous"
        dialog = Dialog(socket, contact, caller, self._identity, press=lambda key: self._ari.pbx.press(channel, key))
        self._phones.dialogs[f"{dialog.id}@{DOMAIN}"] = dialog
        await dialog.send("INVITE", 1, await media.offer())
        over = asyncio.create_task(self._ari.until(lambda: channel.hung_up, seconds=120))
        took, ended = asyncio.create_task(dialog.answered.wait()), asyncio.create_task(dialog.ended.wait())
        await asyncio.wait([over, took, ended], return_when=asyncio.FIRST_COMPLETED)
        if dialog.answered.is_set() and not channel.hung_up:
            await media.accept(dialog.sdp)
            self._ari.pbx.answered(channel)
            await asyncio.wait([over, ended], return_when=asyncio.FIRST_COMPLETED)
        await dialog.hang_up()
        if not channel.hung_up:
            self._ari.pbx.hang_up(channel, 16 if channel.state == "Up" else 21)
        await media.hang_up()
        for task in (over, took, ended):
            task.cancel()

    async def settled(self) -> None:
        """Wait until nothing goes on any more."""
        await asyncio.gather(*self._calls)


class SipPhones:
    """The PBX's WebSocket for phones."""

    def __init__(self, ari: FakeAri, far_end: FarEnd) -> None:
        self._ari = ari
        self.far_end = far_end
        self.registered: dict[str, tuple[web.WebSocketResponse, str]] = {}
        self.dialogs: dict[str, Dialog] = {}
        self._nonce = secrets.token_hex(8)
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/ws", self._socket)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}/ws"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def phone(self, identity: str) -> BrowserPhone:
        """Plug in an agent's browser phone."""
        made = BrowserPhone(self._ari, self, identity)
        self._ari._phones[made.endpoint] = made
        return made

    async def wait_for(self, identity: str, *, within: float = 20.0) -> None:
        """Wait until a phone has registered."""
        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(lambda: identity in self.registered)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("sip",))
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.data.strip():
                await self._heard(socket, Sip.read(message.data))
        self.registered = {name: at for name, at in self.registered.items() if at[0] is not socket}
        return socket

    async def _heard(self, socket: web.WebSocketResponse, message: Sip) -> None:
        if message.status:
            await self._answered(message)
            return
        match message.start.split()[0]:
            case "REGISTER":
                await self._register(socket, message)
            case "BYE":
                await socket.send_str(message.answer("200 OK"))
                self.dialogs[message["call-id"]].ended.set()
            case "INFO":
                # res_pjsip_dtmf_info takes keys so, whatever the endpoint's dtmf_mode
                key = re.fullmatch(r"Signal=([0-9A-D*#])\r\nDuration=\d+", message.body)
                if message["content-type"] != "application/dtmf-relay" or key is None:
                    await socket.send_str(message.answer("415 Unsupported Media Type"))
                    return
                await socket.send_str(message.answer("200 OK"))
                self.dialogs[message["call-id"]].press(key[1])
            case "ACK":
                pass
            case _:
                await socket.send_str(message.answer("405 Method Not Allowed"))

    async def _register(self, socket: web.WebSocketResponse, message: Sip) -> None:
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', message["authorization"]))
        identity = re.findall(r"sip:([^@>]+)@", message["to"])[0]
        account = self._ari.pbx.configured.get(f"res_pjsip/auth/{identity}", {})
        if given.get("response") != _digest(given, identity, account.get("password", "")):
            challenge = f'WWW-Authenticate: Digest realm="{REALM}",nonce="{self._nonce}",algorithm=MD5'
            await socket.send_str(message.answer("401 Unauthorized", challenge))
            return
        contact = re.findall(r"<([^>]+)>", message["contact"])[0]
        if "expires=0" in message["contact"] or message["expires"] == "0":
            self.registered.pop(identity, None)
        else:
            self.registered[identity] = (socket, contact)
        await socket.send_str(message.answer("200 OK", f"Contact: {message['contact']}", "Expires: 600"))
        async with self._news:
            self._news.notify_all()

    async def _answered(self, message: Sip) -> None:
        dialog = self.dialogs[message["call-id"]]
        if not message["cseq"].endswith("INVITE") or message.status < 200:
            return
        dialog.tag = message["to"].partition(";tag=")[2]
        if message.status == 200:
            dialog.sdp = message.body
            dialog.answered.set()
        else:
            dialog.ended.set()
        await dialog.send("ACK", 1)


def _digest(given: dict[str, str], user: str, password: str) -> str:
    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    one, two = md5(f"{user}:{REALM}:{password}"), md5(f"REGISTER:{given.get('uri', '')}")
    return md5(f"{one}:{given.get('nonce', '')}:{two}") if given else "nothing given"
