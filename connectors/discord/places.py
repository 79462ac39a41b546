"""Where something is said in a server, and whether the hub listens there. Pure.

https://docs.discord.com/developers/resources/channel#channel-object-channel-types
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from connectors._lib.loose_json import Json, text, whole
from connectors.discord.ids import is_id
from connectors.discord.settings import EVERYWHERE, DiscordSettings

ME = "discord-me"
"""Header of a raw event: our bot's id."""
PLACE = "discord-place"
"""Header of a raw event: where in a server it happened."""

NEEDED = frozenset(
    {
        "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "MESSAGE_REACTION_ADD",
        "MESSAGE_REACTION_REMOVE", "INTERACTION_CREATE",
    }
)  # fmt: skip
"""Events that say something; the gateway's many others are not even stored."""

TALKING = frozenset({0, 2, 5, 10, 11, 12, 13})
"""Kinds of channels that hold messages: text, voice, announcements, threads, stages."""
THREADS = frozenset({10, 11, 12})
HOLDS_THREADS = frozenset({0, 5, 15, 16})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel or thread of a server."""

    id: str
    name: str = ""
    kind: int = 0
    parent: str = ""
    """The channel of a thread, or the category of a channel."""
    above: str = ""
    """The category of a thread's channel."""

    @classmethod
    def of(cls, channel: Json) -> "Place | None":
        """Read a channel object; None if it names none."""
        ident, parent = text(channel, "id"), text(channel, "parent_id")
        if not is_id(ident):
            return None
        kind = whole(channel, "type")
        name = text(channel, "name")[:200]
        return cls(id=ident, name=name, kind=kind if kind is not None else 0, parent=parent if is_id(parent) else "")

    def as_header(self) -> Mapping[str, str]:
        """Return the place as the headers of a raw event, so that `parse` knows it."""
        known = {"id": self.id, "name": self.name, "type": self.kind, "parent_id": self.parent, "above": self.above}
        return {PLACE: json.dumps(known)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the settings say about places and people."""

    channels: frozenset[str] = frozenset()
    staff_roles: frozenset[str] = frozenset()
    staff_ids: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: DiscordSettings) -> "Rules":
        """Read the settings."""
        return cls(
            channels=frozenset(settings.channels),
            staff_roles=frozenset(settings.staff_roles),
            staff_ids=frozenset(settings.staff_ids),
        )

    def listens_to(self, place: Place) -> bool:
        """Tell whether what is said in a place of a server is for us."""
        return EVERYWHERE in self.channels or bool(self.channels & {place.id, place.parent, place.above})
