"""What ARI's operations on bridges and recordings do to the PBX."""

from uuid import uuid4

from tests.peers.fake_ari.operations import (
    Done,
    Params,
    Refused,
    operation,
    start_playback,
    start_recording,
)
from tests.peers.fake_ari.parts import Bridge, Channel, LiveRecording, StoredRecording
from tests.peers.fake_ari.pbx import Pbx


def _bridge(pbx: Pbx, params: Params) -> Bridge:
    bridge = pbx.bridges.get(params["bridgeId"])
    if bridge is None:
        raise Refused(404, "Bridge not found")
    return bridge


def _named(pbx: Pbx, params: Params) -> list[Channel]:
    found = [pbx.channels.get(name) for name in params["channel"].split(",")]
    if not all(found):
        raise Refused(400, "Channel not found")
    channels = [channel for channel in found if channel is not None]
    if any(channel.app is None for channel in channels):
        raise Refused(422, "Channel not in Stasis application")
    return channels


@operation("GET", "/bridges")
def bridges(pbx: Pbx, _params: Params) -> Done:
    return Done([bridge.snapshot() for bridge in pbx.bridges.values()])


@operation("GET", "/bridges/{bridgeId}")
def bridge_get(pbx: Pbx, params: Params) -> Done:
    return Done(_bridge(pbx, params).snapshot())


@operation("POST", "/bridges")
@operation("POST", "/bridges/{bridgeId}")
def bridge_create(pbx: Pbx, params: Params) -> Done:
    made = params.get("bridgeId") or str(uuid4())
    if made in pbx.bridges:
        raise Refused(409, "Bridge with the same bridgeId already exists")
    kinds = params.get("type", "mixing").split(",")
    kind = "holding" if "holding" in kinds else "mixing"
    bridge = Bridge(id=made, kind=kind, created=pbx.clock.now(), name=params.get("name", ""))
    pbx.bridges[made] = bridge
    for app in pbx.applications.values():
        app.bridges.add(made)
    pbx.emit("BridgeCreated", bridge, bridge=bridge.snapshot())
    return Done(bridge.snapshot())


@operation("DELETE", "/bridges/{bridgeId}")
def bridge_destroy(pbx: Pbx, params: Params) -> Done:
    bridge = _bridge(pbx, params)
    pbx.clock.later(0, lambda: pbx.destroy(bridge))
    return Done()


@operation("POST", "/bridges/{bridgeId}/addChannel")
def bridge_add(pbx: Pbx, params: Params) -> Done:
    bridge = _bridge(pbx, params)
    for channel in _named(pbx, params):
        if channel.recording is not None:
            raise Refused(409, f"Channel {channel.id} currently recording")
        pbx.add(bridge, channel)
    return Done()


@operation("POST", "/bridges/{bridgeId}/removeChannel")
def bridge_remove(pbx: Pbx, params: Params) -> Done:
    bridge = _bridge(pbx, params)
    for channel in _named(pbx, params):
        if channel.bridge is not bridge:
            raise Refused(422, "Channel not in this bridge")
        pbx.leave_bridge(channel)
    return Done()


@operation("POST", "/bridges/{bridgeId}/moh")
def bridge_moh(pbx: Pbx, params: Params) -> Done:
    _bridge(pbx, params).music = params.get("mohClass", "default")
    return Done()


@operation("DELETE", "/bridges/{bridgeId}/moh")
def bridge_moh_stop(pbx: Pbx, params: Params) -> Done:
    _bridge(pbx, params).music = None
    return Done()


@operation("POST", "/bridges/{bridgeId}/play")
@operation("POST", "/bridges/{bridgeId}/play/{playbackId}")
def bridge_play(pbx: Pbx, params: Params) -> Done:
    return start_playback(pbx, _bridge(pbx, params), params)


@operation("POST", "/bridges/{bridgeId}/record")
def bridge_record(pbx: Pbx, params: Params) -> Done:
    return start_recording(pbx, _bridge(pbx, params), params)


# recordings


def _live(pbx: Pbx, params: Params) -> LiveRecording:
    recording = pbx.live.get(params["recordingName"])
    if recording is None:
        raise Refused(404, "Recording not found")
    return recording


def _stored(pbx: Pbx, params: Params) -> StoredRecording:
    recording = pbx.stored.get(params["recordingName"])
    if recording is None:
        raise Refused(404, "Recording not found")
    return recording


@operation("GET", "/recordings/stored")
def stored(pbx: Pbx, _params: Params) -> Done:
    return Done([recording.snapshot() for recording in pbx.stored.values()])


@operation("GET", "/recordings/stored/{recordingName}")
def stored_get(pbx: Pbx, params: Params) -> Done:
    return Done(_stored(pbx, params).snapshot())


@operation("GET", "/recordings/stored/{recordingName}/file")
def stored_file(pbx: Pbx, params: Params) -> Done:
    return Done(_stored(pbx, params).content)


@operation("DELETE", "/recordings/stored/{recordingName}")
def stored_delete(pbx: Pbx, params: Params) -> Done:
    del pbx.stored[_stored(pbx, params).name]
    return Done()


@operation("GET", "/recordings/live/{recordingName}")
def live_get(pbx: Pbx, params: Params) -> Done:
    return Done(_live(pbx, params).snapshot())


@operation("DELETE", "/recordings/live/{recordingName}")
def live_cancel(pbx: Pbx, params: Params) -> Done:
    pbx.finish_recording(_live(pbx, params), keep=False)
    return Done()


@operation("POST", "/recordings/live/{recordingName}/stop")
def live_stop(pbx: Pbx, params: Params) -> Done:
    recording = _live(pbx, params)
    pbx.clock.later(0, lambda: pbx.finish_recording(recording))
    return Done()


@operation("POST", "/recordings/live/{recordingName}/pause")
def live_pause(pbx: Pbx, params: Params) -> Done:
    _in_session(_live(pbx, params)).state = "paused"
    return Done()


@operation("DELETE", "/recordings/live/{recordingName}/pause")
def live_unpause(pbx: Pbx, params: Params) -> Done:
    _in_session(_live(pbx, params)).state = "recording"
    return Done()


@operation("POST", "/recordings/live/{recordingName}/mute")
def live_mute(pbx: Pbx, params: Params) -> Done:
    _in_session(_live(pbx, params)).muted = True
    return Done()


@operation("DELETE", "/recordings/live/{recordingName}/mute")
def live_unmute(pbx: Pbx, params: Params) -> Done:
    _in_session(_live(pbx, params)).muted = False
    return Done()


def _in_session(recording: LiveRecording) -> LiveRecording:
    if recording.state not in ("recording", "paused"):
        raise Refused(409, "Recording not in session")
    return recording
