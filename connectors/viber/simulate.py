"""Write what Viber would deliver for a made-up customer: a real callback, signed, for the demo. Pure."""

import base64
import json
from typing import Any

from pydantic import BaseModel

from connectors.viber.settings import ViberSettings
from connectors.viber.verify import HEADER, QUERY, signature
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the callback, or None for what Viber never tells."""
    match said.kind:
        case SimulatedKind.message if not said.group:
            sender = {
                "id": _user(said),
                "name": said.name,
                "language": said.language,
                "country": "PL",
                "api_version": 10,
            }
            told: dict[str, Any] = {"event": "message", "message_token": 5_000_000_000_000_000_000 + said.number}
            told |= {"sender": sender, "message": _message(said), "silent": False}
        case SimulatedKind.read:
            told = {"event": "seen", "message_token": _about(said), "user_id": _user(said)}
        case SimulatedKind.bounce:
            told = {"event": "failed", "message_token": _about(said), "user_id": _user(said), "desc": said.text}
        case _:
            return None
    body = {**told, "timestamp": int(said.at.timestamp() * 1000), "chat_hostname": "SN-CHAT-DEMO"}
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return RawEvent(kind="webhook", body=written, received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which Viber would tell an event."""
    if not isinstance(settings, ViberSettings):
        raise TypeError("these are not settings of Viber")
    signed = signature(raw.body, settings.token.get_secret_value())
    headers = {HEADER: signed, "content-type": "application/json"}
    return WebhookRequest(
        method="POST", url=f"{url}?{QUERY}={signed}", headers=headers, query={QUERY: signed}, body=raw.body
    )


def _message(said: SimulatedMessage) -> dict[str, Any]:
    if said.place:
        latitude, longitude = said.place
        return {"type": "location", "location": {"lat": latitude, "lon": longitude}}
    if said.files:
        return {"text": said.text, **_file(said.files[0])}
    return {"type": "text", "text": said.text}


def _file(file: SimulatedFile) -> dict[str, Any]:
    """Return a file. The demo finds its content by the key, with which its address ends."""
    kind = {"image": "picture", "video": "video"}.get(file.media_type.partition("/")[0], "file")
    named = {"file_name": file.name, "file_size": len(file.content)} if kind == "file" else {}
    return {"type": kind, "media": f"https://media.invalid/{file.key}", **named}


def _about(said: SimulatedMessage) -> Any:
    """Viber's own ids are numbers; those of the demo may be words."""
    return int(said.about) if said.about and said.about.isdecimal() else said.about


def _user(said: SimulatedMessage) -> str:
    return said.address or base64.b64encode(f"demo person {said.person:05d}".encode()).decode()


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address="Halden Shop",
    settings={"token": "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9", "api_url": "https://viber.invalid/pa"},
)
