"""What an event of Discord's gateway means. Pure: the same bytes always give the same events.

https://docs.discord.com/developers/events/gateway-events. The raw event's kind is the gateway's name of the event, its
body the data; its headers say who our bot is and in which place of a server it was said.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from connectors._lib.loose_json import Json, flag, inner, objects, text, texts, whole
from connectors.discord.content import CHANGES, SILENT, Content, is_machine, name_of, read_content, words_of
from connectors.discord.ids import NAMESPACE, Thread, is_id, moment
from connectors.discord.places import ME, PLACE, Place, Rules
from connectors.discord.pressing import PRESSED, label_of, presser
from hub.contract import (
    Address,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId
from hub.domain.interaction import AuthorKind, ContentKind


class _Around:
    """What stands around an event."""

    def __init__(self, raw: RawEvent, body: Json, rules: Rules) -> None:
        self.me = raw.headers.get(ME, "")
        self.rules = rules
        self.direct = not text(body, "guild_id")
        self.channel = text(body, "channel_id")
        self.place = _place(raw.headers.get(PLACE, ""))

    def is_ours(self) -> bool:
        """Whether the hub listens where this happened."""
        if self.direct:
            return True
        place = self.place if self.place is not None and self.place.id == self.channel else Place(id=self.channel)
        return self.rules.listens_to(place)


def parse_event(raw: RawEvent, rules: Rules) -> Sequence[InboundEvent]:
    """Read one event. Raises UnparseableEvent."""
    read = _READERS.get(raw.kind)
    if read is None:
        raise UnparseableEvent(f"Discord sent an event of a kind this version does not know ({raw.kind[:60]}).")
    body = _object(raw.body)
    around = _Around(raw, body, rules)
    return read(body, around) if around.is_ours() else ()


def _created(message: Json, around: _Around) -> Sequence[InboundEvent]:
    ident, author = _id(message, "id"), inner(message, "author")
    kind = whole(message, "type") or 0
    if text(author, "id") == around.me or kind in SILENT:
        return ()
    if not is_id(text(author, "id")):
        raise UnparseableEvent("Discord sent a message that does not say who wrote it.")
    change = CHANGES.get(kind, "")
    content = Content(text=f"{name_of(_with_member(author, message))} {change}.") if change else read_content(message)
    who = AuthorKind.system if change else _author(message, around)
    events: list[InboundEvent] = [_inbound(message, around, ident, content, who)]
    if not change and text(message, "edited_timestamp"):
        # as the REST API lists it: its last wording, should only the first be known
        events += _updated(message, around)
    return events


def _author(message: Json, around: _Around) -> AuthorKind:
    if is_machine(message):
        return AuthorKind.auto
    roles = set(texts(inner(message, "member"), "roles"))
    staff = text(inner(message, "author"), "id") in around.rules.staff_ids or roles & around.rules.staff_roles
    return AuthorKind.agent if staff and not around.direct else AuthorKind.contact


def _inbound(message: Json, around: _Around, ident: str, content: Content, who: AuthorKind) -> InboundMessage:
    sender = _address(_with_member(inner(message, "author"), message))
    answered = text(inner(message, "message_reference"), "message_id")
    forward = whole(inner(message, "message_reference"), "type") == 1
    named = [_address(one) for one in objects(message, "mentions") if _is_customer(one, around, sender)]
    return InboundMessage(
        external_id=ExternalId(ident),
        thread=_thread(around, sender.value).id,
        sender=sender,
        counterpart=None if around.direct else _group(around),
        participants=() if around.direct else tuple(named[:20]),
        group=not around.direct,
        occurred_at=_time(text(message, "timestamp")) or moment(ident),
        author=who,
        content=content.kind,
        text=content.text,
        data={**content.data, **({"written_by": sender.name or sender.value} if who is AuthorKind.agent else {})},
        attachments=content.attachments,
        reply_to=ExternalId(answered) if is_id(answered) and not forward else None,
        opens_wait=who is AuthorKind.contact,
    )


def _is_customer(person: Json, around: _Around, sender: Address) -> bool:
    ident = text(person, "id")
    return is_id(ident) and ident not in {around.me, sender.value} and not flag(person, "bot")


def _updated(message: Json, around: _Around) -> Sequence[InboundEvent]:
    """A new wording. Updates are partial, and most only add the preview of a link: those name no time of an edit."""
    ident = _id(message, "id")
    at = _time(text(message, "edited_timestamp"))
    if at is None or "content" not in message or text(inner(message, "author"), "id") == around.me:
        return ()
    return (MessageEdited(external_id=ExternalId(ident), occurred_at=at, text=words_of(message)),)


def _deleted(body: Json, _: _Around) -> Sequence[InboundEvent]:
    return (MessageDeleted(external_id=ExternalId(_id(body, "id")), occurred_at=None),)


def _deleted_many(body: Json, _: _Around) -> Sequence[InboundEvent]:
    return tuple(
        MessageDeleted(external_id=ExternalId(ident), occurred_at=None) for ident in texts(body, "ids") if is_id(ident)
    )


def _reacted(body: Json, around: _Around) -> Sequence[InboundEvent]:
    return _reaction(body, around, add=True)


def _took_back(body: Json, around: _Around) -> Sequence[InboundEvent]:
    return _reaction(body, around, add=False)


def _reaction(body: Json, around: _Around, *, add: bool) -> Sequence[InboundEvent]:
    """Discord gives no time for a reaction."""
    user, emoji = _id(body, "user_id"), inner(body, "emoji")
    if user == around.me:
        return ()
    name = text(emoji, "name")[:60]
    member = inner(body, "member")
    who = _with_member(inner(member, "user"), {"member": member})
    return (
        Reaction(
            external_id=ExternalId(_id(body, "message_id")),
            sender=_address({**who, "id": user}),
            # an emoji of a server's own is a picture with a name
            emojis=(f":{name}:" if text(emoji, "id") else name or "❔",),
            occurred_at=None,
            change="add" if add else "remove",
        ),
    )


def _pressed(body: Json, around: _Around) -> Sequence[InboundEvent]:
    """A press on a button of ours. Discord gives its time in the interaction's id."""
    ident, answered = _id(body, "id"), text(inner(body, "message"), "id")
    sender = _address(presser(body))
    if not is_id(sender.value):
        raise UnparseableEvent("Discord sent a pressed button that does not say who pressed it.")
    label = label_of(body)[:200]
    return (
        InboundMessage(
            external_id=ExternalId(ident),
            thread=_thread(around, sender.value).id,
            sender=sender,
            counterpart=None if around.direct else _group(around),
            group=not around.direct,
            occurred_at=moment(ident),
            content=ContentKind.button,
            text=label,
            data={"label": label, "data": text(inner(body, "data"), "custom_id")[:200]},
            reply_to=ExternalId(answered) if is_id(answered) else None,
            opens_wait=False,
        ),
    )


