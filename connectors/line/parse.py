"""What a webhook of LINE means. Pure: the same bytes always give the same events.

https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects. One request may carry many events; a
kind of message nobody knows becomes an "unsupported" entry, a kind of event nobody knows raises UnparseableEvent.
A message has an id of its own, so an event told again (`deliveryContext.isRedelivery`) is known by that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from connectors._lib.json_body import read_object
from connectors._lib.loose_json import Json, flag, inner, number, objects, text
from connectors.line.content import Content, mentioned, read_content, read_postback
from connectors.line.directory import read_note
from connectors.line.ids import Source, address_of, read_source
from hub.contract import (
    ContactPointBlocked,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId, bounded
from hub.domain.interaction import AuthorKind

DIRECTORY = "directory"
"""Kind of the raw events in which we note who somebody is, as LINE's API told us."""

_NOT_NEEDED = frozenset(
    {
        "accountLink", "activated", "beacon", "botResumed", "botSuspended", "deactivated", "delivery", "membership",
        "module", "videoPlayComplete",
    }
)  # fmt: skip
"""Known kinds that say nothing to a support team."""


def parse_webhook(raw: RawEvent, bot_user_id: str) -> Sequence[InboundEvent]:
    """Read one webhook of our account (any, if `bot_user_id` is empty), or a note. Raises UnparseableEvent."""
    body = read_object(raw.body, "LINE")
    if raw.kind == DIRECTORY:
        return read_note(body)
    destination = text(body, "destination")
    if bot_user_id and destination != bot_user_id:
        raise UnparseableEvent(
            f"This event is for another LINE account ({destination[:40] or 'it does not say which'}) than the settings "
            "name. Correct “User ID of the account”, or connect that account as a channel of its own."
        )
    if not isinstance(body.get("events"), list):
        raise UnparseableEvent("LINE sent something that carries no events.")
    return tuple(_events(objects(body, "events")))


def _events(events: Sequence[Json]) -> Iterator[InboundEvent]:
    """Yield what is understood. What is not only counts if nothing else is: it must not hold up messages beside it."""
    understood, problem = 0, ""
    for event in events:
        kind = text(event, "type")
        read, source = _READERS.get(kind), read_source(event)
        if kind in _NOT_NEEDED:
            understood += 1
        elif read is None:
            problem = f"It is of a kind this version does not know ({kind[:60] or 'none'})."
        elif source is None:
            problem = "It does not say from which chat it comes."
        elif (found := read(event, source)) is None:
            problem = f"It misses what a “{kind}” has to say."
        else:
            understood += 1
            yield from found
    if problem and not understood:
        raise UnparseableEvent(f"LINE's event was not understood. {problem}")


def _message(event: Json, source: Source) -> Sequence[InboundEvent] | None:
    message = inner(event, "message")
    ident = text(message, "id")
    if not ident:
        return None
    content = read_content(message)
    quoted, album = text(message, "quotedMessageId"), text(inner(message, "imageSet"), "id")
    return (
        _inbound(
            event,
            source,
            bounded(ident),
            content,
            mentions=message,
            reply_to=bounded(quoted) if quoted else None,
            album=bounded(album) if album else None,
            # in standby another program has the chat, and it answers
            opens_wait=text(event, "mode") != "standby",
        ),
    )


def _unsend(event: Json, _source: Source) -> Sequence[InboundEvent] | None:
    ident = text(inner(event, "unsend"), "messageId")
    return (MessageDeleted(external_id=bounded(ident), occurred_at=_time(event)),) if ident else None


def _postback(event: Json, source: Source) -> Sequence[InboundEvent] | None:
    ident = text(event, "webhookEventId")
    content = read_postback(inner(event, "postback"))
    return (_inbound(event, source, bounded(f"event:{ident}"), content, opens_wait=False),) if ident else None


def _follow(event: Json, source: Source) -> Sequence[InboundEvent]:
    again = flag(inner(event, "follow"), "isUnblocked")
    reason = "unblocked the account on LINE" if again else "added the account as a friend on LINE"
    return (_reachable(event, source, reason),)


def _unfollow(event: Json, source: Source) -> Sequence[InboundEvent]:
    return (_reachable(event, source, "blocked the account on LINE", blocked=True),)


def _join(event: Json, source: Source) -> Sequence[InboundEvent]:
    return (_reachable(event, source, "the account was added to the group"),)


def _leave(event: Json, source: Source) -> Sequence[InboundEvent]:
    return (_reachable(event, source, "the account was removed from the group", blocked=True),)


def _reachable(event: Json, source: Source, reason: str, *, blocked: bool = False) -> ContactPointBlocked:
    return ContactPointBlocked(sender=source.address, blocked=blocked, reason=reason, occurred_at=_time(event))


def _joined(event: Json, source: Source) -> Sequence[InboundEvent] | None:
    return _members(event, source, objects(inner(event, "joined"), "members"), "joined")


def _left(event: Json, source: Source) -> Sequence[InboundEvent] | None:
    return _members(event, source, objects(inner(event, "left"), "members"), "left")


def _members(event: Json, source: Source, members: Sequence[Json], verb: str) -> Sequence[InboundEvent] | None:
    """A line of the timeline. LINE names nobody here; who they are shows among the participants."""
    ident = text(event, "webhookEventId")
    if not ident:
        return None
    who = "Somebody" if len(members) < 2 else f"{len(members)} people"
    content = Content(text=f"{who} {verb} the group.")
    people = tuple(address_of(user) for one in members if (user := text(one, "userId")))
    told = _inbound(event, source, bounded(f"event:{ident}"), content, author=AuthorKind.system, opens_wait=False)
    return (replace(told, participants=people),)


def _inbound(
    event: Json,
    source: Source,
    external_id: ExternalId,
    content: Content,
    *,
    mentions: Json | None = None,
    author: AuthorKind = AuthorKind.contact,
    reply_to: ExternalId | None = None,
    album: ExternalId | None = None,
    opens_wait: bool = True,
) -> InboundMessage:
    return InboundMessage(
        external_id=external_id,
        thread=source.thread,
        sender=source.sender,
        counterpart=source.address if source.is_group else None,
        participants=mentioned(mentions) if mentions and source.is_group else (),
        group=source.is_group,
        occurred_at=_time(event),
        author=author,
        content=content.kind,
        text=content.text,
        data=content.data,
        attachments=content.attachments,
        reply_to=reply_to,
        album=album,
        opens_wait=opens_wait,
    )


def _time(event: Json) -> datetime | None:
    milliseconds = number(event, "timestamp")
    if not milliseconds or milliseconds >= 253_402_300_800_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


_READERS: Mapping[str, Callable[[Json, Source], Sequence[InboundEvent] | None]] = {
    "message": _message,
    "unsend": _unsend,
    "postback": _postback,
    "follow": _follow,
    "unfollow": _unfollow,
    "join": _join,
    "leave": _leave,
    "memberJoined": _joined,
    "memberLeft": _left,
}
