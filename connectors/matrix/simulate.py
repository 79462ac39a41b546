"""Write what a homeserver would tell of a made-up customer: a real event of a room, for the demo. Pure."""

import json
from hashlib import sha256
from typing import Any

from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation

_SERVER = "matrix.invalid"


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the event, or None for what Matrix has no way to say."""
    user = said.address or f"@{said.email.partition('@')[0].lower()}.{said.person}:{_SERVER}"
    at = int(said.at.timestamp() * 1000)
    if said.kind is SimulatedKind.read:
        content: dict[str, Any] = {str(said.about): {"m.read": {user: {"ts": at}}}}
        return _told("receipt", said, user, {"type": "m.receipt", "content": content})
    event = {
        "event_id": f"$demo-{said.number}",
        "sender": user,
        "origin_server_ts": at,
        "type": "m.room.message",
    }
    match said.kind:
        case SimulatedKind.message:
            kind, content = _message(said)
            return _told("event", said, user, {**event, "type": kind, "content": content})
        case SimulatedKind.edit:
            new = {"msgtype": "m.text", "body": said.text}
            relation = {"rel_type": "m.replace", "event_id": said.about}
            content = {"msgtype": "m.text", "body": f"* {said.text}", "m.new_content": new, "m.relates_to": relation}
            return _told("event", said, user, {**event, "content": content})
        case SimulatedKind.reaction:
            content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": said.about, "key": said.text}}
            return _told("event", said, user, {**event, "type": "m.reaction", "content": content})
        case _:
            return None


def _message(said: SimulatedMessage) -> tuple[str, dict[str, Any]]:
    if said.place:
        latitude, longitude = said.place
        geo = f"geo:{latitude},{longitude}"
        return "m.room.message", {"msgtype": "m.location", "body": said.text or "Location", "geo_uri": geo}
    if said.files:
        return "m.room.message", _file(said.files[0], said.text)
    content: dict[str, Any] = {"msgtype": "m.text", "body": said.text}
    if said.about is not None:
        content["m.relates_to"] = {"m.in_reply_to": {"event_id": said.about}}
    return "m.room.message", content


def _file(file: SimulatedFile, caption: str) -> dict[str, Any]:
    info = {"mimetype": file.media_type, "size": len(file.content), "w": file.width, "h": file.height}
    kind = {"image": "m.image", "audio": "m.audio", "video": "m.video"}.get(file.media_type.partition("/")[0], "m.file")
    return {
        "msgtype": kind,
        "body": caption or file.name,
        "filename": file.name,
        "url": f"mxc://{_SERVER}/{file.key}",
        "info": {key: value for key, value in info.items() if value is not None},
    }


def _told(kind: str, said: SimulatedMessage, user: str, event: dict[str, Any]) -> RawEvent:
    room_id = f"!{sha256((said.group or user).encode()).hexdigest()[:18]}:{_SERVER}"
    room = {
        "id": room_id,
        "name": said.group,
        "with": "" if said.group else user,
        "others": [user],
        "people": {user: said.name},
    }
    body = json.dumps({"us": said.us, "room": room, "event": event}, ensure_ascii=False, separators=(",", ":"))
    return RawEvent(kind=kind, body=body.encode(), received_at=said.received_at)


SIMULATION = Simulation(
    write=simulate,
    address=f"@halden-shop:{_SERVER}",
    settings={"homeserver": f"https://{_SERVER}", "access_token": "demo_token_of_no_account"},
)