_READERS: Mapping[str, Callable[[Json, _Around], Sequence[InboundEvent]]] = {
    "MESSAGE_CREATE": _created,
    "MESSAGE_UPDATE": _updated,
    "MESSAGE_DELETE": _deleted,
    "MESSAGE_DELETE_BULK": _deleted_many,
    "MESSAGE_REACTION_ADD": _reacted,
    "MESSAGE_REACTION_REMOVE": _took_back,
    PRESSED: _pressed,
}


def _thread(around: _Around, sender: str) -> Thread:
    return Thread(person=sender) if around.direct else Thread(channel=around.channel)


def _with_member(user: Json, message: Json) -> Json:
    return {**user, "member": inner(message, "member")}


def _portrait(user: Json) -> str | None:
    """Return the address of somebody's picture; "" for who has none, None where a partial user does not say.

    https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints
    """
    if "avatar" not in user:
        return None
    name = text(user, "avatar")
    sound = name.isascii() and name.replace("_", "").isalnum()
    return f"https://cdn.discordapp.com/avatars/{text(user, 'id')}/{name}.png?size=256" if sound else ""


def _address(user: Json) -> Address:
    handle = text(user, "username")[:100]
    return Address(
        namespace=NAMESPACE,
        value=text(user, "id"),
        name=name_of(user),
        stand_in="Discord user",
        verified=True,
        language=text(user, "locale")[:20],
        portrait=_portrait(user),
        fields={"discord": f"@{handle}"} if handle else {},
    )


def _group(around: _Around) -> Address:
    name = around.place.name if around.place is not None else ""
    return Address(
        namespace=NAMESPACE,
        value=Thread(channel=around.channel).id,
        name=f"#{name}" if name else "",
        stand_in="Discord channel",
        verified=True,
    )


def _place(header: str) -> Place | None:
    try:
        known = json.loads(header) if header else None
    except ValueError:
        return None
    if not isinstance(known, dict) or (place := Place.of(known)) is None:
        return None
    return Place(id=place.id, name=place.name, kind=place.kind, parent=place.parent, above=text(known, "above"))


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise UnparseableEvent("The event of Discord is not JSON.") from None
    if not isinstance(value, dict):
        raise UnparseableEvent("The event of Discord is not a JSON object.")
    if not is_id(text(value, "channel_id")):
        raise UnparseableEvent("Discord sent an event that does not say where it happened.")
    return value


def _id(body: Json, name: str) -> str:
    ident = text(body, name)
    if not is_id(ident):
        raise UnparseableEvent(f"Discord sent an event without the id it is about ({name}).")
    return ident


def _time(stamp: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
    return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
