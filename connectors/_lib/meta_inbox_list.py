"""Finds what lost webhooks missed: Meta lists conversations with their messages.

https://developers.facebook.com/docs/graph-api/reference/conversation. Each message becomes the webhook that should have
told it, so that the same `parse` reads both; what was told is known by its id.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors._lib.meta_graph import Graph
from connectors._lib.meta_json import moment

_MESSAGE = "id,created_time,from,to,message,sticker,attachments{name,mime_type,file_url,image_data,video_data}"
_FIELDS = f"id,updated_time,messages.limit(50){{{_MESSAGE}}}"


async def missed_messages(
    graph: Graph, platform: str, since: datetime, *, kind: str, own_id: str
) -> AsyncIterator[bytes]:
    """Yield a webhook's body for each message since then, oldest first within a conversation. Raises GraphError.

    Conversations come newest first; the first that has not changed since then ends the list.
    """
    async for conversation in graph.items("me/conversations", platform=platform, fields=_FIELDS, limit="25"):
        changed = moment(conversation.get("updated_time"))
        if changed is not None and changed < since:
            return
        found = conversation.get("messages")
        listed = found.get("data") if isinstance(found, dict) else None
        for message in reversed(listed if isinstance(listed, list) else []):
            at = moment(message.get("created_time")) if isinstance(message, dict) else None
            if at is not None and at >= since:
                yield _webhook(message, at, kind, own_id)


def _webhook(message: Mapping[str, Any], at: datetime, kind: str, own_id: str) -> bytes:
    sender = _person(message.get("from"))
    recipients = message.get("to")
    listed = recipients.get("data") if isinstance(recipients, dict) else None
    recipient = _person(listed[0] if isinstance(listed, list) and listed else None)
    told: dict[str, object] = {
        "mid": str(message.get("id", "")),
        "text": str(message.get("message") or ""),
        "attachments": list(_attachments(message)),
    }
    if sender["id"] == own_id:
        told["is_echo"] = True
    event = {"sender": sender, "recipient": recipient, "timestamp": int(at.timestamp() * 1000), "message": told}
    entry = {"id": own_id, "time": event["timestamp"], "messaging": [event]}
    return json.dumps({"object": kind, "entry": [entry]}).encode()


def file_urls(message: Mapping[str, Any]) -> Sequence[str]:
    """Return where the files of a listed message are, in their order."""
    return [str(one["payload"]["url"]) for one in _attachments(message)]


def _attachments(message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    found = message.get("attachments")
    listed = found.get("data") if isinstance(found, dict) else None
    for one in listed if isinstance(listed, list) else ():
        image, video = (one.get(name) or {} for name in ("image_data", "video_data"))
        url = image.get("url") or video.get("url") or one.get("file_url") or ""
        family = str(one.get("mime_type", "")).partition("/")[0]
        named = family if family in ("image", "video", "audio") else "image" if image else "video" if video else "file"
        yield {
            "type": named,
            "payload": {"url": str(url)},
            "mime_type": str(one.get("mime_type", "")),
            "name": str(one.get("name", "")),
        }
    if sticker := message.get("sticker"):
        yield {"type": "sticker", "payload": {"url": str(sticker)}}


def _person(found: object) -> dict[str, str]:
    person = found if isinstance(found, dict) else {}
    return {"id": str(person.get("id", "")), "name": str(person.get("name") or person.get("username") or "")}
