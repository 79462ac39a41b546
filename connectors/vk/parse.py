"""What an event of VK means, called or polled: the two have one form. Pure: the same bytes, the same events.

https://dev.vk.com/en/api/community-events/json-schema. A message has an id of its own, so an event told again
(`X-Retry-Counter`) is known by that.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from connectors._lib.json_body import read_object
from connectors._lib.loose_json import Json, inner, text
from connectors.vk.content import Content, read_content
from connectors.vk.directory import read_note
from connectors.vk.ids import address_of, integer, is_chat, message_id
from connectors.vk.render import MARK, PART
from hub.contract import (
    ContactPointBlocked,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import DeliveryId, bounded
from hub.domain.interaction import AuthorKind, ContentKind

DIRECTORY = "directory"
"""Kind of the raw events in which we note who somebody is, as VK's API told us."""

_NOT_NEEDED = frozenset({"confirmation", "message_typing_state", "lead_forms_new", "message_flag_set"})
_NOT_NEEDED_FAMILIES = (
    "app_", "audio_", "board_", "donut_", "group_", "like_", "market_", "photo_", "poll_", "user_", "video_",
    "vkpay_", "wall_",
)  # fmt: skip
"""What happens on the community's page, not in its messages."""
_REACTIONS: Mapping[int, str] = dict(enumerate("❤🔥😂👍💩❓😭😡👎👌😃🤔🙏😘😍🎉", start=1))
"""https://dev.vk.com/en/method/messages.sendReaction"""
_START = '{"command":"start"}'
_ENDS = 253_402_300_800


def parse_event(raw: RawEvent, group_id: int) -> Sequence[InboundEvent]:
    """Read one event of our community, or a note. Raises UnparseableEvent."""
    body = read_object(raw.body, "VK")
    if raw.kind == DIRECTORY:
        return read_note(body)
    if integer(body, "group_id") != group_id:
        raise UnparseableEvent(
            "This event is of another VK community than the settings name. Correct the community ID."
        )
    kind, thing = text(body, "type"), inner(body, "object")
    read = _READERS.get(kind)
    if read is None:
        if kind in _NOT_NEEDED or kind.startswith(_NOT_NEEDED_FAMILIES):
            return ()
        raise UnparseableEvent(
            f"VK sent an event of a kind this version does not know ({kind[:60] or 'it does not say which'})."
        )
    events = read(thing)
    if events is None:
        raise UnparseableEvent(f"VK sent a “{kind}” that misses what it has to say.")
    return events


def _new(thing: Json) -> Sequence[InboundEvent] | None:
    """A message of a customer. Older versions of the API have no object around it."""
    message = inner(thing, "message") or thing
    if integer(message, "from_id") < 0 and not is_chat(integer(message, "peer_id")):
        return _ours(message)
    change = _group_change(message)
    if change is not None:
        told = _inbound(message, Content(text=change), author=AuthorKind.system)
        return (told,) if told else None
    machine = integer(message, "from_id") < 0
    author = AuthorKind.auto if machine else AuthorKind.contact
    started = text(message, "payload").replace(" ", "") == _START
    told = _inbound(message, read_content(message), author=author, opens_wait=not (started or machine))
    return (told,) if told else None


def _ours(message: Json) -> Sequence[InboundEvent] | None:
    """A message of the community: one we sent, an admin's in VK itself, or another program's."""
    peer, number = integer(message, "peer_id"), integer(message, "conversation_message_id")
    delivery, part = _delivery_of(message)
    if delivery is not None and part > 0:
        return ()
    if delivery is not None and peer and number:
        return (
            DeliveryReceipt(
                external_id=message_id(peer, number),
                state=DeliveryState.sent,
                occurred_at=_time(message, "date"),
                delivery_id=delivery,
            ),
        )
    author = AuthorKind.agent if integer(message, "admin_author_id") else AuthorKind.bot
    content = read_content({**message, "payload": ""})
    told = _inbound(message, content, author=author, opens_wait=False)
    return (told,) if told else None


def _edited(thing: Json) -> Sequence[InboundEvent] | None:
    message = inner(thing, "message") or thing
    peer, number = integer(message, "peer_id"), integer(message, "conversation_message_id")
    if not peer or not number:
        return None
    content = read_content(message)
    at = _time(message, "update_time") or _time(message, "date")
    return (MessageEdited(external_id=message_id(peer, number), occurred_at=at, text=content.text, data=content.data),)


def _read(thing: Json) -> Sequence[InboundEvent] | None:
    """The customer read our messages up to one. Without its number in the chat nothing can be said."""
    peer, number = integer(thing, "peer_id") or integer(thing, "from_id"), integer(thing, "conversation_message_id")
    if not peer:
        return None
    if not number or integer(thing, "from_id") < 0:
        return ()
    return (
        DeliveryReceipt(external_id=message_id(peer, number), state=DeliveryState.read, occurred_at=None, up_to=True),
    )


