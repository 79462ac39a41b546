"""Listens to one account: the endless sync, the gaps it leaves filled from the rooms' history.

The cursor is the `next_batch` of the last sync that was told whole. A sync names at most `_AT_ONCE` events of a room;
if more happened (`limited`), the rest is read back from the history until the last sync, or, in a room just joined,
until the invitation: a customer writes before we have accepted.
https://spec.matrix.org/latest/client-server-api/#syncing
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.matrix.client import Client, Patience, Refused, Silent
from connectors.matrix.invites import Guests
from connectors.matrix.rooms import Room, Rooms
from connectors.matrix.wire import number, objects, text, under
from connectors.matrix.words import account_error
from hub.contract import RawEvent, Tools

_log = logging.getLogger(__name__)

_AT_ONCE = 50
_FORGOTTEN = timedelta(days=7)
"""How far back rooms are read when the homeserver does not know our cursor any more."""
_STATE = [
    *("m.room.name", "m.room.canonical_alias", "m.room.encryption", "m.room.member", "m.room.create"),
    *("m.room.avatar", "m.room.tombstone"),
]
_NONE: dict[str, object] = {"not_types": ["*"]}
_MEMBERS = {"lazy_load_members": True, "include_redundant_members": True}


def _filter(events: int, ephemeral: Mapping[str, object], *, never: Sequence[str] = ()) -> str:
    """Return what a sync shall tell, as JSON: https://spec.matrix.org/latest/client-server-api/#filtering."""
    room = {
        "account_data": _NONE,
        "ephemeral": ephemeral,
        "timeline": {"limit": events, **_MEMBERS},
        "state": {"types": _STATE, **_MEMBERS},
        "not_rooms": list(never),
    }
    return json.dumps({"presence": _NONE, "account_data": _NONE, "room": room}, separators=(",", ":"))


def _look(now: datetime) -> str:
    """Return the filter for what all rooms are like now.

    Synapse answers the same first sync from a cache for two minutes; naming a room that does not exist makes it new.
    """
    return _filter(1, _NONE, never=[f"!{now.timestamp()}:invalid"])


_NEWS = _filter(_AT_ONCE, {"types": ["m.receipt"]})
_HISTORY = json.dumps(_MEMBERS, separators=(",", ":"))


