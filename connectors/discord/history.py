"""Looks for what Discord has since a time, in every place the hub listens to and every direct talk it knows.

https://docs.discord.com/developers/resources/message#get-channel-messages (after=). Discord lists a bot no direct
talks, so those seen are noted in a file that may be lost: it costs only what was said there during a cut.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any

from connectors._lib.loose_json import Json, inner, objects, text, whole
from connectors.discord.client import Client, Refused
from connectors.discord.ids import is_id, snowflake_at
from connectors.discord.places import ME, TALKING, Place, Rules
from connectors.discord.servers import Members, Servers
from hub.contract import RawEvent

_PAGE = 100
_LONGEST_WAIT = 120.0
_MOST_TALKS = 2000


class Talkers:
    """Channels of the direct talks we have seen, newest last."""

    def __init__(self, file: FilePath) -> None:
        self._file = file
        self._channels: dict[str, None] | None = None

    def seen(self, channel: str) -> None:
        """Note a direct talk."""
        known = self._known()
        if channel not in known:
            known[channel] = None
            self._write()

    def all(self) -> list[str]:
        """Return the channels."""
        return list(self._known())

    def _known(self) -> dict[str, None]:
        if self._channels is None:
            try:
                listed = json.loads(self._file.read_text("utf-8"))
            except (OSError, ValueError):
                listed = []
            self._channels = dict.fromkeys(one for one in listed if isinstance(one, str) and is_id(one))
        return self._channels

    def _write(self) -> None:
        kept = list(self._known())[-_MOST_TALKS:]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(kept), "utf-8")
        new.replace(self._file)


class History:
    """The history one bot can read."""

    def __init__(
        self,
        client: Client,
        rules: Rules,
        servers: Servers,
        talkers: Talkers,
        *,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._rules = rules
        self._servers = servers
        self._members = Members(client)
        self._talkers = talkers
        self._now = now
        self._pause = pause
        self._gaps, self._covered = 1, 0

    def broke(self) -> None:
        """Note that a session began anew: what was said before it may have been told to nobody."""
        self._gaps += 1

    async def since(self, at: datetime) -> AsyncIterator[RawEvent]:
        """Yield every message since then as the gateway would have told it. Raises DiscordError.

        Talks are many and each is a request: they are looked into after a gap only.
        """
        me = text(await self._get("/users/@me"), "id")
        oldest, gaps = snowflake_at(at), self._gaps
        for channel in self._talkers.all() if gaps != self._covered else ():
            async for message in self._messages(channel, oldest):
                yield self._raw(message, {ME: me})
        for server in await self._list("/users/@me/guilds"):
            async for place, guild in self._places(text(server, "id"), oldest):
                async for message in self._messages(place.id, oldest):
                    told = {**message, "guild_id": guild}
                    if self._rules.staff_roles and not text(message, "webhook_id"):
                        told["member"] = await self._member(guild, text(inner(message, "author"), "id"))
                    yield self._raw(told, {ME: me, **place.as_header()})
        self._covered = gaps

    async def _places(self, guild: str, oldest: str) -> AsyncIterator[tuple[Place, str]]:
        """Yield the places of a server we listen to in which somebody wrote since then."""
        if not is_id(guild) or not self._rules.channels:
            return
        channels = await self._list(f"/guilds/{guild}/channels")
        threads = objects(await self._get(f"/guilds/{guild}/threads/active"), "threads")
        for channel in (*channels, *threads):
            self._servers.note(channel)
        for channel in (*channels, *threads):
            last = text(channel, "last_message_id")
            place = self._servers.note(channel)
            if place is None or whole(channel, "type") not in TALKING or not self._rules.listens_to(place):
                continue
            if is_id(last) and int(last) >= int(oldest):
                yield place, guild

    async def _messages(self, channel: str, oldest: str) -> AsyncIterator[Json]:
        """Yield a channel's messages after an id, oldest first."""
        after = str(max(0, int(oldest) - 1))
        while True:
            try:
                page = await self._list(f"/channels/{channel}/messages", {"after": after, "limit": str(_PAGE)})
            except Refused as error:
                # the channel is gone or closed to us: there is nothing to find
                if error.status in (403, 404):
                    return
                raise
            known = sorted((one for one in page if is_id(text(one, "id"))), key=lambda one: int(text(one, "id")))
            for message in known:
                yield message
            if len(page) < _PAGE or not known:
                return
            after = text(known[-1], "id")

    async def _member(self, guild: str, person: str) -> Json:
        while True:
            try:
                return await self._members.member(guild, person)
            except Refused as error:
                await self._waited(error)

    async def _list(self, path: str, query: Mapping[str, str] | None = None) -> list[Json]:
        return objects({"items": await self._get(path, query)}, "items")

    async def _get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        while True:
            try:
                return await self._client.get(path, query)
            except Refused as error:
                await self._waited(error)

    async def _waited(self, error: Refused) -> None:
        """Wait as long as Discord asks; raise any other refusal."""
        wait = error.after.total_seconds() if error.after is not None else None
        if wait is None or wait > _LONGEST_WAIT:
            raise error
        await self._pause(wait)

    def _raw(self, message: Json, headers: Mapping[str, str]) -> RawEvent:
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return RawEvent(kind="MESSAGE_CREATE", body=body, headers=headers, received_at=self._now(), recovered=True)
