"""What ARI's operations do to the PBX: channels, playbacks, applications, the system; bridges are in `bridging`."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from tests.peers.fake_ari.parts import Bridge, Channel, LiveRecording, Playback, stamp
from tests.peers.fake_ari.pbx import Pbx

Params = Mapping[str, Any]


class Refused(Exception):
    """ARI answers with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Done:
    """The answer of an operation."""

    def __init__(self, body: object = None, status: int = 0) -> None:
        self.body = body
        self.status = status or (204 if body is None else 200)


Operation = Callable[[Pbx, Params], Done]
OPERATIONS: dict[tuple[str, str], Operation] = {}
"""(HTTP method, path template) -> what it does."""


def operation(method: str, template: str) -> Callable[[Operation], Operation]:
    """Register an operation."""

    def register(act: Operation) -> Operation:
        OPERATIONS[method, template] = act
        return act

    return register


def find_channel(pbx: Pbx, params: Params, *, stasis: bool = True, name: str = "channelId") -> Channel:
    """The channel an operation names."""
    channel = pbx.channels.get(params[name])
    if channel is None:
        raise Refused(404, "Channel not found")
    if stasis and channel.app is None:
        raise Refused(409, "Channel not in Stasis application")
    return channel


# channels


@operation("GET", "/channels")
def channels(pbx: Pbx, _params: Params) -> Done:
    return Done([channel.snapshot() for channel in pbx.channels.values()])


@operation("GET", "/channels/{channelId}")
def channel_get(pbx: Pbx, params: Params) -> Done:
    return Done(find_channel(pbx, params, stasis=False).snapshot())


@operation("POST", "/channels")
@operation("POST", "/channels/{channelId}")
def originate(pbx: Pbx, params: Params) -> Done:
    made = params.get("channelId") or ""
    if made in pbx.channels:
        raise Refused(409, "Channel with given unique ID already exists")
    if len(made) > 149:
        raise Refused(400, "Uniqueid length exceeds maximum of 149")
    if ("app" in params) == ("extension" in params):
        raise Refused(400, "Application or extension must be specified")
    if not re.fullmatch(r"\w+/.+", params["endpoint"]):
        raise Refused(400, "Invalid endpoint specified")
    channel = pbx.originate(
        params["endpoint"],
        channel_id=made,
        app=params["app"],
        args=params.get("appArgs", "").split(",") if params.get("appArgs") else [],
        caller=params.get("callerId", ""),
        seconds=int(params.get("timeout", 30)),
    )
    channel.variables |= params.get("variables", {})
    shown = channel.snapshot()
    pbx.reach(channel)
    return Done(shown)


@operation("DELETE", "/channels/{channelId}")
def channel_delete(pbx: Pbx, params: Params) -> Done:
    reasons = {"normal": 16, "busy": 17, "congestion": 34, "no_answer": 19, "timeout": 19, "rejected": 21}
    reasons |= {"answered_elsewhere": 26, "failure": 38, "unallocated": 1}
    cause = int(params["reason_code"]) if "reason_code" in params else reasons.get(params.get("reason", "normal"), 16)
    channel = find_channel(pbx, params, stasis=False)
    # the channel's own thread ends it, after the request was answered
    pbx.clock.later(0, lambda: pbx.hang_up(channel, cause, soft=True))
    return Done()


@operation("POST", "/channels/{channelId}/continue")
def channel_continue(pbx: Pbx, params: Params) -> Done:
    channel = find_channel(pbx, params)
    channel.exten = params.get("extension", channel.exten)
    channel.context = params.get("context", channel.context)
    if channel.bridge is not None:
        pbx.leave_bridge(channel)
    pbx.leave(channel)
    return Done()


@operation("POST", "/channels/{channelId}/answer")
def channel_answer(pbx: Pbx, params: Params) -> Done:
    pbx.set_state(find_channel(pbx, params), "Up")
    return Done()


@operation("POST", "/channels/{channelId}/ring")
def ring(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).rings = True
    return Done()


@operation("DELETE", "/channels/{channelId}/ring")
def ring_stop(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).rings = False
    return Done()


@operation("POST", "/channels/{channelId}/dtmf")
def dtmf(pbx: Pbx, params: Params) -> Done:
    if not params.get("dtmf"):
        raise Refused(400, "DTMF is required")
    find_channel(pbx, params).digits_sent += params["dtmf"]
    return Done()


@operation("POST", "/channels/{channelId}/mute")
def mute(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).muted.add(params.get("direction", "both"))
    return Done()


