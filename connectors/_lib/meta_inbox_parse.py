"""What a webhook of Messenger or Instagram means. Pure: the same bytes always give the same events.

Both speak one language (`meta_inbox_wire.py`); what differs is in `Inbox`. Times are milliseconds; ids of people
hold for one Page or account only. Events are routed by the entry's id: Meta's pages contradict each other about
`object`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from pydantic import ValidationError

from connectors._lib.meta_inbox_content import Content, read_content, source_of
from connectors._lib.meta_inbox_wire import (
    Delivered,
    Edited,
    Event,
    Message,
    Postback,
    Reacted,
    Read,
    Referral,
    Update,
)
from connectors._lib.meta_json import in_words, moment, our_delivery, read_object
from hub.contract import (
    Address,
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
from hub.domain.ids import ExternalId, bounded
from hub.domain.interaction import AuthorKind, ContentKind

_NOT_NEEDED = frozenset(
    {
        "account_linking", "app_roles", "customer_information", "game_play", "messaging_feedback", "optin",
        "pass_thread_control", "policy_enforcement", "request_thread_control", "response_feedback",
        "take_thread_control", "typing",
    }
)  # fmt: skip
"""Known kinds that say nothing to a support team."""
_PUBLIC = frozenset(
    {
        "comments", "feed", "live_comments", "mention", "mentions", "ratings", "standby", "story_insights",
        "story_reactions",
    }
)  # fmt: skip
"""Known changes of what is public; conversations are not."""
_ENVELOPE = frozenset({"sender", "recipient", "timestamp"})
_TEST = "0"
"""The entry id of the dashboard's “Test” button."""
_START = "GET_STARTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Whose events are read, and what to call them."""

    title: str
    namespace: str
    own_id: str
    """Of our Page or account: the entry's id."""
    app_id: str
    """Of our app: it marks the echoes of what we sent."""
    returns_metadata: bool
    """Whether echoes bring back our delivery; then one without it was sent by another program of the same app."""
    media_hosts: tuple[str, ...]
    """From where files are fetched; other addresses are links."""


def parse_inbox(raw: RawEvent, inbox: Inbox) -> Sequence[InboundEvent]:
    """Read one webhook. Raises UnparseableEvent."""
    try:
        return tuple(_Reader(inbox).events(Update.model_validate(read_object(raw.body))))
    except ValidationError as error:
        words = in_words(error)
        raise UnparseableEvent(f"{inbox.title} sent an event that does not read as documented ({words}).") from error


