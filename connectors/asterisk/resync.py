"""After a connection is made: what Asterisk has, against what we remember. Events are not told twice, so this tells.

Gone channels are told as gone, calls nobody told us of as found, recordings that were finished meanwhile as finished;
calls that live are led on; what is left of others is taken away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._lib.loose_json import Json, inner, text
from connectors.asterisk import ids
from connectors.asterisk.client import Ari, AriRefused, part
from connectors.asterisk.cursor import Memory
from connectors.asterisk.live import MESSAGE, POSITION, RECORDING, Leg, Restored
from connectors.asterisk.news import ENDED, FOUND, GONE, SEEN, comes_from_outside, time_of
from hub.domain.call_marks import Party

LOOK_BACK = 24 * 3600.0
"""Seconds: recordings begun so long before the last event are told again; the hub knows which it has."""
RESTARTED = "The hub was restarted before the customer was called. Call again."


@dataclass(slots=True)
class TakenUp:
    """A call that goes on."""

    channel: Json
    legs: list[Leg] = field(default_factory=list)
    restored: Restored = field(default_factory=Restored)


@dataclass(slots=True)
class Found:
    """What the comparison found."""

    news: list[Json] = field(default_factory=list)
    """To be journaled, in order."""
    calls: list[TakenUp] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    """Paths of what nobody needs any more."""


class Resync:
    """One comparison."""

    def __init__(self, ari: Ari, app: str, memory: Memory, now: str) -> None:
        self._ari = ari
        self._app = app
        self._memory = memory
        self._now = now

    async def look(self) -> Found:
        """Ask Asterisk for all it has and compare. Changes the memory, and nothing at Asterisk."""
        ours = await self._application()
        channels = {text(one, "id"): one for one in objects_of(await self._ari.ask("GET", "/channels"))}
        bridges = objects_of(await self._ari.ask("GET", "/bridges"))
        found = Found()
        self._gone(found, channels)
        self._new(found, channels, ours)
        await self._living(found, channels, bridges)
        await self._recorded(found)
        return found

    async def _application(self) -> frozenset[str]:
        """The channels the application hears of; none if Asterisk does not know it yet."""
        try:
            known = await self._ari.ask("GET", f"/applications/{part(self._app)}")
        except AriRefused:
            return frozenset()
        listed = known.get("channel_ids") if isinstance(known, dict) else ()
        return frozenset(one for one in listed or () if isinstance(one, str))

    def _gone(self, found: Found, channels: dict[str, Json]) -> None:
        gone = [(channel, call) for channel, call in self._memory.channels.items() if channel not in channels]
        # legs first: a call's own end comes last
        for channel, call in sorted(gone, key=lambda one: (one[1], one[0] == one[1])):
            found.news.append({"type": GONE, "timestamp": self._now, "channel": {"id": channel}, "hub_call": call})
            self._memory.forget(channel)

    def _new(self, found: Found, channels: dict[str, Json], ours: frozenset[str]) -> None:
        for channel_id, channel in channels.items():
            in_app = text(inner(channel, "dialplan"), "app_name") == "Stasis" and channel_id in ours
            if in_app and comes_from_outside(channel) and channel_id not in self._memory.channels:
                found.news.append({"type": FOUND, "timestamp": self._now, "channel": channel, "args": []})
                self._memory.keep(channel_id, channel_id)

    async def _living(self, found: Found, channels: dict[str, Json], bridges: Sequence[Json]) -> None:
        rooms = rooms_of(bridges)
        legs: dict[str, list[Leg]] = {}
        for channel_id, channel in channels.items():
            call = ids.call_of(channel_id) or self._memory.channels.get(channel_id, "")
            if not call or call == channel_id or ids.is_spy(channel_id):
                continue
            if call in channels:
                legs.setdefault(call, []).append(_leg(channel_id, channel))
                self._memory.keep(channel_id, call)
            elif ids.leg_of(channel_id):
                found.orphans.append(f"/channels/{part(channel_id)}")
                if ids.call_id_of(call):
                    found.news.append({"type": ENDED, "timestamp": self._now, "call": call, "detail": RESTARTED})
        for call in {call for call in self._memory.channels.values() if call in channels}:
            if _led_elsewhere(channels[call], rooms):
                continue
            restored = Restored(rooms=rooms, variables=await self._variables(call))
            inside = {name: room for name, room in rooms.items() if name == call or ids.call_of(name) == call}
            inside = {name: room for name, room in inside.items() if not ids.is_spy(name) and room in ("b", "h", "q")}
            if inside:
                found.news.append({"type": SEEN, "timestamp": self._now, "call": call, "rooms": inside})
            found.calls.append(TakenUp(channel=channels[call], legs=legs.get(call, []), restored=restored))
        for bridge in bridges:
            room = ids.bridge_of(text(bridge, "id"))
            if room is not None and room[1] not in channels:
                found.orphans.append(f"/bridges/{part(text(bridge, 'id'))}")

    async def _variables(self, call: str) -> dict[str, str]:
        known: dict[str, str] = {}
        for name in (POSITION, MESSAGE, RECORDING):
            try:
                told = await self._ari.ask("GET", f"/channels/{part(call)}/variable", {"variable": name})
            except AriRefused:
                continue
            known[name] = text(told, "value") if isinstance(told, dict) else ""
        return known

    async def _recorded(self, found: Found) -> None:
        last = time_of(self._memory.last)
        if last is None:
            return
        for stored in objects_of(await self._ari.ask("GET", "/recordings/stored")):
            name = ids.recording_of(text(stored, "name"))
            if name is None or name.began is None or name.began < last.timestamp() - LOOK_BACK:
                continue
            recording = {"name": str(name), "format": text(stored, "format"), "state": "done"}
            found.news.append({"type": "RecordingFinished", "timestamp": self._now, "recording": recording})


def _led_elsewhere(channel: Json, rooms: dict[str, str]) -> bool:
    """Tell whether a phone's own transfer gave the customer to the dialplan: then only the end of it is ours to tell.

    Whom we called is in no dialplan, so there only being connected with nobody of ours tells it.
    """
    channel_id = text(channel, "id")
    if channel_id in rooms:
        return False
    if ids.call_id_of(channel_id):
        return text(channel, "state") == "Up"
    return text(inner(channel, "dialplan"), "app_name") != "Stasis"


def rooms_of(bridges: Sequence[Json]) -> dict[str, str]:
    """Which of its call's bridges each channel is in."""
    found: dict[str, str] = {}
    for bridge in bridges:
        room = ids.bridge_of(text(bridge, "id"))
        inside = bridge.get("channels")
        if room is not None and isinstance(inside, list):
            found |= {channel: room[0] for channel in inside if isinstance(channel, str)}
    return found


def _leg(channel_id: str, channel: Json) -> Leg:
    name = ids.leg_of(channel_id)
    entered = text(channel, "state") == "Up"
    if name is None:
        return Leg(id=channel_id, party=Party.agent, entered=entered)
    return Leg(id=channel_id, party=name.party, user_id=name.user_id, entered=entered)


def objects_of(answer: Any) -> list[Json]:
    """Return the objects of a list; empty for anything else."""
    return [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
