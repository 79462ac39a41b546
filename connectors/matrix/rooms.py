"""What we know of each room, learned from syncs: its name, who is in it, whether it is a direct chat.

An event alone tells none of this, and `parse` may not ask; so every journaled event carries what its room was when we
heard of it (`envelope`). Nothing here is state: it is learned anew at every start.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.matrix.ids import media_parts
from connectors.matrix.wire import number, objects, text, texts, under

_NAMES_KEPT = 500
"""Display names and pictures remembered for one room; those of an answer's senders come with every answer."""
_HEROES = 10


@dataclass(slots=True)
class Room:
    """One room as the last sync left it."""

    id: str
    name: str = ""
    alias: str = ""
    encrypted: bool = False
    joined: int = 0
    invited: int = 0
    heroes: tuple[str, ...] = ()
    """Up to five others, by whom clients name a room without a name."""
    people: dict[str, str] = field(default_factory=dict)
    """Display names by user id."""
    portraits: dict[str, str] = field(default_factory=dict)
    """Pictures (`mxc://…`) of members, and of the room under its own id; "" of who has none."""

    def take_state(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Learn from state events, oldest first."""
        for event in events:
            content = under(event, "content")
            match event.get("type"):
                case "m.room.name":
                    self.name = text(content, "name")
                case "m.room.canonical_alias":
                    self.alias = text(content, "alias")
                case "m.room.encryption":
                    self.encrypted = True
                case "m.room.avatar":
                    self._take_portrait(self.id, text(content, "url"))
                case "m.room.member":
                    self._take_member(text(event, "state_key"), content)

    def take_summary(self, summary: Mapping[str, Any]) -> None:
        """Learn from a sync's summary; what it leaves out has not changed."""
        if "m.heroes" in summary:
            self.heroes = tuple(texts(summary.get("m.heroes")))[:_HEROES]
        self.joined = number(summary, "m.joined_member_count", self.joined)
        self.invited = number(summary, "m.invited_member_count", self.invited)

    def _take_member(self, user: str, content: Mapping[str, Any]) -> None:
        name = text(content, "displayname")
        # an event of leaving need not repeat the profile
        if user and content.get("membership") == "join":
            self._take_portrait(user, text(content, "avatar_url"))
        if user and (name or user in self.people):
            _keep(self.people, user, name)

    def _take_portrait(self, ident: str, source: str) -> None:
        _keep(self.portraits, ident, source if media_parts(source) else "")

    def other(self, us: str) -> str:
        """Return whom a direct chat is with; "" for a group. A room that somebody named is a group."""
        others = [user for user in self.heroes if user != us]
        direct = len(others) == 1 and self.joined + self.invited <= 2 and not self.name and not self.alias
        return others[0] if direct else ""

    def envelope(self, event: Mapping[str, Any], us: str) -> bytes:
        """Return an event with what `parse` has to know of its room, as JSON."""
        others = [user for user in self.heroes if user != us]
        named = dict.fromkeys([text(event, "sender"), text(event, "state_key"), *others])
        room = {
            "id": self.id,
            "name": self.name or self.alias or ", ".join(self.people.get(user, user) for user in others),
            "with": self.other(us),
            "others": others,
            "people": {user: self.people[user] for user in named if user and self.people.get(user)},
        }
        if seen := {one: self.portraits[one] for one in (self.id, *named) if one in self.portraits}:
            room["portraits"] = seen
        return json.dumps({"us": us, "room": room, "event": event}, separators=(",", ":")).encode()


def _keep(known: dict[str, str], ident: str, value: str) -> None:
    known.pop(ident, None)
    known[ident] = value
    while len(known) > _NAMES_KEPT:
        del known[next(iter(known))]


@dataclass(slots=True)
class Rooms:
    """All rooms we are in."""

    known: dict[str, Room] = field(default_factory=dict)

    def take(self, answer: Mapping[str, Any]) -> None:
        """Learn from a sync's answer, before its events are read."""
        rooms = under(answer, "rooms")
        for name in ("join", "leave"):
            for room_id, told in under(rooms, name).items():
                if not isinstance(told, dict):
                    continue
                room = self.room(room_id)
                room.take_summary(under(told, "summary"))
                room.take_state(objects(under(told, "state").get("events")))
                timeline = objects(under(told, "timeline").get("events"))
                room.take_state(event for event in timeline if "state_key" in event)

    def room(self, room_id: str) -> Room:
        """Return a room; a blank one if we know nothing of it."""
        return self.known.setdefault(room_id, Room(room_id))