class _Reader:
    """Reads for one inbox. What is not understood only counts if nothing else is: it must not hold up messages."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._understood = 0
        self._problem = "It says nothing."

    def events(self, update: Update) -> Iterator[InboundEvent]:
        for entry in update.entry:
            if entry.id not in ("", _TEST, self._inbox.own_id):
                self._problem = (
                    f"It belongs to another Page or account ({entry.id[:40]}). Connect that as a channel of its own, "
                    "with an app of its own."
                )
                continue
            for found in (*entry.messaging, *entry.standby):
                yield from self._event(found)
            for change in entry.changes:
                if isinstance(change.value, dict) and _ENVELOPE & change.value.keys():
                    yield from self._event(change.value)
                elif change.field in _PUBLIC:
                    self._understood += 1
                else:
                    self._problem = f"It tells of “{change.field[:60]}”, which this version does not know."
        if not self._understood:
            raise UnparseableEvent(f"{self._inbox.title}'s event was not understood. {self._problem}")

    def _event(self, found: Mapping[str, Any]) -> Iterator[InboundEvent]:
        event = Event.model_validate(found)
        for kind, read in _READERS.items():
            if (value := getattr(event, kind)) is not None:
                self._understood += 1
                yield from read(self._inbox, event, value)
                return
        unknown = sorted(found.keys() - _ENVELOPE - _NOT_NEEDED)
        if unknown or found.keys() <= _ENVELOPE:
            self._problem = (
                f"It tells of “{', '.join(name[:40] for name in unknown[:3]) or 'nothing'}”, which is new to us."
            )
        else:
            self._understood += 1


def _message(inbox: Inbox, event: Event, message: Message) -> Iterator[InboundEvent]:
    if message.is_deleted:
        yield MessageDeleted(external_id=bounded(message.mid), occurred_at=moment(event.timestamp))
        return
    echo = message.is_echo or event.sender.id == inbox.own_id
    delivery_id = our_delivery(message.metadata)
    if echo and message.app_id == inbox.app_id and (delivery_id is not None or not inbox.returns_metadata):
        # what we sent through the API comes back: a proof that it went out, whatever became of the answer
        yield DeliveryReceipt(
            external_id=bounded(message.mid),
            state=DeliveryState.sent,
            occurred_at=moment(event.timestamp),
            delivery_id=delivery_id,
        )
        return
    customer = event.recipient if echo else event.sender
    content = read_content(message, inbox.media_hosts)
    shown = _inbound(inbox, event, customer.id, customer.name, bounded(message.mid), content)
    replied = message.reply_to.mid if message.reply_to else ""
    yield _with(
        shown,
        reply_to=bounded(replied) if replied else None,
        source=source_of(message.referral),
        own=Address(namespace=inbox.namespace, value=inbox.own_id) if echo else None,
    )


def _edited(_inbox: Inbox, event: Event, edited: Edited) -> Iterator[InboundEvent]:
    yield MessageEdited(external_id=bounded(edited.mid), occurred_at=moment(event.timestamp), text=edited.text)


def _reacted(inbox: Inbox, event: Event, reacted: Reacted) -> Iterator[InboundEvent]:
    if event.sender.id == inbox.own_id:
        return  # our own reactions are the agent's, whom no address of a customer stands for
    emoji = reacted.emoji or _EMOJI.get(reacted.reaction, "❔")
    yield Reaction(
        external_id=bounded(reacted.mid),
        sender=_customer(inbox, event.sender.id, event.sender.name),
        emojis=() if reacted.action == "unreact" else (emoji,),
        occurred_at=moment(event.timestamp),
    )


def _pressed(inbox: Inbox, event: Event, postback: Postback) -> Iterator[InboundEvent]:
    """A pressed button. In standby Meta leaves its payload out; without an id one is made of what is told."""
    label = postback.title or postback.payload or "Button"
    told = f"{event.sender.id}:{event.timestamp}:{postback.title}:{postback.payload}"
    external_id = postback.mid or f"postback:{sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}"
    starts = postback.payload.upper() == _START
    content = Content(kind=ContentKind.button, text=label, data={"label": label, "data": postback.payload})
    pressed = _inbound(inbox, event, event.sender.id, event.sender.name, bounded(external_id), content)
    yield _with(pressed, source=source_of(postback.referral), opens_wait=not starts)


def _referred(inbox: Inbox, event: Event, referral: Referral) -> Iterator[InboundEvent]:
    """Somebody came back through a link or an advertisement, and has not written yet."""
    source = source_of(referral)
    told = f"{event.sender.id}:{event.timestamp}:{source}"
    external_id = bounded(f"referral:{sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}")
    content = Content(text=f"Came through {source}." if source else "Came through a link.")
    line = _inbound(inbox, event, event.sender.id, event.sender.name, external_id, content)
    yield _with(line, source=source, author=AuthorKind.system, opens_wait=False)


def _seen(inbox: Inbox, event: Event, read: Read) -> Iterator[InboundEvent]:
    yield from _watermark(inbox, event, DeliveryState.read, read.mid, read.watermark)


def _delivered(inbox: Inbox, event: Event, delivered: Delivered) -> Iterator[InboundEvent]:
    """Ids where Meta gives them, else the time until which everything is delivered."""
    if not delivered.mids:
        yield from _watermark(inbox, event, DeliveryState.delivered, "", delivered.watermark)
    for mid in delivered.mids:
        yield DeliveryReceipt(
            external_id=bounded(mid), state=DeliveryState.delivered, occurred_at=moment(delivered.watermark)
        )


def _watermark(
    inbox: Inbox,
    event: Event,
    state: Literal[DeliveryState.delivered, DeliveryState.read],
    mid: str,
    until: object,
) -> Iterator[InboundEvent]:
    at = moment(until) or moment(event.timestamp)
    if event.sender.id == inbox.own_id or (not mid and at is None):
        return  # an agent read in Meta's own inbox, or nothing is told
    thread = None if mid else bounded(event.sender.id)
    yield DeliveryReceipt(external_id=bounded(mid), state=state, occurred_at=at, up_to=True, thread=thread)


_READERS: Mapping[str, Callable[[Inbox, Event, Any], Iterator[InboundEvent]]] = {
    "message": _message,
    "message_edit": _edited,
    "reaction": _reacted,
    "postback": _pressed,
    "read": _seen,
    "delivery": _delivered,
    "referral": _referred,
}
_EMOJI = {
    "love": "❤️", "smile": "😆", "wow": "😮", "sad": "😢", "angry": "😠", "like": "👍", "dislike": "👎", "haha": "😆",
}  # fmt: skip


def _customer(inbox: Inbox, person: str, name: str) -> Address:
    """Meta vouches for its own ids; a name is told only to who asks for it."""
    if not person:
        raise UnparseableEvent(f"{inbox.title} sent an event that does not say whose it is.")
    stand_in = f"{inbox.title} customer"
    return Address(namespace=inbox.namespace, value=person, name=name, stand_in=stand_in, verified=True)


def _inbound(
    inbox: Inbox, event: Event, person: str, name: str, external_id: ExternalId, content: Content
) -> InboundMessage:
    return InboundMessage(
        external_id=external_id,
        thread=bounded(person),
        sender=_customer(inbox, person, name),
        occurred_at=moment(event.timestamp),
        content=content.kind,
        text=content.text,
        data=content.data,
        attachments=content.attachments,
    )


def _with(
    message: InboundMessage,
    *,
    reply_to: ExternalId | None = None,
    source: str = "",
    author: AuthorKind = AuthorKind.contact,
    opens_wait: bool = True,
    own: Address | None = None,
) -> InboundMessage:
    """Return the message with what its kind adds; `own` makes it an echo of somebody who wrote in Meta's own inbox."""
    changed: dict[str, Any] = {"reply_to": reply_to, "source": source, "author": author, "opens_wait": opens_wait}
    if own is not None:
        changed |= {"sender": own, "counterpart": message.sender, "author": AuthorKind.agent, "opens_wait": False}
    return replace(message, **changed)
