"""Write what WhatsApp would deliver for a made-up customer: a real webhook, signed, for the demo. Pure."""

import base64
import hashlib
import json
from typing import Any

from pydantic import BaseModel

from connectors.whatsapp.settings import WhatsAppSettings
from connectors.whatsapp.verify import HEADER, signature
from hub.contract import (
    RawEvent,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
    Simulation,
    WebhookRequest,
)

_NUMBER = "15550100000"
_NUMBER_ID = "100000000000001"
_ACCOUNT_ID = "100000000000002"


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the webhook, or None for what WhatsApp never tells."""
    match said.kind:
        case SimulatedKind.message | SimulatedKind.edit | SimulatedKind.reaction:
            value = {"contacts": [_contact(said)], "messages": [_message(said)]}
        case SimulatedKind.read:
            value = {"contacts": [_contact(said)], "statuses": [_status(said, "read")]}
        case SimulatedKind.bounce:
            error = {"code": 131026, "title": "Message undeliverable", "error_data": {"details": said.text}}
            value = {"statuses": [{**_status(said, "failed"), "errors": [error]}]}
        case _:
            return None
    return RawEvent(kind="webhook", body=_webhook(value), received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which Meta would tell an event."""
    if not isinstance(settings, WhatsAppSettings):
        raise TypeError("these are not settings of WhatsApp")
    signed = signature(raw.body, settings.app_secret.get_secret_value())
    headers = {HEADER: signed, "content-type": "application/json"}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=raw.body)


def _webhook(value: dict[str, Any]) -> bytes:
    metadata = {"display_phone_number": _NUMBER, "phone_number_id": _NUMBER_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    body = {"object": "whatsapp_business_account", "entry": [{"id": _ACCOUNT_ID, "changes": [change]}]}
    return json.dumps(body, separators=(",", ":")).encode()


def _message(said: SimulatedMessage) -> dict[str, Any]:
    message: dict[str, Any] = {
        "from": _phone(said),
        "from_user_id": _user_id(said),
        "id": f"wamid.DEMO{said.number:012d}",
        "timestamp": _seconds(said),
        **({"group_id": _group(said.group)} if said.group else {}),
    }
    if said.kind is SimulatedKind.reaction:
        return {**message, "type": "reaction", "reaction": {"message_id": said.about, "emoji": said.text}}
    if said.kind is SimulatedKind.edit:
        edited = {"original_message_id": said.about, "message": {"type": "text", "text": {"body": said.text}}}
        return {**message, "type": "edit", "edit": edited}
    if said.about:
        message["context"] = {"id": said.about}
    if said.place:
        latitude, longitude = said.place
        return {**message, "type": "location", "location": {"latitude": latitude, "longitude": longitude}}
    if said.files:
        return {**message, **_file(said.files[0], said.text)}
    return {**message, "type": "text", "text": {"body": said.text}}


def _file(file: SimulatedFile, caption: str) -> dict[str, Any]:
    family = file.media_type.partition("/")[0]
    kind = family if family in ("image", "video", "audio") else "document"
    digest = base64.b64encode(hashlib.sha256(file.content).digest()).decode()
    media = {"id": f"demo-{file.key}", "mime_type": file.media_type, "sha256": digest}
    if kind == "document":
        media["filename"] = file.name
    return {"type": kind, kind: {**media, **({"caption": caption} if caption and kind != "audio" else {})}}


def _contact(said: SimulatedMessage) -> dict[str, Any]:
    return {"profile": {"name": said.name}, "wa_id": _phone(said), "user_id": _user_id(said)}


def _status(said: SimulatedMessage, status: str) -> dict[str, Any]:
    return {"id": said.about, "status": status, "timestamp": _seconds(said), "recipient_user_id": _user_id(said)}


def _phone(said: SimulatedMessage) -> str:
    """Numbers of the North American range for films: https://nationalnanpa.com (555-0100 to 555-0199)."""
    return f"1{200 + said.person // 100 % 700}55501{said.person % 100:02d}"


def _user_id(said: SimulatedMessage) -> str:
    return said.address if "." in said.address else f"US.9000000000{said.person:06d}"


def _group(title: str) -> str:
    return f"demo{hashlib.sha256(title.encode()).hexdigest()[:12]}"


def _seconds(said: SimulatedMessage) -> str:
    return str(int(said.at.timestamp()))


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address=f"+{_NUMBER}",
    settings={
        "phone_number_id": _NUMBER_ID,
        "account_id": _ACCOUNT_ID,
        "token": "demo-token-that-opens-no-account",
        "app_id": "100000000000003",
        "app_secret": "demo-app-secret-of-nobody",
        "verify_token": "demo-verify-token",
        "graph_url": "https://graph.invalid",
    },
)
