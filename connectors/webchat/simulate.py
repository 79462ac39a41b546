"""Write what a made-up visitor's browser would say, for the demo. Pure."""

from typing import Any

import orjson

from connectors.webchat.parse import KIND
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation

_VISITOR = "demo-visitor-"


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the frame as `HostsVisitors.frame` binds it to its visitor, or None for what browsers never say."""
    match said.kind:
        case SimulatedKind.message:
            frame = _message(said)
        case SimulatedKind.read if said.about:
            frame = {"type": "read", "id": _id(said), "upto": said.about}
        case _:
            return None
    thread = said.address or f"{_VISITOR}{said.person:06d}"
    return RawEvent(kind=KIND, body=orjson.dumps(frame), headers={"thread": thread}, received_at=said.received_at)


def _message(said: SimulatedMessage) -> dict[str, Any]:
    return {
        "type": "message",
        "id": _id(said),
        "text": said.text,
        "files": [
            {"id": file.key, "name": file.name, "type": file.media_type, "size": len(file.content)}
            for file in said.files
        ],
        "form": dict(said.form),
        "page": said.page,
        "title": said.subject,
        "language": said.language,
    }


def _id(said: SimulatedMessage) -> str:
    return f"demo-{said.number:010d}"


SIMULATION = Simulation(
    write=simulate,
    address="halden.example",
    settings={"title": "Halden Outdoor"},
    plays=lambda address: address.startswith(_VISITOR),
)
