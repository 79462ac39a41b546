"""Between the hub's words and Chatwoot's: what an agent bot is told there, and what it calls. Pure, no package needed.

Shapes: https://www.chatwoot.com/hc/user-guide/articles/1677497472-how-to-use-agent-bots and
https://developers.chatwoot.com/api-reference/messages/create-new-message
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

ACCOUNT = 1


@dataclass
class Ids:
    """Chatwoot's ids are numbers, the hub's are UUIDs: a number is made of the UUID and remembered."""

    known: dict = field(default_factory=dict)

    def number(self, uuid: str) -> int:
        """Return a number for a UUID, the same for the same; it fits JavaScript's numbers."""
        number = int.from_bytes(sha256(uuid.encode()).digest()[:6], "big")
        self.known[number] = uuid
        return number

    def uuid(self, number: int) -> str | None:
        """Return the UUID behind a number; None for one that was never told."""
        return self.known.get(number)


@dataclass(frozen=True)
class Call:
    """A call of the hub: what of a conversation, with which body."""

    conversation_id: str
    what: str
    body: dict


class NotTranslated(Exception):
    """The bot calls something the hub's bots cannot do; the words say what."""


def event(told: dict, ids: Ids) -> dict:
    """Return the webhook body of Chatwoot's `message_created` for what the hub tells."""
    conversation, contact, message = told["conversation"], told["contact"] or {}, told["message"] or {}
    number = ids.number(conversation["id"])
    contact_number = ids.number(contact["id"]) if contact else 0
    inbox = {"id": ids.number(conversation["channel_id"]), "name": conversation["channel_kind"]}
    at = message.get("occurred_at") or told["at"]
    sender = {
        "id": contact_number,
        "name": contact.get("name", ""),
        "email": contact.get("fields", {}).get("email"),
        "phone_number": contact.get("fields", {}).get("phone"),
        "avatar": "",
        "type": "contact",
        "custom_attributes": contact.get("fields", {}),
        "additional_attributes": {"company_name": contact.get("company", "")},
        "account": {"id": ACCOUNT, "name": "Interaction Hub"},
    }
    attachments = [
        {"id": ids.number(file["id"]), "file_type": _file_type(file["media_type"]), "data_url": None}
        for file in message.get("attachments", ())
    ]
    body = {
        "id": ids.number(message["id"]) if message else 0,
        "content": message.get("text", ""),
        "content_type": "text",
        "content_attributes": {},
        "additional_attributes": {},
        "message_type": "incoming",
        "private": False,
        "source_id": None,
        "created_at": at,
        "sender": sender,
        "account": {"id": ACCOUNT, "name": "Interaction Hub"},
        "inbox": inbox,
        "conversation": {
            "id": number,
            "inbox_id": inbox["id"],
            "status": "pending",
            "channel": "Channel::Api",
            "can_reply": True,
            "labels": list(conversation["tags"]),
            "custom_attributes": {},
            "additional_attributes": {},
            "contact_inbox": {
                "contact_id": contact_number,
                "inbox_id": inbox["id"],
                "source_id": contact.get("id", ""),
            },
            "meta": {"sender": sender, "assignee": None, "team": None},
            "messages": [],
            "timestamp": int(datetime.fromisoformat(at).timestamp()),
        },
        "event": "message_created",
    }
    return {**body, **({"attachments": attachments} if attachments else {})}


_PATH = re.compile(r"^/api/v1/accounts/\d+/(conversations|contacts)/(\d+)(?:/(\w+))?/?$")


def calls(method: str, path: str, body: dict, ids: Ids, conversation_of: dict) -> list:
    """Return the hub's calls for one of Chatwoot's. Raises NotTranslated, in words.

    `conversation_of` gives the newest conversation of a contact, both as the hub's ids: the hub's bots act in
    conversations only.
    """
    found = _PATH.match(path.partition("?")[0])
    if found is None:
        raise NotTranslated(f"{method} {path} has no counterpart here.")
    kind, number, what = found.groups()
    uuid = ids.uuid(int(number))
    if uuid is None:
        raise NotTranslated(f"The bot was never told of {kind[:-1]} {number}.")
    if kind == "contacts" and method in {"PUT", "PATCH"} and what is None and uuid in conversation_of:
        return [Call(conversation_of[uuid], "fields", one) for one in _fields(body)]
    if kind != "conversations" or method != "POST":
        raise NotTranslated(f"{method} {path} has no counterpart here.")
    match what:
        case "messages":
            return _message(uuid, body)
        case "toggle_status":
            return _status(uuid, str(body.get("status", "open")))
        case "labels":
            return [Call(uuid, "tags", {"tag": str(label)}) for label in body.get("labels", ())]
        case "custom_attributes":
            named = body.get("custom_attributes", {})
            return [Call(uuid, "fields", {"name": str(name), "value": str(value)}) for name, value in named.items()]
        case "assignments":
            raise NotTranslated("Ids of people and teams differ; use hand-over with team_id or user_id of the hub.")
        case _:
            raise NotTranslated(f"{method} {path} has no counterpart here.")


def created(body: dict, conversation_number: int, message_number: int) -> dict:
    """Return what Chatwoot answers to a message that was created."""
    return {
        "id": message_number,
        "content": body.get("content", ""),
        "content_type": body.get("content_type", "text"),
        "content_attributes": body.get("content_attributes", {}),
        "message_type": 1,
        "private": bool(body.get("private")),
        "conversation_id": conversation_number,
        "account_id": ACCOUNT,
        "status": "sent",
    }


def _message(uuid: str, body: dict) -> list:
    if str(body.get("private", "")).lower() == "true":
        return [Call(uuid, "notes", {"text": str(body.get("content", ""))})]
    items = (
        body.get("content_attributes", {}).get("items", ()) if isinstance(body.get("content_attributes"), dict) else ()
    )
    choices = [str(item.get("title", "")) for item in items if isinstance(item, dict) and item.get("title")]
    return [Call(uuid, "replies", {"text": str(body.get("content", "")), "choices": choices})]


def _status(uuid: str, status: str) -> list:
    match status:
        case "open":
            return [Call(uuid, "hand-over", {})]
        case "resolved":
            return [Call(uuid, "close", {})]
        case "pending":
            return []
        case _:
            raise NotTranslated(f"A bot cannot make a conversation “{status}”.")


def _fields(body: dict) -> list:
    names = {"name": "name", "email": "email", "phone_number": "phone"}
    fields = [{"name": ours, "value": str(body[theirs])} for theirs, ours in names.items() if body.get(theirs)]
    own = body.get("custom_attributes") or {}
    return fields + [{"name": str(name), "value": str(value)} for name, value in own.items()]


def _file_type(media_type: str) -> str:
    family = media_type.partition("/")[0]
    return family if family in {"image", "audio", "video"} else "file"
