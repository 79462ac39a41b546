"""The PBX: what happens to channels and bridges, and which events that makes, in Asterisk's order.

Sources: Asterisk 22's api-docs, and its res_stasis*, res_ari* and stasis_* modules for order and errors.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from itertools import count

from tests.peers.fake_ari.audio import wav
from tests.peers.fake_ari.clock import Clock, Timer
from tests.peers.fake_ari.parts import (
    Application,
    Bridge,
    Channel,
    Json,
    LiveRecording,
    Playback,
    StoredRecording,
    stamp,
)
from tests.peers.fake_ari.spec import AriSpec

CAUSES = {
    0: "Unknown",
    1: "Unallocated (unassigned) number",
    16: "Normal Clearing",
    17: "User busy",
    18: "No user responding",
    19: "User alerting, no answer",
    20: "Subscriber absent",
    21: "Call Rejected",
    26: "Answered elsewhere",
    34: "Circuit/channel congestion",
    38: "Network out of order",
}
DIAL_STATUS = {3: "CHANUNAVAIL", 17: "BUSY", 20: "CHANUNAVAIL", 34: "CONGESTION"}
"""As `ast_hangup_cause_to_dial_status` of Asterisk's channel.c has it: all others are NOANSWER."""


class Pbx:
    """All state, and all that can happen to it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.spec = AriSpec.load()
        self.channels: dict[str, Channel] = {}
        self.bridges: dict[str, Bridge] = {}
        self.playbacks: dict[str, Playback] = {}
        self.live: dict[str, LiveRecording] = {}
        self.stored: dict[str, StoredRecording] = {}
        self.applications: dict[str, Application] = {}
        self.variables: dict[str, str] = {}
        self.configured: dict[str, dict[str, str]] = {}
        """What was put by ARI into `class/type/id`."""
        self.started = self.clock.now()
        self.modules = ["res_stasis_answer", "res_stasis_playback", "res_stasis_recording", "res_stasis_snoop"]
        self.trunks = ["trunk"]
        self.sounds_missing: set[str] = set()
        """Media that cannot be played."""
        self.playback_seconds = 0.0
        self.problems: list[str] = []
        """Where a request, an answer or an event differs from Asterisk's api-docs."""
        self.events: list[Json] = []
        """All that were sent, in order."""
        self.waiting: set[asyncio.Event] = set()
        """Set after each event and each request."""
        self.reach: Callable[[Channel], None] = lambda channel: self.hang_up(channel, 20)
        """Rings the device at a channel's endpoint; nobody is there until the server knows phones."""
        self.devices: Callable[[], list[str]] = list
        """The endpoints there are."""
        self._numbers = count(1)
        self._ringing: dict[str, Timer] = {}

    # events

    def emit(self, kind: str, *about: Channel | Bridge | None, only: str | None = None, **fields: object) -> None:
        """Send an event to every application that hears of one of these channels and bridges."""
        at = stamp(self.clock.now())
        for app in list(self.applications.values()):
            hears = app.everything or any(
                thing is not None
                and thing.id in (app.channels | app.followed if isinstance(thing, Channel) else app.bridges)
                for thing in about
            )
            if kind not in app.unwanted and ((app.name == only) if only is not None else hears):
                event = {"type": kind, "timestamp": at, **fields, "asterisk_id": "02:42:ac:11:00:02"}
                self._send(app, {**event, "application": app.name})

    def _send(self, app: Application, event: Json) -> None:
        if self.spec is not None:
            self.problems += self.spec.event_problems(event)
        if app.send is not None:
            self.events.append(event)
            app.send(json.dumps(event))
            self.stirred()

    def stirred(self) -> None:
        """Let who waits for something look again."""
        for waiter in self.waiting:
            waiter.set()

    def registered(self, name: str) -> bool:
        """Tell whether an application is connected."""
        return name in self.applications and self.applications[name].send is not None

    def app(self, name: str) -> Application:
        """The application of this name, connected or not."""
        return self.applications.setdefault(name, Application(name=name))

    # channels

    def new_channel(self, name: str, *, channel_id: str = "", state: str = "Down", **known: str) -> Channel:
        """Create a channel; ids are as Asterisk makes them unless one is given."""
        number = next(self._numbers)
        made = channel_id or f"{int(self.clock.now().timestamp())}.{number}"
        channel = Channel(id=made, name=f"{name}-{number:08x}", state=state, created=self.clock.now())
        for attribute, value in known.items():
            setattr(channel, attribute, value)
        self.channels[channel.id] = channel
        self.emit("ChannelCreated", channel, channel=channel.snapshot())
        return channel

    def set_state(self, channel: Channel, state: str) -> None:
        """Move a channel on."""
        if channel.state != state:
            channel.state = state
            self.emit("ChannelStateChange", channel, channel=channel.snapshot())

    def enter(self, channel: Channel, app: str, args: Sequence[str], replaces: Channel | None = None) -> bool:
        """Put a channel into an application; False if that is not connected."""
        if not self.registered(app):
            return False
        channel.app, channel.args = app, list(args)
        self.app(app).channels.add(channel.id)
        more = {"replace_channel": replaces.snapshot()} if replaces is not None else {}
        self.emit("StasisStart", only=app, args=list(args), channel=channel.snapshot(), **more)
        return True

    def leave(self, channel: Channel) -> None:
        """Take a channel out of its application; it then hears no more of it."""
        if channel.app is not None:
            app, channel.app = channel.app, None
            self.emit("StasisEnd", only=app, channel=channel.snapshot())
            if not channel.hung_up:
                self.app(app).channels.discard(channel.id)

    def hang_up(self, channel: Channel, cause: int = 16, *, soft: bool = False, device_only: bool = False) -> None:
        """End a channel, with all that hangs on it."""
        if channel.hung_up:
            return
        channel.hung_up = True
        channel.cause = cause
        if channel.id in self._ringing:
            self._ringing.pop(channel.id).cancel()
        was_up = channel.state == "Up" or channel.waits_for is None
        if was_up and not device_only:
            more: Json = {"soft": True} if soft else {}
            self.emit("ChannelHangupRequest", channel, channel=channel.snapshot(), cause=cause, **more)
        for playback in list(channel.playbacks):
            self.end_playback(playback, "failed")
        if channel.recording is not None:
            self.finish_recording(channel.recording)
        if channel.bridge is not None:
            self.leave_bridge(channel)
        for spy in [one for one in self.channels.values() if one.spies_on is channel]:
            self.hang_up(spy, device_only=True)
        if channel.waits_for is not None:
            status = DIAL_STATUS.get(cause, "NOANSWER")
            self.emit("Dial", channel, peer=channel.snapshot(), dialstatus=status, dialstring=channel.endpoint)
        self.leave(channel)
        self.emit(
            "ChannelDestroyed",
            channel,
            channel=channel.snapshot(),
            cause=cause,
            cause_txt=CAUSES.get(cause, "Interworking, unspecified"),
        )
        self.channels.pop(channel.id, None)
        for app in self.applications.values():
            app.channels.discard(channel.id)
            app.followed.discard(channel.id)

    def originate(
        self, endpoint: str, *, channel_id: str, app: str, args: Sequence[str], caller: str, seconds: int
    ) -> Channel:
        """Ring a device; it enters the application when it answers."""
        channel = self.new_channel(endpoint.split("@")[0], channel_id=channel_id)
        channel.endpoint = endpoint.partition("/")[2]
        channel.number, channel.connected = "", caller
        channel.waits_for, channel.args = app, list(args)
        # ARI subscribes the application only after the channel was created: it does not hear of its creation
        self.app(app).channels.add(channel.id)
        self.emit("Dial", channel, peer=channel.snapshot(), dialstatus="", dialstring=channel.endpoint)
        if seconds > 0:
            self._ringing[channel.id] = self.clock.later(seconds, lambda: self.hang_up(channel, 19))
        return channel

    def ring(self, channel: Channel) -> None:
        """The device rings."""
        self.set_state(channel, "Ringing")
        self.emit("Dial", channel, peer=channel.snapshot(), dialstatus="RINGING", dialstring=channel.endpoint)

    def answered(self, channel: Channel) -> None:
        """The device that rang was answered."""
        if channel.id in self._ringing:
            self._ringing.pop(channel.id).cancel()
        app, channel.waits_for = channel.waits_for, None
        self.set_state(channel, "Up")
        self.emit("Dial", channel, peer=channel.snapshot(), dialstatus="ANSWER", dialstring=channel.endpoint)
        if app is not None and not self.enter(channel, app, channel.args):
            self.hang_up(channel, 0)

    def press(self, channel: Channel, digit: str) -> None:
        """A key was pressed and let go."""
        self.emit("ChannelDtmfReceived", channel, digit=digit, duration_ms=120, channel=channel.snapshot())
        if channel.bridge is not None and channel.bridge.kind == "mixing":
            for other in channel.bridge.channels:
                other.digits_sent += digit if other is not channel else ""
        recording = channel.recording
        if recording is not None and recording.finish_on in (digit, "any"):
            self.finish_recording(recording)

    # bridges

    def add(self, bridge: Bridge, channel: Channel) -> None:
        """Let a channel hear a bridge."""
        if channel.bridge is bridge:
            return
        if channel.bridge is not None:
            self.leave_bridge(channel)
        channel.bridge = bridge
        channel.rings, channel.music = False, None
        bridge.channels.append(channel)
        self.emit("ChannelEnteredBridge", bridge, channel, bridge=bridge.snapshot(), channel=channel.snapshot())

    def leave_bridge(self, channel: Channel) -> None:
        """Take a channel out of its bridge."""
        bridge = channel.bridge
        if bridge is not None:
            channel.bridge = None
            bridge.channels.remove(channel)
            self.emit("ChannelLeftBridge", bridge, channel, bridge=bridge.snapshot(), channel=channel.snapshot())

    def destroy(self, bridge: Bridge) -> None:
        """Take a bridge away."""
        for channel in list(bridge.channels):
            self.leave_bridge(channel)
        for playback in list(bridge.playbacks):
            self.end_playback(playback, "failed")
        if bridge.recording is not None:
            self.finish_recording(bridge.recording)
        self.bridges.pop(bridge.id, None)
        self.emit("BridgeDestroyed", bridge, bridge=bridge.snapshot())
        for app in self.applications.values():
            app.bridges.discard(bridge.id)

    # sounds

    def play(self, playback: Playback) -> None:
        """Queue sounds; one after the other on each target."""
        self.playbacks[playback.id] = playback
        playback.target.playbacks.append(playback)
        if playback.target.playbacks[0] is playback:
            self._start_playback(playback)

    def _start_playback(self, playback: Playback) -> None:
        self._soon(lambda: self._playing(playback))

    def _playing(self, playback: Playback) -> None:
        if playback.id not in self.playbacks:
            return
        if self.sounds_missing.intersection(playback.media):
            self.end_playback(playback, "failed")
            return
        playback.state = "playing"
        self.emit("PlaybackStarted", playback.target, playback=playback.snapshot())
        self.clock.later(self.playback_seconds, lambda: self.end_playback(playback, "done"))

    def end_playback(self, playback: Playback, state: str) -> None:
        """A playback is over."""
        if self.playbacks.pop(playback.id, None) is None:
            return
        playback.state = state
        playback.target.playbacks.remove(playback)
        self.emit("PlaybackFinished", playback.target, playback=playback.snapshot())
        if playback.target.playbacks:
            self._start_playback(playback.target.playbacks[0])

    # recordings

    def record(self, recording: LiveRecording, seconds: int) -> None:
        """Begin a recording, soon."""
        self.live[recording.name] = recording
        recording.target.recording = recording
        self._soon(lambda: self._recording(recording, seconds))

    def _recording(self, recording: LiveRecording, seconds: int) -> None:
        if recording.name not in self.live:
            return
        recording.state, recording.began = "recording", self.clock.now()
        self.emit("RecordingStarted", recording.target, recording=recording.snapshot())
        if seconds:
            self.clock.later(seconds, lambda: self.finish_recording(recording))

    def finish_recording(self, recording: LiveRecording, *, keep: bool = True) -> None:
        """End a recording; it becomes a stored one unless it is thrown away."""
        if self.live.pop(recording.name, None) is None:
            return
        recording.target.recording = None
        if recording.began is not None:
            recording.seconds = (self.clock.now() - recording.began).total_seconds()
        recording.state = "done" if keep else "canceled"
        if keep:
            tone = 440 if recording.name.endswith("c") else 880
            content = wav(recording.seconds, tone, silent=recording.muted)
            self.stored[recording.name] = StoredRecording(recording.name, recording.format, content)
        self.emit("RecordingFinished", recording.target, recording=recording.snapshot(done=True))

    def fail_recording(self, recording: LiveRecording, cause: str) -> None:
        """The disk is full, say."""
        self.live.pop(recording.name, None)
        recording.target.recording = None
        recording.state, recording.cause = "failed", cause
        self.emit("RecordingFailed", recording.target, recording=recording.snapshot())

    def _soon(self, act: Callable[[], None]) -> None:
        """Do it right after the answer of the request that asked for it."""
        self.clock.later(0, act)

    # all at once

    def restart(self) -> None:
        """Asterisk was restarted: everything that lived is gone, and nobody hears of it."""
        for app in self.applications.values():
            app.send = None
        self.channels.clear()
        self.bridges.clear()
        self.playbacks.clear()
        self.live.clear()
        self.clock.stop()
        self._ringing.clear()
        self.started = self.clock.now()
