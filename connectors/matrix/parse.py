"""What an event of a room means. Pure: the same bytes always give the same events.

A raw event is the event as the homeserver gave it, with what its room was then (`Room.envelope`). Kinds:
https://spec.matrix.org/latest/client-server-api/#room-events
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.matrix import content as read
from connectors.matrix.content import Content
from connectors.matrix.ids import media_parts, read_transaction
from connectors.matrix.settings import NAMESPACE
from connectors.matrix.told import Told, time_of
from connectors.matrix.wire import number, text, texts, under, without_surrogates
from hub.contract import (
    Address,
    ContactPointBlocked,
    ContactPointLearned,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import bounded
from hub.domain.interaction import AuthorKind, ContentKind

_NOT_NEEDED = frozenset(
    {
        "m.call.answer", "m.call.candidates", "m.call.hangup", "m.call.negotiate", "m.call.reject",
        "m.call.sdp_stream_metadata_changed", "m.call.select_answer", "m.poll.end", "m.poll.response",
        "org.matrix.msc3381.poll.end", "org.matrix.msc3381.poll.response", "org.matrix.msc3672.beacon", "m.beacon",
        "m.room.encryption_fallback",
    }
)  # fmt: skip
"""Known kinds that say nothing to a support team, beside all of state that is not told below."""


def parse_event(raw: RawEvent, ignored: Callable[[str], bool]) -> Sequence[InboundEvent]:
    """Read one event. `ignored` tells whose messages are not wanted. Raises UnparseableEvent."""
    try:
        body = json.loads(raw.body)
    except (ValueError, RecursionError):
        raise UnparseableEvent("The event is not JSON.") from None
    if b"\\ud" in raw.body or b"\\u0000" in raw.body:
        body = without_surrogates(body)
    us, room, event = text(body, "us"), under(body, "room"), under(body, "event")
    if not us or not text(room, "id") or not event:
        raise UnparseableEvent("This is not an event of a Matrix room.")
    if raw.kind == "receipt":
        return _receipts(us, event, ignored)
    told = Told(us, room, event, text(event, "event_id"), text(event, "type"), text(event, "sender"), _content(event))
    if not told.id.startswith("$") or not told.kind or not told.sender.startswith("@") or told.at is None:
        raise UnparseableEvent("The event lacks its id, kind, sender or time.")
    if not told.echo and ignored(told.sender):
        return ()
    return _event(told)


def _event(told: Told) -> Sequence[InboundEvent]:
    if (state := _STATE.get(told.kind)) is not None and "state_key" in told.event:
        return state(told)
    if (
        "state_key" in told.event
        or told.kind in _NOT_NEEDED
        or told.kind.startswith(("m.key.verification.", "m.room_"))
    ):
        return ()
    if (reader := _TOLD.get(told.kind)) is not None:
        return reader(told)
    return _shown(told, _message_content(told))


def _message_content(told: Told) -> Content | None:
    match told.kind:
        case "m.room.message":
            if told.content.get("msgtype") is None and told.redacted_at is not None:
                return Content()
            return read.read_content(told.content, sender=told.person(told.sender).name or told.sender)
        case "m.sticker":
            return read.read_sticker(told.content)
        case "m.poll.start" | "org.matrix.msc3381.poll.start":
            return read.read_poll(told.content)
        case "m.room.encrypted":
            what = "end-to-end encrypted message"
            return Content(kind=ContentKind.unsupported, text=read.ENCRYPTED, data={"what": what})
        case "m.call.invite":
            return Content(kind=ContentKind.unsupported, data={"what": "call"})
        case _:
            found = read.read_unknown(told.kind, told.content)
            if found is None:
                raise UnparseableEvent(f"A room has an event of the kind “{told.kind[:80]}”, which is new to us.")
            return found


def _shown(told: Told, content: Content | None) -> Sequence[InboundEvent]:
    if content is None:
        return ()
    if told.echo and (ours := read_transaction(text(under(told.event, "unsigned"), "transaction_id"))):
        # we sent it: known from sending it, unless we were stopped before the answer came
        delivery, last = ours
        sent = DeliveryReceipt(
            external_id=bounded(told.id), state=DeliveryState.sent, occurred_at=told.at, delivery_id=delivery
        )
        return (sent,) if last else ()
    relation = under(told.content, "m.relates_to")
    if relation.get("rel_type") == "m.replace":
        return _edited(told, text(relation, "event_id"))
    machine = told.content.get("msgtype") in ("m.notice", "m.server_notice")
    author = AuthorKind.auto if machine else AuthorKind.contact
    shown = _inbound(told, content, author=AuthorKind.agent if told.echo else author)
    redacted = told.redacted_at
    return (shown,) if redacted is None else (shown, MessageDeleted(external_id=bounded(told.id), occurred_at=redacted))


def _inbound(told: Told, content: Content, *, author: AuthorKind) -> InboundMessage:
    other = told.other
    answered = read.is_reply(told.content)
    counterpart = other if told.echo and other else None if other else told.place()
    return InboundMessage(
        external_id=bounded(told.id),
        thread=bounded(told.room_id),
        sender=told.person(told.sender),
        counterpart=counterpart,
        participants=() if other else _others(told),
        group=other is None,
        occurred_at=told.at,
        # only our own homeserver's clock is known to be right; the time of another's users is its claim
        clock_trusted=told.sender.partition(":")[2] == told.us.partition(":")[2],
        author=author,
        content=content.kind,
        text=content.text,
        html=content.html,
        data=content.data,
        attachments=content.attachments,
        reply_to=bounded(answered) if answered else None,
        opens_wait=author is AuthorKind.contact,
    )


def _others(told: Told) -> tuple[Address, ...]:
    users = dict.fromkeys(texts(told.room.get("others")))
    return tuple(told.person(user) for user in users if user not in (told.us, told.sender))


def _edited(told: Told, target: str) -> Sequence[InboundEvent]:
    """https://spec.matrix.org/latest/client-server-api/#event-replacements; the hub refuses another's edit."""
    new = under(told.content, "m.new_content")
    if told.kind == "m.room.encrypted":
        return ()
    content = read.read_content(new, sender=told.person(told.sender).name or told.sender)
    if not target or not new or content is None:
        raise UnparseableEvent("An edit does not say what it replaces.")
    event = MessageEdited(
        external_id=bounded(target),
        sender=told.person(told.sender),
        occurred_at=told.at,
        text=content.text,
        html=content.html,
        data=content.data,
    )
    return (event,)


