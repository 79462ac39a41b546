"""A fake of Slack's Web API, its file store and its sockets on loopback: one workspace, real HTTP, everything recorded.

async with FakeSlack() as slack:
    anna = slack.person("Anna Example")
    channel = slack.channel("help", anna)
    slack.says(anna, channel, "Hello")
    assert slack.texts(channel) == ["Hello"]
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.peers.faulty_server import Fault, FaultyServer

Json = dict[str, Any]

TOKEN = "xoxb-1000000001-fakeFAKEfakeFAKEfake"
APP_TOKEN = "xapp-1-A0FAKE-fakeFAKEfakeFAKE"
TEAM, APP, BOT = "T0FAKE0001", "A0FAKE0001", "U0FAKEBOT1"
SCOPES = (
    *("chat:write", "im:write", "files:read", "files:write", "reactions:read", "users:read"),
    *(f"{kind}:{right}" for kind in ("channels", "groups", "im", "mpim") for right in ("read", "history")),
)
BEGIN = 1_790_000_000
"""The first message's second; each message comes a second later."""


@dataclass
class Call:
    """One call of the Web API as it arrived."""

    method: str
    values: Json
    headers: Mapping[str, str] = field(default_factory=dict)


class FakeSlack(FaultyServer):
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.scopes = ",".join(SCOPES)
        self.people: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.files: dict[str, Json] = {}
        self.contents: dict[str, bytes] = {}
        self.file_headers: list[Mapping[str, str]] = []
        self.redirect: str = ""
        """Where the file store redirects to instead of giving a file."""
        self.shares_after = 0
        """How often files.info is asked before it says in which message a file is."""
        self.envelopes: asyncio.Queue[Json] = asyncio.Queue()
        """What the next socket sends."""
        self.acknowledged: list[str] = []
        self.sockets = 0
        self._number = 0
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        """Base address of the Web API, as in the connector's setting."""
        return f"{self.origin}/api"

    # -- the test's side

    def person(self, name: str, **more: Any) -> str:
        """Make a person and return their id."""
        ident = f"U0FAKE{self._next():04d}"
        profile = {"real_name": name, "display_name": name.split()[0].lower(), "email": f"{ident.lower()}@example.com"}
        self.people[ident] = {"id": ident, "team_id": TEAM, "profile": profile, "is_email_confirmed": True, **more}
        return ident

    def channel(self, name: str = "", **more: Any) -> str:
        """Make a channel the app is in; without a name the direct talk with `user`."""
        ident = f"{'C' if name else 'D'}0FAKE{self._next():04d}"
        self.channels[ident] = {"id": ident, **({"name": name} if name else {"is_im": True}), **more}
        self.messages[ident] = []
        return ident

    def says(self, user: str, channel: str, text: str, **more: Any) -> Json:
        """Somebody writes; returns the message."""
        number = self._next()
        message = {"type": "message", "user": user, "text": text, "ts": f"{BEGIN + number}.{number:06d}", **more}
        self.messages[channel].append(message)
        return message

    def keeps_file(self, content: bytes, **more: Any) -> str:
        """Put a file into the store and return its id."""
        ident = f"F0FAKE{self._next():04d}"
        self.contents[ident] = content
        url = f"{self.origin}/files-pri/{ident}"
        self.files[ident] = {"id": ident, "name": "plan.pdf", "url_private": url, "url_private_download": url, **more}
        return ident

    def texts(self, channel: str) -> list[str]:
        """Return the texts in a channel."""
        return [message["text"] for message in self.messages[channel]]

    @property
    def sent(self) -> list[Call]:
        """Calls that put something before customers."""
        return [call for call in self.calls if call.method in {"chat.postMessage", "files.completeUploadExternal"}]

    async def settled(self, fits: Callable[[], bool]) -> None:
        """Wait until the acknowledgements are as they should be."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(fits), 10)

    def refuse(self, method: str, error: str, **more: Any) -> None:
        """Answer the next call of a method with `ok: false`."""
        self.fail(Fault(method=method, status=200, body=json.dumps({"ok": False, "error": error, **more}).encode()))

    # -- the server's side

    def routes(self) -> list[web.RouteDef]:
        """Return the API, the file store and the socket."""
        return [
            web.post("/api/{method}", self._call),
            web.post("/upload/{file}", self._upload),
            web.get("/files-pri/{file}", self._file),
            web.get("/socket", self._socket),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        if (failed := await self.faulted(request, method)) is not None:
            return failed
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if given != (APP_TOKEN if method == "apps.connections.open" else TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        self.calls.append(Call(method, form, request.headers.copy()))
        answer = getattr(self, "_" + method.replace(".", "_"), self._unknown)(form)
        return web.json_response(answer, headers={"x-oauth-scopes": self.scopes})

    def _unknown(self, _: Json) -> Json:
        return {"ok": False, "error": "unknown_method"}

    def _auth_test(self, _: Json) -> Json:
        return {
            "ok": True, "team": "Halden", "user": "support", "team_id": TEAM, "user_id": BOT, "bot_id": "B0FAKE",
            "app_id": APP,
        }  # fmt: skip

    def _chat_postMessage(self, form: Json) -> Json:  # noqa: N802 - Slack's name
        channel = self._conversation(form["channel"])
        if channel not in self.messages:
            return {"ok": False, "error": "channel_not_found"}
        thread = {name: form[name] for name in ("thread_ts", "reply_broadcast", "blocks") if name in form}
        message = self.says(BOT, channel, form["text"], bot_id="B0FAKE", app_id=APP, **thread)
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": message}

    def _conversations_open(self, form: Json) -> Json:
        return {"ok": True, "channel": {"id": self._conversation(form["users"])}}

    def _conversation(self, place: str) -> str:
        """Return the talk with a person, made at need, or the channel itself."""
        if place not in self.people:
            return place
        found = (ident for ident, channel in self.channels.items() if channel.get("user") == place)
        return next(found, "") or self.channel(user=place)

    def _files_getUploadURLExternal(self, form: Json) -> Json:  # noqa: N802 - Slack's name
        ident = self.keeps_file(b"", name=form["filename"], size=int(form["length"]))
        return {"ok": True, "file_id": ident, "upload_url": f"{self.origin}/upload/{ident}"}

    def _files_completeUploadExternal(self, form: Json) -> Json:  # noqa: N802 - Slack's name
        given, channel = json.loads(form["files"]), form["channel_id"]
        files = [self.files[one["id"]] for one in given]
        thread = {name: form[name] for name in ("thread_ts", "blocks") if name in form}
        message = self.says(BOT, channel, form.get("initial_comment", ""), files=files, app_id=APP, **thread)
        for file in files:
            file["shares"] = {"private": {channel: [{"ts": message["ts"]}]}}
        return {"ok": True, "files": [{"id": one["id"], "title": one.get("title")} for one in given]}

    def _files_info(self, form: Json) -> Json:
        file = self.files.get(form["file"])
        if file is None:
            return {"ok": False, "error": "file_not_found"}
        self.shares_after -= 1
        hidden: Json = {"shares": {}} if self.shares_after >= 0 else {}
        return {"ok": True, "file": {**file, **hidden}}

    def _users_info(self, form: Json) -> Json:
        person = self.people.get(form["user"])
        return {"ok": True, "user": person} if person else {"ok": False, "error": "user_not_found"}

    def _users_conversations(self, form: Json) -> Json:
        asked = form["types"].split(",")
        kinds = {ident: "im" if one.get("is_im") else "public_channel" for ident, one in self.channels.items()}
        return self._page(form, "channels", [one for ident, one in self.channels.items() if kinds[ident] in asked])

    def _conversations_history(self, form: Json) -> Json:
        said = self.messages[form["channel"]]
        roots = [m for m in said if m.get("thread_ts", m["ts"]) == m["ts"] and float(m["ts"]) >= float(form["oldest"])]
        return self._page(form, "messages", [self._with_replies(m, said) for m in reversed(roots)])

    def _conversations_replies(self, form: Json) -> Json:
        said = self.messages[form["channel"]]
        return self._page(form, "messages", [m for m in said if m.get("thread_ts") == form["ts"]])

    def _apps_connections_open(self, _: Json) -> Json:
        return {"ok": True, "url": f"{self.origin.replace('http', 'ws')}/socket?ticket=secret-ticket"}

    @staticmethod
    def _with_replies(message: Json, said: list[Json]) -> Json:
        replies = [m["ts"] for m in said if m.get("thread_ts") == message["ts"] != m["ts"]]
        return {**message, **({"reply_count": len(replies), "latest_reply": max(replies)} if replies else {})}

    @staticmethod
    def _page(form: Json, name: str, items: list[Json]) -> Json:
        start, limit = int(form.get("cursor") or 0), int(form.get("limit", 100))
        following = str(start + limit) if start + limit < len(items) else ""
        return {"ok": True, name: items[start : start + limit], "response_metadata": {"next_cursor": following}}

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if (failed := await self.faulted(request, "upload")) is not None:
            return failed
        self.contents[request.match_info["file"]] = content
        self.file_headers.append(request.headers.copy())
        return web.Response(text="OK")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.file_headers.append(request.headers.copy())
        if (failed := await self.faulted(request, "download")) is not None:
            return failed
        if self.redirect:
            return web.Response(status=302, headers={"Location": self.redirect})
        return web.Response(body=self.contents[request.match_info["file"]])

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets += 1
        await socket.send_json({"type": "hello", "num_connections": 1})
        reader = asyncio.create_task(self._acknowledgements(socket))
        while not socket.closed:
            envelope = await self.envelopes.get()
            if envelope.get("cut"):
                await socket.close()
            else:
                await socket.send_json(envelope)
            if envelope.get("type") == "disconnect":
                break
        await reader
        return socket

    async def _acknowledgements(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.acknowledged.append(json.loads(message.data)["envelope_id"])
                async with self._changed:
                    self._changed.notify_all()

    def _next(self) -> int:
        self._number += 1
        return self._number
