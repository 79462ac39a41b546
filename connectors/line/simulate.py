"""Write what LINE would deliver for a made-up customer: a real webhook, signed, for the demo. Pure."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from connectors.line.settings import LineSettings
from connectors.line.verify import HEADER, signature
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_BOT = "U" + "d0" * 16


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the webhook, or None for what LINE never tells."""
    if said.kind is not SimulatedKind.message:
        return None
    event: dict[str, Any] = {
        "type": "message",
        "mode": "active",
        "timestamp": int(said.at.timestamp() * 1000),
        "source": _source(said),
        "webhookEventId": f"01DEMO{said.number:020d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"demo{said.number}",
        "message": _message(said),
    }
    body = json.dumps({"destination": _BOT, "events": [event]}, ensure_ascii=False, separators=(",", ":"))
    return RawEvent(kind="webhook", body=body.encode(), received_at=said.received_at)


def request(settings: BaseModel, raw: RawEvent, url: str) -> WebhookRequest:
    """Return the signed request by which LINE would tell an event."""
    if not isinstance(settings, LineSettings):
        raise TypeError("these are not settings of LINE")
    signed = signature(raw.body, settings.channel_secret.get_secret_value())
    headers = {HEADER: signed, "content-type": "application/json; charset=utf-8", "user-agent": "LineBotWebhook/2.0"}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=raw.body)


def _source(said: SimulatedMessage) -> dict[str, str]:
    user = said.address if said.address.startswith("U") else f"U{said.person:032x}"
    if not said.group:
        return {"type": "user", "userId": user}
    group = "C" + hashlib.sha256(said.group.encode()).hexdigest()[:32]
    return {"type": "group", "groupId": group, "userId": user}


def _message(said: SimulatedMessage) -> dict[str, Any]:
    ident = f"9000{said.number:014d}"
    tokens = {"quoteToken": f"q-demo-{said.number}", "markAsReadToken": f"r-demo-{said.number}"}
    if said.place:
        latitude, longitude = said.place
        return {"id": ident, "type": "location", "latitude": latitude, "longitude": longitude, **tokens}
    if said.files:
        return {**_file(said.files[0], ident), **tokens, **_album(said)}
    quoted = {"quotedMessageId": said.about} if said.about else {}
    return {"id": ident, "type": "text", "text": said.text, **tokens, **quoted}


def _file(file: SimulatedFile, ident: str) -> dict[str, Any]:
    """Return a file. The demo finds its content by the key, which is part of the message's id here."""
    ident = f"{ident}-{file.key}"
    family = file.media_type.partition("/")[0]
    if family not in ("image", "video", "audio"):
        return {"id": ident, "type": "file", "fileName": file.name, "fileSize": len(file.content)}
    length = {} if family == "image" else {"duration": 4000}
    return {"id": ident, "type": family, "contentProvider": {"type": "line"}, **length}


def _album(said: SimulatedMessage) -> dict[str, Any]:
    is_picture = said.files[0].media_type.startswith("image/")
    return {"imageSet": {"id": f"demo-{said.album}", "index": 1, "total": 1}} if said.album and is_picture else {}


SIMULATION = Simulation(
    write=simulate,
    request=request,
    address="@demo",
    settings={
        "channel_secret": "0123456789abcdef0123456789abcdef",
        "token": "demo-token-that-opens-no-account",
        "bot_user_id": _BOT,
        "api_url": "https://line.invalid",
        "data_url": "https://line.invalid",
        "sticker_url": "",
    },
)