def _reaction(told: Told) -> Sequence[InboundEvent]:
    relation = under(told.content, "m.relates_to")
    target, emoji = text(relation, "event_id"), text(relation, "key")[:64].strip()
    if told.redacted_at is not None or told.echo:
        return ()
    if relation.get("rel_type") != "m.annotation" or not target or not emoji:
        raise UnparseableEvent("A reaction does not say to what, or which.")
    return (
        Reaction(
            external_id=bounded(target),
            sender=told.person(told.sender),
            emojis=(emoji,),
            occurred_at=told.at,
            change="add",
            reaction_id=bounded(told.id),
        ),
    )


def _redacted(told: Told) -> Sequence[InboundEvent]:
    """A redaction may be of anything: the hub knows what the id is. Since room version 11 it stands in the content."""
    target = text(told.content, "redacts") or text(told.event, "redacts")
    if not target:
        raise UnparseableEvent("A redaction does not say what it takes back.")
    return (MessageDeleted(external_id=bounded(target), occurred_at=told.at),)


def _member(told: Told) -> Sequence[InboundEvent]:
    """Who came and went; only what was not so before."""
    user, now = text(told.event, "state_key"), text(told.content, "membership")
    before = text(under(under(told.event, "unsigned"), "prev_content"), "membership")
    if now == before:
        return _profile(told, user) if now == "join" and user != told.us else ()
    there, was_there = now == "join", before == "join"
    if user == told.us:
        return _we(told, there=there, was_there=was_there)
    if told.other is not None:
        if there or was_there:
            reason = "" if there else "left the room"
            return (
                ContactPointBlocked(sender=told.person(user), blocked=not there, reason=reason, occurred_at=told.at),
            )
        return ()
    if there == was_there:
        return ()
    name = text(told.content, "displayname")[:200] or told.person(user).name or user
    return _line(told, f"{name} joined the room." if there else f"{name} left the room.")


