"""What an Asterisk is made of: channels, bridges, playbacks, recordings, applications; each with the JSON ARI shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

Json = dict[str, Any]


def stamp(at: datetime) -> str:
    """A time as ARI writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"


@dataclass(eq=False)
class Channel:
    """One leg."""

    id: str
    name: str
    state: str
    created: datetime
    number: str = ""
    caller_name: str = ""
    connected: str = ""
    context: str = "default"
    exten: str = "s"
    endpoint: str = ""
    app: str | None = None
    """The Stasis application it is in."""
    args: list[str] = field(default_factory=list)
    """What it enters the application with, once it is answered."""
    waits_for: str | None = None
    """The application it enters when it is answered."""
    bridge: "Bridge | None" = None
    variables: dict[str, str] = field(default_factory=dict)
    playbacks: list["Playback"] = field(default_factory=list)
    recording: "LiveRecording | None" = None
    cause: int = 16
    music: str | None = None
    """Class of the music it hears."""
    rings: bool = False
    """It hears ringing."""
    on_hold: bool = False
    """We told the device that it is on hold."""
    muted: set[str] = field(default_factory=set)
    spies_on: "Channel | None" = None
    spy: str = "none"
    whisper: str = "none"
    digits_sent: str = ""
    hung_up: bool = False

    def snapshot(self) -> Json:
        """The model `Channel`."""
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "protocol_id": f"{self.id}@192.0.2.10",
            "caller": {"name": self.caller_name, "number": self.number},
            "connected": {"name": "", "number": self.connected},
            "accountcode": "",
            "dialplan": {
                "context": self.context,
                "exten": self.exten,
                "priority": 2,
                "app_name": "Stasis" if self.app else "AppDial2",
                "app_data": ",".join([self.app, *self.args]) if self.app else "(Outgoing Line)",
            },
            "creationtime": stamp(self.created),
            "language": "en",
        }


@dataclass(eq=False)
class Bridge:
    """Channels that hear each other, or music (`holding`)."""

    id: str
    kind: str
    created: datetime
    name: str = ""
    channels: list[Channel] = field(default_factory=list)
    music: str | None = None
    recording: "LiveRecording | None" = None
    playbacks: list["Playback"] = field(default_factory=list)

    def snapshot(self) -> Json:
        """The model `Bridge`."""
        technology = {"mixing": "simple_bridge", "holding": "holding_bridge"}[self.kind]
        return {
            "id": self.id,
            "technology": technology,
            "bridge_type": self.kind,
            "bridge_class": "stasis",
            "creator": "Stasis",
            "name": self.name,
            "channels": [channel.id for channel in self.channels],
            "creationtime": stamp(self.created),
            "video_mode": "talker",
        }


@dataclass(eq=False)
class Playback:
    """Sounds being played."""

    id: str
    media: list[str]
    target: Channel | Bridge
    state: str = "queued"

    def snapshot(self) -> Json:
        """The model `Playback`."""
        return {
            "id": self.id,
            "media_uri": self.media[0],
            "target_uri": uri_of(self.target),
            "language": "en",
            "state": self.state,
        }


@dataclass(eq=False)
class LiveRecording:
    """A recording that runs."""

    name: str
    format: str
    target: Channel | Bridge
    state: str = "queued"
    began: datetime | None = None
    finish_on: str = "none"
    seconds: float = 0.0
    muted: bool = False
    cause: str = ""

    def snapshot(self, *, done: bool = False) -> Json:
        """The model `LiveRecording`."""
        shown: Json = {
            "name": self.name,
            "format": self.format,
            "state": self.state,
            "target_uri": uri_of(self.target),
        }
        if done:
            shown |= {"duration": round(self.seconds)}
        if self.cause:
            shown |= {"cause": self.cause}
        return shown


@dataclass(eq=False)
class StoredRecording:
    """A file of the recordings' folder."""

    name: str
    format: str
    content: bytes

    def snapshot(self) -> Json:
        """The model `StoredRecording`."""
        return {"name": self.name, "format": self.format}


@dataclass(eq=False)
class Application:
    """A Stasis application: whom its events go to, and what it hears of."""

    name: str
    socket: web.WebSocketResponse | None = None
    everything: bool = False
    send: Callable[[str], None] | None = None
    channels: set[str] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    """Channels it asked to hear of, wherever they go."""
    bridges: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)
    """Kinds of events it does not want."""

    def snapshot(self) -> Json:
        """The model `Application`."""
        return {
            "name": self.name,
            "channel_ids": sorted(self.channels | self.followed),
            "bridge_ids": sorted(self.bridges),
            "endpoint_ids": [],
            "device_names": [],
            "events_allowed": [],
            "events_disallowed": [{"type": kind} for kind in sorted(self.unwanted)],
        }


def uri_of(target: Channel | Bridge) -> str:
    """A target as ARI names it."""
    return f"{'channel' if isinstance(target, Channel) else 'bridge'}:{target.id}"
