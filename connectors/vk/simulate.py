"""Write what VK would tell of a made-up customer: a real event with the channel's secret, for the demo. Pure."""

import json
from typing import Any

from pydantic import BaseModel

from connectors.vk.ids import FIRST_CHAT
from connectors.vk.settings import VkSettings
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_GROUP = 100000001
_FIRST_PERSON = 900_000_000


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the event, or None for what VK never tells."""
    thing: dict[str, Any]
    match said.kind:
        case SimulatedKind.message:
            kind, thing = "message_new", {"message": _message(said, said.number), "client_info": {"lang_id": 3}}
        case SimulatedKind.edit:
            kind, thing = "message_edit", {**_message(said, _number(said)), "update_time": int(said.at.timestamp())}
        case SimulatedKind.read:
            kind = "message_read"
            thing = {"from_id": _user(said), "peer_id": _peer(said), "conversation_message_id": _number(said)}
        case SimulatedKind.reaction:
            kind = "message_reaction_event"
            thing = {"reacted_id": _user(said), "peer_id": _peer(said), "cmid": _number(said), "reaction_id": 4}
        case _:
            return None
    event = {"group_id": _GROUP, "type": kind, "event_id": f"demo{said.number:032x}", "v": "5.199", "object": thing}
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return RawEvent(kind="webhook", body=body, received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the request by which VK would tell an event: it repeats our secret in the body."""
    if not isinstance(settings, VkSettings) or settings.secret is None:
        raise TypeError("the demo's VK channel has a secret")
    event = {**json.loads(raw.body), "secret": settings.secret.get_secret_value()}
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return WebhookRequest(method="POST", url=url, headers={"content-type": "application/json"}, query={}, body=body)


def _message(said: SimulatedMessage, number: int) -> dict[str, Any]:
    message: dict[str, Any] = {
        "id": said.number,
        "conversation_message_id": number,
        "date": int(said.at.timestamp()),
        "from_id": _user(said),
        "peer_id": _peer(said),
        "out": 0,
        "random_id": 0,
        "text": said.text,
        "fwd_messages": [],
        "attachments": [_file(file) for file in said.files],
    }
    if said.about and said.kind is SimulatedKind.message:
        message["reply_message"] = {"conversation_message_id": _number(said), "peer_id": _peer(said)}
    if said.place:
        latitude, longitude = said.place
        message["geo"] = {"type": "point", "coordinates": {"latitude": latitude, "longitude": longitude}}
    return message


def _file(file: SimulatedFile) -> dict[str, Any]:
    """Return a file. The demo finds its content by the key, with which its address ends."""
    address = f"https://media.invalid/{file.key}"
    if file.media_type.startswith("image/"):
        size = {"type": "w", "url": address, "width": file.width or 0, "height": file.height or 0}
        return {"type": "photo", "photo": {"id": 1, "owner_id": 1, "sizes": [size]}}
    doc = {"id": 1, "owner_id": 1, "title": file.name, "size": len(file.content), "url": address}
    return {"type": "doc", "doc": doc}


def _number(said: SimulatedMessage) -> int:
    number = (said.about or "").rpartition(":")[2]
    return int(number) if number.isdecimal() else 1


def _user(said: SimulatedMessage) -> int:
    return int(said.address) if said.address.isdecimal() else _FIRST_PERSON + said.person


def _peer(said: SimulatedMessage) -> int:
    return FIRST_CHAT + 1 + sum(said.group.encode()) % 10_000 if said.group else _user(said)


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address="vk.com/demo",
    settings={
        "group_id": _GROUP,
        "token": "demo-token-that-opens-no-community",
        "secret": "DemoSecretOfNobody",
        "api_url": "https://vk.invalid/method",
    },
)
