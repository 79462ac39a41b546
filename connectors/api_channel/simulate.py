"""Write what a shop's own app would tell for a made-up customer: signed events, for the demo. Pure."""

import json
from collections.abc import Mapping

from pydantic import BaseModel

from connectors.api_channel.settings import ApiSettings
from connectors.api_channel.verify import HEADER, signature
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_SYSTEM = "app"


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the event, or None for what an app does not tell."""
    event = _event(said)
    if event is None:
        return None
    body = json.dumps({**event, "occurred_at": said.at.isoformat()}, ensure_ascii=False, separators=(",", ":"))
    return RawEvent(kind="webhook", body=body.encode(), received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which the app would tell an event."""
    if not isinstance(settings, ApiSettings):
        raise TypeError("these are not settings of an API channel")
    signed = signature(settings.secrets, raw.body, raw.received_at)
    headers = {HEADER: signed, "content-type": "application/json"}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=raw.body)


def _event(said: SimulatedMessage) -> Mapping[str, object] | None:
    match said.kind:
        case SimulatedKind.message:
            return _message(said)
        case SimulatedKind.edit:
            return {"type": "edit", "message": said.about, "text": said.text}
        case SimulatedKind.reaction:
            emojis = [said.text] if said.text else []
            return {"type": "reaction", "message": said.about, "sender": _person(said), "emojis": emojis}
        case SimulatedKind.read:
            return {"type": "receipt", "message": said.about, "state": "read", "up_to": True}
        case SimulatedKind.bounce:
            return {"type": "receipt", "message": said.about, "state": "failed", "reason": said.text}
        case _:
            return None


def _message(said: SimulatedMessage) -> Mapping[str, object]:
    optional: Mapping[str, object] = {
        "subject": said.subject,
        "html": said.html,
        "reply_to": said.about,
        "group": {"id": said.group, "name": said.group} if said.group else None,
        "attachments": [
            {"name": file.name, "media_type": file.media_type, "url": f"https://files.app.invalid/{file.key}"}
            for file in said.files
        ],
        "location": {"latitude": said.place[0], "longitude": said.place[1]} if said.place else None,
        "source": said.page,
    }
    told = {name: value for name, value in optional.items() if value}
    return {"type": "message", "id": f"demo-{said.number:012d}", "sender": _person(said), "text": said.text, **told}


def _person(said: SimulatedMessage) -> Mapping[str, object]:
    known = said.address.partition(":")[2] or str(said.person)
    return {"id": known, "name": said.name, "email": said.email, "language": said.language, "fields": dict(said.form)}


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address=_SYSTEM,
    settings={"system": _SYSTEM, "secret": "demo-secret-that-signs-nothing-real"},
)