class Listener:
    """One run of listening."""

    def __init__(self, client: Client, tools: Tools, guests: Guests, patience: Patience) -> None:
        self._client = client
        self._tools = tools
        self._guests = guests
        self._patience = patience
        self._rooms = Rooms()
        self._us = ""

    async def listen(self, cursor: str | None) -> AsyncIterator[tuple[RawEvent | None, str | None]]:
        """Yield events for ever. Raises CredentialsRefused, ConnectorError."""
        try:
            self._us = await self._client.whoami()
            look = await self._client.sync(None, settings=_look(self._tools.now()))
            self._learn(look)
            since = cursor or text(look, "next_batch")
            yield None, since
            hold = 0.0
            while True:
                try:
                    answer = await self._sync(since, hold)
                except Refused as error:
                    if error.status != 400 or since != cursor:
                        raise
                    # the server has forgotten where we were (it was restored, or is another program now)
                    _log.warning("matrix: the homeserver does not know the last position; reading a week of history")
                    async for raw in self._week(look):
                        yield raw, None
                    since = text(look, "next_batch")
                    continue
                hold = self._patience.hold
                self._learn(answer)
                async for raw in self._events(answer, since):
                    yield raw, None
                since = text(answer, "next_batch")
                yield None, since
        except (Refused, Silent) as error:
            raise account_error(error) from None
        finally:
            await self._guests.close()

    def _learn(self, answer: Mapping[str, Any]) -> None:
        self._rooms.take(answer)
        self._guests.take(under(under(answer, "rooms"), "invite"), self._us)

    async def _sync(self, since: str, hold: float) -> Mapping[str, Any]:
        while True:
            try:
                return await self._client.sync(since, settings=_NEWS, hold=hold)
            except Refused as error:
                if error.status != 429 or error.after is None:
                    raise
                await asyncio.sleep(error.after.total_seconds())

    async def _events(self, answer: Mapping[str, Any], since: str) -> AsyncIterator[RawEvent]:
        rooms = under(answer, "rooms")
        for room_id, told in {**under(rooms, "leave"), **under(rooms, "join")}.items():
            room, timeline = self._rooms.room(room_id), under(told, "timeline")
            recent, reached, joined = _since_invited(objects(timeline.get("events")), self._us)
            if not reached and (joined or timeline.get("limited") is True):
                async for event in self._earlier(room, text(timeline, "prev_batch"), since, joined=joined):
                    yield self._raw("event", room, event)
            for event in recent:
                yield self._raw("event", room, event)
            for event in objects(under(told, "ephemeral").get("events")):
                yield self._raw("receipt", room, event)

    async def _earlier(
        self, room: Room, before: str, since: str, *, joined: bool, begin: float = 0
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Yield what a sync left out, page by page from the newest, each page in the order it was said.

        It ends at `since`, or if we joined meanwhile at our invitation; nothing said before `begin` (milliseconds).
        """
        reached = False
        while before and not reached:
            until = None if joined else since
            try:
                page = await self._client.messages(room.id, before, until=until, settings=_HISTORY)
            except Refused as error:
                # we are not in the room any more, or its history is not ours to read
                if error.status in (403, 404):
                    return
                raise
            room.take_state(objects(page.get("state")))
            newest_first = objects(page.get("chunk"))
            events, reached, joined_here = _since_invited(newest_first[::-1], self._us)
            joined = joined or joined_here
            for event in events:
                if number(event, "origin_server_ts") >= begin:
                    yield event
            reached = reached or bool(events and number(events[0], "origin_server_ts") < begin)
            end = text(page, "end")
            before = "" if end == before else end

    async def _week(self, look: Mapping[str, Any]) -> AsyncIterator[RawEvent]:
        """Yield what every room said in the last week; the hub knows what it has."""
        begin = (self._tools.now() - _FORGOTTEN).timestamp() * 1000
        for room_id, told in under(under(look, "rooms"), "join").items():
            room, timeline = self._rooms.room(room_id), under(told, "timeline")
            for newest in objects(timeline.get("events")):
                yield self._raw("event", room, newest)
            async for event in self._earlier(room, text(timeline, "prev_batch"), "", joined=True, begin=begin):
                yield self._raw("event", room, event)

    def _raw(self, kind: str, room: Room, event: Mapping[str, Any]) -> RawEvent:
        """An event with its room; many come in one answer, so each is written out again."""
        return RawEvent(kind=kind, body=room.envelope(event, self._us), received_at=self._tools.now())


async def look_around(client: Client, now: datetime) -> tuple[Rooms, Mapping[str, Any]]:
    """Return all rooms and the invitations nobody answered. Raises Refused, Silent."""
    answer = await client.sync(None, settings=_look(now))
    rooms = Rooms()
    rooms.take(answer)
    return rooms, under(under(answer, "rooms"), "invite")


def _since_invited(events: Sequence[Mapping[str, Any]], us: str) -> tuple[Sequence[Mapping[str, Any]], bool, bool]:
    """Return the events that concern us, oldest first; whether their beginning is reached; whether we joined in them.

    Nothing before our invitation concerns us, nor before our joining if nobody invited us.
    """
    joined = False
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if event.get("type") != "m.room.member" or event.get("state_key") != us:
            continue
        membership = text(under(event, "content"), "membership")
        before = text(under(under(event, "unsigned"), "prev_content"), "membership")
        if membership == "invite" or (membership == "join" and before not in ("join", "invite")):
            return events[index:], True, joined
        joined = joined or (membership == "join" and before == "invite")
    return events, False, joined