@operation("DELETE", "/channels/{channelId}/mute")
def unmute(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).muted.discard(params.get("direction", "both"))
    return Done()


@operation("POST", "/channels/{channelId}/hold")
def hold(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).on_hold = True
    return Done()


@operation("DELETE", "/channels/{channelId}/hold")
def unhold(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).on_hold = False
    return Done()


@operation("POST", "/channels/{channelId}/moh")
def moh(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).music = params.get("mohClass", "default")
    return Done()


@operation("DELETE", "/channels/{channelId}/moh")
def moh_stop(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).music = None
    return Done()


@operation("POST", "/channels/{channelId}/play")
@operation("POST", "/channels/{channelId}/play/{playbackId}")
def channel_play(pbx: Pbx, params: Params) -> Done:
    channel = find_channel(pbx, params)
    if channel.state not in ("Up", "Ring"):
        raise Refused(412, "Channel in invalid state")
    return start_playback(pbx, channel, params)


def start_playback(pbx: Pbx, target: Channel | Bridge, params: Params) -> Done:
    """Play on a channel or a bridge."""
    made = params.get("playbackId") or str(uuid4())
    playback = Playback(made, params["media"].split(","), target)
    pbx.play(playback)
    return Done(playback.snapshot(), 201)


@operation("POST", "/channels/{channelId}/record")
def channel_record(pbx: Pbx, params: Params) -> Done:
    channel = find_channel(pbx, params)
    if channel.bridge is not None:
        raise Refused(409, "Channel is currently bridged with other channels")
    return start_recording(pbx, channel, params)


def start_recording(pbx: Pbx, target: Channel | Bridge, params: Params) -> Done:
    """Record a channel or a bridge."""
    name = params["name"]
    if not name or ".." in name or name.startswith("/"):
        raise Refused(400, "Invalid recording name")
    if params["format"] not in ("wav", "wav16", "gsm", "ulaw", "alaw", "sln16"):
        raise Refused(422, "The format specified is unknown on this system")
    if name in pbx.live:
        raise Refused(409, "A recording with the same name already exists on the system and can not be overwritten")
    if name in pbx.stored and params.get("ifExists", "fail") == "fail":
        raise Refused(409, "A recording with the same name already exists on the system and can not be overwritten")
    recording = LiveRecording(name, params["format"], target, finish_on=params.get("terminateOn", "none"))
    shown = recording.snapshot()
    pbx.record(recording, int(params.get("maxDurationSeconds", 0)))
    return Done(shown, 201)


@operation("GET", "/channels/{channelId}/variable")
def variable(pbx: Pbx, params: Params) -> Done:
    known = find_channel(pbx, params).variables
    if params["variable"] not in known:
        raise Refused(404, "Provided variable was not found")
    return Done({"value": known[params["variable"]]})


@operation("POST", "/channels/{channelId}/variable")
def variable_set(pbx: Pbx, params: Params) -> Done:
    find_channel(pbx, params).variables[params["variable"]] = params.get("value", "")
    return Done()


@operation("POST", "/channels/{channelId}/snoop")
@operation("POST", "/channels/{channelId}/snoop/{snoopId}")
def snoop(pbx: Pbx, params: Params) -> Done:
    target = find_channel(pbx, params, stasis=False)
    spy, whisper = params.get("spy", "none"), params.get("whisper", "none")
    if spy == whisper == "none":
        raise Refused(400, "Direction must be specified for at least spy or whisper")
    if not pbx.registered(params["app"]):
        raise Refused(400, "Application not registered")
    made = params.get("snoopId") or ""
    if made in pbx.channels:
        raise Refused(400, "Channel with given unique ID already exists")
    channel = pbx.new_channel(f"Snoop/{target.id}", channel_id=made, state="Up")
    channel.spies_on, channel.spy, channel.whisper = target, spy, whisper
    shown = channel.snapshot()
    args = params.get("appArgs", "").split(",") if params.get("appArgs") else []
    pbx.clock.later(0, partial(_enter, pbx, channel, params["app"], args))
    return Done(shown)


def _enter(pbx: Pbx, channel: Channel, app: str, args: list[str]) -> None:
    pbx.enter(channel, app, args)


# playbacks


@operation("GET", "/playbacks/{playbackId}")
def playback_get(pbx: Pbx, params: Params) -> Done:
    return Done(_playback(pbx, params).snapshot())


@operation("DELETE", "/playbacks/{playbackId}")
def playback_stop(pbx: Pbx, params: Params) -> Done:
    playback = _playback(pbx, params)
    pbx.clock.later(0, lambda: pbx.end_playback(playback, "done"))
    return Done()


