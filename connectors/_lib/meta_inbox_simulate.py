"""Write what Messenger or Instagram would deliver for a made-up customer: a real webhook, for the demo. Pure."""

import json
from typing import Any

from connectors._lib.meta_verify import HEADER, signature
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, WebhookRequest

_NOBODY = 9_900_000_000_000_000


def simulate(said: SimulatedMessage, *, kind: str, own_id: str, seen_by_id: bool) -> RawEvent | None:
    """Return the webhook, or None for what is never told. `seen_by_id`: Instagram names the message that was seen."""
    event: dict[str, Any] = {
        "sender": {"id": said.address if said.address.isdecimal() else str(_NOBODY + said.person), "name": said.name},
        "recipient": {"id": own_id},
        "timestamp": int(said.at.timestamp() * 1000),
    }
    match said.kind:
        case SimulatedKind.message if not said.group:
            event["message"] = _message(said)
        case SimulatedKind.edit:
            event["message_edit"] = {"mid": said.about, "text": said.text, "num_edit": 1}
        case SimulatedKind.reaction:
            event["reaction"] = {"mid": said.about, "action": "react", "reaction": "other", "emoji": said.text}
        case SimulatedKind.read:
            event["read"] = {"mid": said.about} if seen_by_id else {"watermark": event["timestamp"]}
        case _:
            return None
    entry = {"id": own_id, "time": event["timestamp"], "messaging": [event]}
    body = json.dumps({"object": kind, "entry": [entry]}, separators=(",", ":")).encode()
    return RawEvent(kind="webhook", body=body, received_at=said.received_at)


def signed(raw: RawEvent, app_secret: str, url: str) -> WebhookRequest:
    """Return the signed request by which Meta would tell an event."""
    headers = {HEADER: signature(raw.body, app_secret), "content-type": "application/json"}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=raw.body)


def _message(said: SimulatedMessage) -> dict[str, Any]:
    message: dict[str, Any] = {"mid": f"m_DEMO{said.number:012d}"}
    if said.text:
        message["text"] = said.text
    if said.about:
        message["reply_to"] = {"mid": said.about}
    if said.place:
        latitude, longitude = said.place
        coordinates = {"lat": latitude, "long": longitude}
        message["attachments"] = [{"type": "location", "payload": {"coordinates": coordinates}}]
    if said.files:
        file = said.files[0]
        family = file.media_type.partition("/")[0]
        kind = family if family in ("image", "video", "audio") else "file"
        # the simulator hands out a file by the last 32 letters of its source
        url = f"https://cdn.fbsbx.com/{file.name}?demo={file.key}"
        message["attachments"] = [{"type": kind, "mime_type": file.media_type, "payload": {"url": url}}]
    return message