def _profile(told: Told, user: str) -> Sequence[InboundEvent]:
    """A member event that changes no membership tells a new name or picture of somebody."""
    previous = under(under(told.event, "unsigned"), "prev_content")
    if all(told.content.get(key) == previous.get(key) for key in ("displayname", "avatar_url")):
        return ()
    name, picture = text(told.content, "displayname")[:200], text(told.content, "avatar_url")
    known = replace(told.person(user), name=name, portrait=picture if media_parts(picture) else "")
    return (ContactPointLearned(known=known),)


def _pictured(told: Told) -> Sequence[InboundEvent]:
    return (ContactPointLearned(known=told.place()),) if told.other is None else ()


def _we(told: Told, *, there: bool, was_there: bool) -> Sequence[InboundEvent]:
    if there == was_there or told.sender == told.us:
        return ()
    reason = "" if there else "the account was removed from the room"
    who = told.other or told.place()
    return (ContactPointBlocked(sender=who, blocked=not there, reason=reason, occurred_at=told.at),)


def _named(told: Told) -> Sequence[InboundEvent]:
    name = text(told.content, "name")[:200]
    before = text(under(under(told.event, "unsigned"), "prev_content"), "name")
    return _line(told, f"The room is now called “{name}”.") if before and name and before != name else ()


def _encryption(told: Told) -> Sequence[InboundEvent]:
    return _line(told, f"The room is end-to-end encrypted from here on. {read.ENCRYPTED}")


def _upgraded(told: Told) -> Sequence[InboundEvent]:
    """https://spec.matrix.org/latest/client-server-api/#room-upgrades: the group has another id from now on."""
    replacement = text(told.content, "replacement_room")
    line = _line(told, "The room was replaced by a new one; its members have to join that.")
    if not replacement or told.other is not None:
        return line
    new = Address(namespace=NAMESPACE, value=bounded(replacement), name=text(told.room, "name")[:200], verified=True)
    return (*line, ContactPointLearned(known=told.place(), learned=new))


def _line(told: Told, words: str) -> Sequence[InboundEvent]:
    line = _inbound(told, Content(text=words), author=AuthorKind.system)
    # we are nobody's contact: what our own account did in another client stands with the room
    return (replace(line, sender=told.other or told.place(), counterpart=None),) if told.echo else (line,)


_STATE: Mapping[str, Callable[[Told], Sequence[InboundEvent]]] = {
    "m.room.avatar": _pictured,
    "m.room.encryption": _encryption,
    "m.room.member": _member,
    "m.room.name": _named,
    "m.room.tombstone": _upgraded,
}
_TOLD: Mapping[str, Callable[[Told], Sequence[InboundEvent]]] = {
    "m.reaction": _reaction,
    "m.room.redaction": _redacted,
}


def _receipts(us: str, event: Mapping[str, Any], ignored: Callable[[str], bool]) -> Sequence[InboundEvent]:
    """https://spec.matrix.org/latest/client-server-api/#receipts: who has seen the room up to which event."""
    if event.get("type") != "m.receipt":
        raise UnparseableEvent("This is not a receipt of a Matrix room.")
    found: list[InboundEvent] = []
    for event_id, kinds in under(event, "content").items():
        for user, told in under(kinds, "m.read").items():
            if user == us or ignored(user) or not event_id.startswith("$"):
                continue
            at = time_of(number(told, "ts", -1))
            read_up_to = bounded(event_id)
            found.append(
                DeliveryReceipt(
                    external_id=read_up_to, state=DeliveryState.read, occurred_at=at, up_to=True, recipient=user
                )
            )
    return tuple(found)


def _content(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return under(event, "content")
