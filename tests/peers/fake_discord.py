"""A fake of Discord on loopback: REST API, CDN, and a gateway that numbers, replays and forgets as Discord's does.

async with FakeDiscord() as discord:
    anna = discord.person("Anna Example")
    await discord.says(anna, discord.talk(anna), "Hello")     # told by the gateway
    assert discord.texts(discord.talk(anna)) == ["Hello"]
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.peers.fake_gateway import ME, MESSAGE_CONTENT, TOKEN, FakeGateway, Json
from tests.peers.faulty_server import Fault

BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)
"""When the first message is said; each comes a second later."""
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


@dataclass
class Sent:
    """One message our bot sent, as it arrived."""

    channel: str
    body: Json
    files: dict[str, tuple[str, bytes]]


class FakeDiscord(FakeGateway):
    """The server, and the handle of the test."""

    def __init__(self, begin: datetime = BEGIN) -> None:
        super().__init__()
        self._begin = begin
        self.people: dict[str, Json] = {}
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.members: dict[tuple[str, str], Json] = {}
        self.contents: dict[str, bytes] = {}
        self.calls: list[tuple[str, str]] = []
        self.sent: list[Sent] = []
        self.typing: list[str] = []
        self.flags = 1 << 19
        self.starts_left = 1000
        self._number = 0

    @property
    def url(self) -> str:
        """Base address of the REST API, as in the connector's setting."""
        return f"{self.origin}/api/v10"

    # -- the test's side

    def person(self, name: str, **more: Any) -> Json:
        """Make a person."""
        ident = self._id()
        handle = name.split()[0].lower()
        self.people[ident] = {"id": ident, "username": handle, "global_name": name, "bot": False, **more}
        return self.people[ident]

    def guild(self, name: str = "Halden") -> str:
        """Make a server our bot is in."""
        ident = self._id()
        self.guilds[ident] = {"id": ident, "name": name}
        return ident

    def channel(self, guild: str, name: str, kind: int = 0, parent: str = "") -> str:
        """Make a channel, category or thread in a server."""
        ident = self._id()
        self.channels[ident] = {"id": ident, "guild_id": guild, "name": name, "type": kind, "parent_id": parent or None}
        self.messages[ident] = []
        return ident

    def talk(self, person: Json) -> str:
        """Return the channel of the direct talk with a person."""
        known = (one["id"] for one in self.channels.values() if one.get("recipient") == person["id"])
        found = next(known, "")
        if not found:
            found = self._id()
            self.channels[found] = {"id": found, "type": 1, "recipient": person["id"]}
            self.messages[found] = []
        return found

    async def says(self, person: Json, channel: str, content: str, **more: Any) -> Json:
        """Let a person write, and the gateway tell it."""
        message = self._message(person, channel, content, **more)
        guild = self.channels[channel].get("guild_id")
        member = self.members.get((guild or "", person["id"]), {"roles": [], "nick": None})
        await self.tells("MESSAGE_CREATE", {**message, **({"guild_id": guild, "member": member} if guild else {})})
        return message

    async def presses(self, person: Json, message: Json, data: str, *, token: str = "interaction-token") -> None:
        """Let a person press a button in a direct talk."""
        told = {"id": self._id(), "token": token, "type": 3, "channel_id": message["channel_id"], "user": person}
        await self.tells(
            "INTERACTION_CREATE", {**told, "message": message, "data": {"component_type": 2, "custom_id": data}}
        )

    def writes_unheard(self, person: Json, channel: str, content: str, **more: Any) -> Json:
        """Let a person write without the gateway telling it."""
        return self._message(person, channel, content, **more)

    def texts(self, channel: str) -> list[str]:
        """Return the texts in a channel."""
        return [message["content"] for message in self.messages[channel]]

    def refuse(self, name: str, status: int, code: int = 0, **more: Any) -> None:
        """Answer the next call of `METHOD /path` with an error."""
        body = {"code": code, "message": "an explanation", **more}
        self.fail(Fault(method=name, status=status, body=json.dumps(body).encode()))

    # -- the server's side

    def routes(self) -> list[web.RouteDef]:
        """Return the API, the CDN and the gateway."""
        return [
            web.get("/gateway/", self._gateway),
            web.get("/cdn/{file}", self._cdn),
            web.route("*", "/api/v10/{path:.*}", self._api),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        name = f"{request.method} {path.split('/')[-1]}"
        body, files = await _read(request)
        if (failed := await self.faulted(request, name)) is not None:
            return failed
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        self.calls.append((request.method, path))
        answer = self._answer(request.method, path.split("/"), body, files, request.query)
        async with self._changed:
            self._changed.notify_all()
        if answer is None:
            return web.json_response({"message": "Unknown Channel", "code": 10003}, status=404)
        return web.json_response(answer)

    def _answer(self, method: str, path: list[str], body: Json, files: Any, query: Any) -> Any:
        match path:
            case ["channels", channel, *rest] if channel in self.channels:
                return self._in_channel(channel, [method, *rest], body, files, query)
            case ["interactions", _, _, "callback"]:
                return {}
            case ["guilds", guild, *rest]:
                return self._in_guild(guild, rest)
            case ["users", "@me", "channels"]:
                person = self.people.get(body["recipient_id"])
                return {"id": self.talk(person), "type": 1} if person else None
            case _:
                return self._about_us("/".join(path))

    def _about_us(self, path: str) -> Any:
        limit = {"total": 1000, "remaining": self.starts_left, "reset_after": 90_000}
        gateway = self.origin.replace("http", "ws") + "/gateway"
        return {
            "users/@me": {"id": ME, "username": "halden_shop", "bot": True},
            "users/@me/guilds": list(self.guilds.values()),
            "applications/@me": {"id": ME, "flags": self.flags},
            "gateway/bot": {"url": gateway, "session_start_limit": limit},
        }.get(path)

    def _in_guild(self, guild: str, path: list[str]) -> Any:
        match path:
            case ["channels"]:
                return self._of(guild, threads=False)
            case ["threads", "active"]:
                return {"threads": self._of(guild, threads=True)}
            case ["members", person]:
                return self.members.get((guild, person), {"roles": [], "nick": None})
            case _:
                return None

    def _in_channel(self, channel: str, asked: list[str], body: Json, files: Any, query: Any) -> Any:
        match asked:
            case ["GET"]:
                return self.channels[channel]
            case ["POST", "typing"]:
                self.typing.append(channel)
                return {}
            case ["GET", "messages"]:
                after = [m for m in self.messages[channel] if int(m["id"]) > int(query["after"])]
                return list(reversed(after[: int(query["limit"])]))
            case ["GET", "messages", ident]:
                return next((m for m in self.messages[channel] if m["id"] == ident), None)
            case ["POST", "messages"]:
                return self._take(channel, body, files)
            case _:
                return None

    def guild_creates(self) -> list[Json]:
        """Return what the gateway tells of each server at the beginning of a session."""
        return [
            {"id": guild, "channels": self._of(guild, threads=False), "threads": self._of(guild, threads=True)}
            for guild in self.guilds
        ]

    def _of(self, guild: str, *, threads: bool) -> list[Json]:
        found = [one for one in self.channels.values() if one.get("guild_id") == guild]
        return [
            {**one, "last_message_id": self.messages[one["id"]][-1]["id"] if self.messages[one["id"]] else None}
            for one in found
            if (one["type"] in (10, 11, 12)) == threads
        ]

    def _take(self, channel: str, body: Json, files: dict[str, tuple[str, bytes]]) -> Json:
        known = (m for m in self.messages[channel] if body.get("enforce_nonce") and m.get("nonce") == body["nonce"])
        if (already := next(known, None)) is not None:
            return already
        self.sent.append(Sent(channel, body, files))
        me = {"id": ME, "username": "halden_shop", "bot": True}
        return self._message(me, channel, body["content"], nonce=body.get("nonce"))

    def _message(self, person: Json, channel: str, content: str, **more: Any) -> Json:
        ident = self._id()
        at = _EPOCH + timedelta(milliseconds=int(ident) >> 22)
        message = {
            "id": ident, "channel_id": channel, "author": person, "content": content, "type": 0,
            "timestamp": at.isoformat(), "edited_timestamp": None, "attachments": [], "embeds": [], "mentions": [],
            **more,
        }  # fmt: skip
        self.messages[channel].append(message)
        return message

    async def _cdn(self, request: web.Request) -> web.StreamResponse:
        content = self.contents.get(request.match_info["file"])
        if content is None or "Authorization" in request.headers:
            return web.Response(status=404)
        return web.Response(body=content)

    def _id(self) -> str:
        self._number += 1
        at = self._begin + timedelta(seconds=self._number)
        return str((int((at - _EPOCH) / timedelta(milliseconds=1)) << 22) + self._number)


async def _read(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """Return a request's JSON and files."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        files = {
            name: (part.filename, part.file.read()) for name, part in form.items() if isinstance(part, web.FileField)
        }
        payload = form["payload_json"]
        assert isinstance(payload, str | bytes | bytearray)
        return json.loads(payload), files
    raw = await request.read()
    return (json.loads(raw) if raw else {}), {}


__all__ = ["BEGIN", "ME", "MESSAGE_CONTENT", "TOKEN", "FakeDiscord", "Sent"]
