"""Write what Telegram would deliver for a made-up customer: a real update, for the demo. Pure."""

import json
from typing import Any

from connectors.telegram.ids import message_number
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation

_NOBODY = 4_503_599_000_000_000
"""Telegram's ids have at most 52 bits (https://core.telegram.org/bots/api#user); so near the end nobody has one."""
_NO_GROUP = -1_009_000_000_000


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the update, or None for what bots are never told."""
    match said.kind:
        case SimulatedKind.message:
            update = {"message": _message(said)}
        case SimulatedKind.edit:
            number = _about(said)
            update = {"edited_message": {**_message(said), "message_id": number, "edit_date": _seconds(said)}}
        case SimulatedKind.reaction:
            update = {"message_reaction": _reaction(said)}
        case _:
            return None
    body = json.dumps({"update_id": said.number, **update}, ensure_ascii=False, separators=(",", ":"))
    return RawEvent(kind="update", body=body.encode(), received_at=said.received_at)


def _message(said: SimulatedMessage) -> dict[str, Any]:
    message: dict[str, Any] = {
        "message_id": said.number,
        "from": _user(said),
        "chat": _chat(said),
        "date": _seconds(said),
    }
    if said.album:
        message["media_group_id"] = said.album
    if said.place:
        latitude, longitude = said.place
        return {**message, "location": {"latitude": latitude, "longitude": longitude}}
    if not said.files:
        return {**message, "text": said.text}
    file = said.files[0]
    kind = "photo" if file.media_type == "image/jpeg" else "document"
    content = [_file(file)] if kind == "photo" else _file(file)
    return {**message, kind: content, **({"caption": said.text} if said.text else {})}


def _file(file: SimulatedFile) -> dict[str, Any]:
    known = {"file_id": f"demo-{file.key}", "file_unique_id": file.key[:12], "file_size": len(file.content)}
    if file.media_type == "image/jpeg":
        return {**known, "width": file.width, "height": file.height}
    return {**known, "file_name": file.name, "mime_type": file.media_type}


def _reaction(said: SimulatedMessage) -> dict[str, Any]:
    return {
        "chat": _chat(said),
        "message_id": _about(said),
        "user": _user(said),
        "date": _seconds(said),
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": said.text}],
    }


def _user(said: SimulatedMessage) -> dict[str, Any]:
    first, _, last = said.name.partition(" ")
    return {
        "id": int(said.address or _NOBODY + said.person),
        "is_bot": False,
        "first_name": first,
        **({"last_name": last} if last else {}),
        "language_code": said.language,
    }


def _chat(said: SimulatedMessage) -> dict[str, Any]:
    if said.group:
        # Of the title, so that everybody who writes in the group writes in the same.
        number = int.from_bytes(said.group.encode()[-4:], "big")
        return {"id": _NO_GROUP - number, "type": "supergroup", "title": said.group}
    user = _user(said)
    return {"id": user["id"], "type": "private"} | {k: user[k] for k in ("first_name", "last_name") if k in user}


def _about(said: SimulatedMessage) -> int | None:
    return message_number(said.about) if said.about else None


def _seconds(said: SimulatedMessage) -> int:
    return int(said.at.timestamp())


SIMULATION = Simulation(
    write=simulate,
    address="@halden_shop_bot",
    settings={"token": "1000000000:demo_token_that_opens_no_bot_at_all", "api_url": "https://telegram.invalid"},
)