def _playback(pbx: Pbx, params: Params) -> Playback:
    playback = pbx.playbacks.get(params["playbackId"])
    if playback is None:
        raise Refused(404, "Playback not found")
    return playback


# applications


@operation("GET", "/applications")
def applications(pbx: Pbx, _params: Params) -> Done:
    return Done([app.snapshot() for app in pbx.applications.values()])


@operation("GET", "/applications/{applicationName}")
def application(pbx: Pbx, params: Params) -> Done:
    if params["applicationName"] not in pbx.applications:
        raise Refused(404, "Application not found")
    return Done(pbx.applications[params["applicationName"]].snapshot())


@operation("POST", "/applications/{applicationName}/subscription")
def subscribe(pbx: Pbx, params: Params) -> Done:
    if params["applicationName"] not in pbx.applications:
        raise Refused(404, "Application not found")
    app = pbx.applications[params["applicationName"]]
    for source in params["eventSource"].split(","):
        kind, _, name = source.partition(":")
        if kind == "channel" and name in pbx.channels:
            app.followed.add(name)
        elif kind == "bridge" and name in pbx.bridges:
            app.bridges.add(name)
        else:
            raise Refused(422, "Event source does not exist")
    return Done(app.snapshot())


@operation("PUT", "/applications/{applicationName}/eventFilter")
def event_filter(pbx: Pbx, params: Params) -> Done:
    if params["applicationName"] not in pbx.applications:
        raise Refused(404, "Application not found")
    app = pbx.applications[params["applicationName"]]
    app.unwanted = {one["type"] for one in params["filter"].get("disallowed", [])}
    return Done(app.snapshot())


# the system


@operation("GET", "/asterisk/modules")
def modules(pbx: Pbx, _params: Params) -> Done:
    about = {"description": "", "use_count": 0, "status": "Running", "support_level": "core"}
    return Done([{"name": f"{name}.so", **about} for name in pbx.modules])


@operation("GET", "/endpoints/{tech}/{resource}")
def endpoint(pbx: Pbx, params: Params) -> Done:
    if params["resource"] not in pbx.trunks:
        raise Refused(404, "Endpoint not found")
    return Done({"technology": params["tech"], "resource": params["resource"], "state": "online", "channel_ids": []})


@operation("GET", "/asterisk/info")
def info(pbx: Pbx, params: Params) -> Done:
    shown = {
        "build": {
            "os": "Linux",
            "kernel": "6.1.0",
            "machine": "x86_64",
            "options": "OPTIONAL_API",
            "date": "2026-10-02 10:00:00 UTC",
            "user": "root",
        },
        "system": {"version": "22.10.1", "entity_id": "02:42:ac:11:00:02"},
        "config": {"name": "", "default_language": "en", "setid": {"user": "", "group": ""}},
        "status": {"startup_time": stamp(pbx.started), "last_reload_time": stamp(pbx.started)},
    }
    return Done({params["only"]: shown[params["only"]]} if "only" in params else shown)


@operation("GET", "/asterisk/ping")
def ping(pbx: Pbx, _params: Params) -> Done:
    return Done({"asterisk_id": "02:42:ac:11:00:02", "ping": "pong", "timestamp": stamp(pbx.clock.now())})


@operation("GET", "/asterisk/variable")
def global_variable(pbx: Pbx, params: Params) -> Done:
    return Done({"value": pbx.variables.get(params["variable"], "")})


@operation("PUT", "/asterisk/config/dynamic/{configClass}/{objectType}/{id}")
def configure(pbx: Pbx, params: Params) -> Done:
    if params["configClass"] != "res_pjsip":
        raise Refused(404, "Could not find sorcery instance for configuration class")
    fields = {str(one["attribute"]): str(one["value"]) for one in params.get("fields", [])}
    pbx.configured[f"res_pjsip/{params['objectType']}/{params['id']}"] = fields
    return Done([{"attribute": name, "value": value} for name, value in fields.items()])


@operation("GET", "/sounds")
def sounds(_pbx: Pbx, _params: Params) -> Done:
    return Done([{"id": "hello-world", "formats": [{"language": "en", "format": "gsm"}]}])


@operation("GET", "/endpoints")
def endpoints(pbx: Pbx, _params: Params) -> Done:
    found = [name.partition("/") for name in pbx.devices()]
    return Done(
        [{"technology": tech, "resource": name, "state": "online", "channel_ids": []} for tech, _, name in found]
    )