def _allowed(thing: Json) -> Sequence[InboundEvent] | None:
    return _may_write(thing, "allowed messages of the community on VK", blocked=False)


def _denied(thing: Json) -> Sequence[InboundEvent] | None:
    return _may_write(thing, "does not allow messages of the community on VK any more", blocked=True)


def _may_write(thing: Json, reason: str, *, blocked: bool) -> Sequence[InboundEvent] | None:
    user = integer(thing, "user_id")
    who = address_of(user)
    return (ContactPointBlocked(sender=who, blocked=blocked, reason=reason, occurred_at=None),) if user else None


def _pressed(thing: Json) -> Sequence[InboundEvent] | None:
    """A pressed button of the kind that writes no message."""
    user, peer, ident = integer(thing, "user_id"), integer(thing, "peer_id"), text(thing, "event_id")
    if not user or not peer or not ident:
        return None
    payload = thing.get("payload")
    written = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, sort_keys=True)
    named = text(inner(thing, "payload"), "label", "text", "command", "button")
    label, number = named or written[:200], integer(thing, "conversation_message_id")
    return (
        InboundMessage(
            external_id=bounded(f"event:{ident}"),
            thread=bounded(str(peer)),
            sender=address_of(user),
            counterpart=address_of(peer) if is_chat(peer) else None,
            group=is_chat(peer),
            occurred_at=None,
            content=ContentKind.button,
            text=label,
            data={"label": label, "data": written[:1000]},
            reply_to=message_id(peer, number) if number else None,
            opens_wait=False,
        ),
    )


def _reacted(thing: Json) -> Sequence[InboundEvent] | None:
    who, peer, number = integer(thing, "reacted_id"), integer(thing, "peer_id"), integer(thing, "cmid")
    if not who or not peer or not number:
        return None
    chosen = integer(thing, "reaction_id")
    emojis = (_REACTIONS.get(chosen, "❔"),) if chosen else ()
    told = Reaction(external_id=message_id(peer, number), sender=address_of(who), emojis=emojis, occurred_at=None)
    return (told,) if who > 0 else ()


_READERS: Mapping[str, Callable[[Json], Sequence[InboundEvent] | None]] = {
    "message_new": _new,
    "message_reply": lambda thing: _ours(inner(thing, "message") or thing),
    "message_edit": _edited,
    "message_read": _read,
    "message_allow": _allowed,
    "message_deny": _denied,
    "message_event": _pressed,
    "message_reaction_event": _reacted,
}


def _inbound(message: Json, content: Content, *, author: AuthorKind, opens_wait: bool = True) -> InboundMessage | None:
    peer, number = integer(message, "peer_id"), integer(message, "conversation_message_id")
    writer = integer(message, "from_id") or peer
    if not peer or not number:
        return None
    echo = author in (AuthorKind.agent, AuthorKind.bot)
    answered = inner(message, "reply_message")
    answers = integer(answered, "conversation_message_id")
    return InboundMessage(
        external_id=message_id(peer, number),
        thread=bounded(str(peer)),
        sender=address_of(writer),
        counterpart=address_of(peer) if echo or is_chat(peer) else None,
        group=is_chat(peer),
        occurred_at=_time(message, "date"),
        author=author,
        content=content.kind,
        text=content.text,
        data=content.data,
        attachments=content.attachments,
        reply_to=message_id(peer, answers) if answers else None,
        source=text(message, "ref")[:200],
        opens_wait=opens_wait and author is AuthorKind.contact,
    )


def _group_change(message: Json) -> str | None:
    """Joins, leaves and a new name, told as a line of the timeline. VK names nobody here."""
    action = inner(message, "action")
    match text(action, "type"):
        case "chat_invite_user" | "chat_invite_user_by_link" | "chat_invite_user_by_message_request":
            return "Somebody joined the chat."
        case "chat_kick_user":
            return "Somebody left the chat."
        case "chat_create" | "chat_title_update":
            return f"The chat is now called “{text(action, 'text')[:200]}”."
        case "":
            return None
        case kind:
            return f"{kind.replace('_', ' ').capitalize()[:60]}."


def _delivery_of(message: Json) -> tuple[DeliveryId | None, int]:
    """Return our own delivery and which part of it this is, if the message's payload is one of ours."""
    payload = text(message, "payload")
    if MARK not in payload or len(payload) > 200:
        return None, 0
    try:
        told = json.loads(payload)
        return DeliveryId(UUID(told[MARK])), integer(told, PART)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, 0


def _time(of: Json, name: str) -> datetime | None:
    seconds = integer(of, name)
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _ENDS else None
