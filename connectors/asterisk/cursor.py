"""What the listener remembers between two connections: which channels lived, and when it last heard of anything.

ARI tells nothing twice. After a cut only the comparison of this with what Asterisk has now says what is gone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors._lib.loose_json import Json, inner, text
from connectors.asterisk import ids

MOST = 5000
"""Channels remembered: more at once is no telephone system of one hub."""


@dataclass(slots=True)
class Memory:
    """Channels that live, each with its call."""

    last: str = ""
    """Time of the last event, as Asterisk wrote it."""
    channels: dict[str, str] = field(default_factory=dict)
    """Channel id -> call. Channels that listen are not among them."""
    _written: str = ""
    _changed: bool = True

    @staticmethod
    def of(cursor: str | None) -> "Memory":
        """Read a cursor; an unreadable one is like none."""
        try:
            known = json.loads(cursor or "{}")
        except ValueError:
            known = {}
        if not isinstance(known, dict):
            return Memory()
        calls = inner(known, "calls")
        channels = {
            leg if leg.startswith("=") else f"{leg}-{call}" if leg else call: call
            for call, legs in calls.items()
            if isinstance(legs, list)
            for leg in ("", *(one for one in legs if isinstance(one, str)))
        }
        return Memory(last=text(known, "last"), channels={name.removeprefix("="): c for name, c in channels.items()})

    def cursor(self) -> str:
        """Write it down: some 20 letters for a call, 45 for a leg."""
        if self._changed:
            calls: dict[str, list[str]] = {}
            for channel, call in self.channels.items():
                legs = calls.setdefault(call, [])
                if channel != call:
                    ours = ids.call_of(channel) == call
                    legs.append(channel[: -len(call) - 1] if ours else f"={channel}")
            self._written = json.dumps(calls, separators=(",", ":"))
            self._changed = False
        return f'{{"last":{json.dumps(self.last)},"calls":{self._written}}}'

    def hear(self, event: Json) -> Mapping[str, str]:
        """Learn from an event; return the headers that tell its call where its names do not."""
        self.last = text(event, "timestamp") or self.last
        kind, channel = text(event, "type"), text(inner(event, "channel"), "id")
        if kind == "Dial":
            channel = text(inner(event, "peer"), "id")
        named = ids.call_of(channel)
        if not channel or ids.is_spy(channel):
            return {}
        if kind == "ChannelDestroyed":
            call = self.channels.get(channel, "")
            self.forget(channel)
        else:
            call = named or self.channels.get(channel, "") or self._new(event, kind, channel)
            if call:
                self.keep(channel, call)
        return {"call": call} if call and call != (named or channel) else {}

    def keep(self, channel: str, call: str) -> None:
        """Remember a channel that lives."""
        if self.channels.get(channel) != call and len(self.channels) < MOST:
            self.channels[channel] = call
            self._changed = True

    def forget(self, channel: str) -> None:
        """A channel is gone."""
        self._changed = self.channels.pop(channel, None) is not None or self._changed

    def _new(self, event: Json, kind: str, channel: str) -> str:
        """A channel that Asterisk named: a customer's, or one that takes another's place."""
        if kind == "ChannelEnteredBridge":
            room = ids.bridge_of(text(inner(event, "bridge"), "id"))
            return room[1] if room is not None else ""
        if kind != "StasisStart" or ids.agent_of(text(inner(event, "channel"), "name")):
            return ""
        replaced = text(inner(event, "replace_channel"), "id")
        if not replaced:
            return channel
        return ids.call_of(replaced) or self.channels.get(replaced, "")
