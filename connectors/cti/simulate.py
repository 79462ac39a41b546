"""Write what a telephone system would tell of a made-up call: the bodies of its requests, for the demo. Pure."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from hub.contract import RawEvent, SimulatedCall, SimulatedMessage, Simulation
from hub.domain.callflow.steps import browser_identity

HOST = "https://telephone.invalid"
_SHORT = timedelta(seconds=1)


def simulate(said: SimulatedMessage) -> RawEvent | None:  # noqa: ARG001 - nobody can write here
    """Return None: this channel carries calls only."""
    return None


def calls(call: SimulatedCall) -> Sequence[RawEvent]:
    """Return what is told of a call: started, ringing, answered, ended, and where its recording is."""
    phone = {"agent": browser_identity(call.agent)} if call.agent is not None else {}
    told = [_told(call, "started", call.began_at, {} if call.inbound else phone)]
    if call.inbound and phone:
        told.append(_told(call, "ringing", call.began_at + _SHORT, phone))
    if call.answered_at is not None:
        told.append(_told(call, "answered", call.answered_at, phone))
    told.append(_told(call, "ended", call.ended_at, {"cause": call.ending}))
    if call.recording:
        voicemail = call.ending == "voicemail"
        found = {
            "recording_url": f"{HOST}/{call.recording}",
            "recording": call.id,
            "duration": call.seconds,
            "kind": "voicemail" if voicemail else "call",
            "lanes": "" if voicemail else "agent,contact",
        }
        told.append(_told(call, "recording", call.ended_at + _SHORT, found))
    return told


def _told(call: SimulatedCall, event: str, at: datetime, more: dict[str, object] | dict[str, str]) -> RawEvent:
    customer = call.caller or "anonymous"
    body = {
        "event": event,
        "id": call.id,
        "direction": "in" if call.inbound else "out",
        "from": customer if call.inbound else call.us,
        "to": call.us if call.inbound else customer,
        "at": at.isoformat(),
        **more,
    }
    return RawEvent(kind="webhook", body=json.dumps(body).encode(), received_at=at + timedelta(milliseconds=300))


SIMULATION = Simulation(
    write=simulate,
    calls=calls,
    address="+442079460123",
    settings={"number": "+442079460123", "secret": "demo-demo-demo-demo"},
)
