"""What a stanza means. Pure: the same bytes always give the same events.

A raw event is one `<message/>` as the server gave it; its headers say who we are (`us`) and, in a room, by what name
(`nick`). Whose word it is, its envelope decides (envelope.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from connectors.xmpp import content as read
from connectors.xmpp import xml
from connectors.xmpp.cards import read_note
from connectors.xmpp.envelope import Told, unwrapped
from connectors.xmpp.errors import reason_of
from connectors.xmpp.ids import delivery_of, of_ours, of_sender
from connectors.xmpp.settings import NAMESPACE
from connectors.xmpp.xml import attribute, bare, child, text_of
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
from hub.domain.interaction import AuthorKind

_NOT_NEEDED = frozenset(
    {
        *(xml.CHATSTATES, xml.HINTS, xml.SID, xml.DELAY, xml.MUC_USER, xml.RECEIPTS, xml.MARKERS),
        *("http://jabber.org/protocol/nick", "http://jabber.org/protocol/pubsub#event", "jabber:x:delay"),
        *("jabber:x:event", "urn:xmpp:eme:0", "urn:xmpp:occupant-id:0", "vcard-temp:x:update"),
    }
)
"""Known namespaces that alone are no message to a person."""


def parse_stanza(raw: RawEvent) -> Sequence[InboundEvent]:
    """Read one stanza. Raises UnparseableEvent."""
    if raw.kind == "card":
        return read_note(raw.body)
    us, nick = raw.headers.get("us", ""), raw.headers.get("nick", "")
    try:
        stanza = xml.read_stanza(raw.body)
    except xml.Forbidden as error:
        raise UnparseableEvent(str(error)) from None
    if stanza.tag != f"{{{xml.CLIENT}}}message" or not us:
        raise UnparseableEvent("This is not a message of an XMPP stream.")
    told = unwrapped(stanza, us, nick)
    if not told.sender:
        raise UnparseableEvent("The message does not say whom it is from.")
    if told.kind == "error":
        return _bounced(told)
    for reader in _READERS:
        if (events := reader(told)) is not None:
            return events
    return _message(told)


def _bounced(told: Told) -> Sequence[InboundEvent]:
    """Our message came back: https://www.rfc-editor.org/rfc/rfc6120#section-8.3."""
    if delivery_of(told.id) is None:
        return ()
    code, words, unreachable = reason_of(told.message)
    failed = DeliveryReceipt(
        external_id=of_ours(told.id),
        state=DeliveryState.failed,
        occurred_at=told.at,
        delivery_id=delivery_of(told.id),
        code=code,
        reason=words,
        unreachable=unreachable,
    )
    return (failed,)


def _receipt(told: Told) -> Sequence[InboundEvent] | None:
    """XEP-0184 and XEP-0333. A marker stands for all before it."""
    for namespace, name, state in (
        (xml.RECEIPTS, "received", DeliveryState.delivered),
        (xml.MARKERS, "received", DeliveryState.delivered),
        (xml.MARKERS, "displayed", DeliveryState.read),
        (xml.MARKERS, "acknowledged", DeliveryState.read),
    ):
        named = attribute(child(told.message, namespace, name), "id")
        if not named or child(told.message, xml.CLIENT, "body") is not None:
            continue
        if told.echo:
            return ()
        known = of_sender(told.room, named) if told.room else of_ours(named)
        state_told: DeliveryReceipt = DeliveryReceipt(
            external_id=known,
            state=state,  # type: ignore[arg-type]  # the table above has no other states
            occurred_at=told.at,
            delivery_id=None if told.room else delivery_of(named),
            up_to=namespace == xml.MARKERS,
            recipient=told.sender if told.room else bare(told.sender),
        )
        return (state_told,)
    return None


def _reaction(told: Told) -> Sequence[InboundEvent] | None:
    """XEP-0444: these are all the sender's reactions now. In a chat of two they are to the other's messages."""
    reactions = child(told.message, xml.REACTIONS, "reactions")
    if reactions is None:
        return None
    named = attribute(reactions, "id")
    if not named:
        raise UnparseableEvent("A reaction does not say to which message.")
    if told.echo:
        return ()
    emojis = (text_of(one).strip()[:32] for one in reactions.findall(f"{{{xml.REACTIONS}}}reaction"))
    target = of_sender(told.room, named) if told.room else of_ours(named)
    found = tuple(dict.fromkeys(emoji for emoji in emojis if emoji))[:20]
    return (Reaction(external_id=target, sender=_who(told), emojis=found, occurred_at=told.at),)


def _retraction(told: Told) -> Sequence[InboundEvent] | None:
    """XEP-0424, in both its forms; in a room anybody may name anybody's message, so only the room is believed."""
    retract = child(told.message, xml.RETRACT, "retract")
    named = attribute(retract, "id")
    if retract is None:
        fastened = child(told.message, xml.FASTEN, "apply-to")
        if child(fastened, xml.RETRACT_OLD, "retract") is None:
            return None
        named = attribute(fastened, "id")
    if not named:
        raise UnparseableEvent("A retraction does not say of which message.")
    if told.room and told.occupant:
        return ()
    return (MessageDeleted(external_id=_own(told, named), occurred_at=told.at),)


def _correction(told: Told) -> Sequence[InboundEvent] | None:
    """XEP-0308. A room's messages are known by the room's ids, a correction by the sender's: there it is shown anew."""
    named = attribute(child(told.message, xml.CORRECT, "replace"), "id")
    if not named or told.room:
        return None
    content = read.read_content(told.message)
    if content is None:
        raise UnparseableEvent("A correction has no new text.")
    edited = MessageEdited(
        external_id=_own(told, named), sender=_who(told), occurred_at=told.at, text=content.text, data=content.data
    )
    return (edited,)


def _message(told: Told) -> Sequence[InboundEvent]:
    content = read.read_content(told.message)
    if content is None:
        strange = sorted({space for space, name in xml.names(told.message) if not _is_known(space, name)})
        if strange:
            raise UnparseableEvent(f"A message of a kind this version does not know: {', '.join(strange)[:200]}.")
        return ()
    if told.echo and delivery_of(told.id) is not None:
        return _own_echo(told)
    if told.room and not told.occupant:
        return ()
    if child(told.message, xml.CORRECT, "replace") is not None:
        content = replace(content, data={**content.data, "corrects": True})
    return (_inbound(told, content),)


def _own_echo(told: Told) -> Sequence[InboundEvent]:
    """We sent it: known from sending it, unless we were stopped before the answer came."""
    sent = DeliveryReceipt(
        external_id=of_ours(told.id),
        state=DeliveryState.sent,
        occurred_at=told.at,
        delivery_id=delivery_of(told.id),
    )
    return (sent,)


def _inbound(told: Told, content: read.Content) -> InboundMessage:
    thread = told.room or (bare(attribute(told.message, "to")) if told.echo else bare(told.sender))
    machine = told.kind == "headline"
    author = AuthorKind.agent if told.echo else AuthorKind.auto if machine else AuthorKind.contact
    place = Address(namespace=NAMESPACE, value=bounded(thread), name=thread.partition("@")[0] if told.room else "")
    answered, answered_by = read.reply_of(told.message)
    return InboundMessage(
        external_id=_external_id(told),
        thread=bounded(thread),
        sender=_who(told),
        counterpart=place if told.room or told.echo else None,
        group=bool(told.room),
        occurred_at=told.at,
        author=author,
        subject="" if told.room else text_of(child(told.message, xml.CLIENT, "subject"))[:300],
        content=content.kind,
        text=content.text,
        data={**content.data, "digest": _digest(told)},
        attachments=content.attachments,
        reply_to=_answered(told, answered, answered_by) if answered else None,
        opens_wait=author is AuthorKind.contact,
    )


def _external_id(told: Told) -> ExternalId:
    if told.room:
        return of_sender(told.room, told.archive_id or told.id or _digest(told))
    if told.echo:
        return of_ours(told.id or told.archive_id or _digest(told))
    return of_sender(bare(told.sender), told.id or told.archive_id or _digest(told))


def _digest(told: Told) -> str:
    """Return what tells two messages apart that a sender gave one id: the archive's id, else what they say."""
    if told.archive_id:
        return told.archive_id[:64]
    said = f"{told.sender} {told.id} {text_of(child(told.message, xml.CLIENT, 'body'))}"
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def _own(told: Told, named: str) -> ExternalId:
    """The name of another message of the same sender: nobody changes or takes back what another wrote."""
    if told.room:
        return of_sender(told.room, named)
    return of_ours(named) if told.echo else of_sender(bare(told.sender), named)


def _answered(told: Told, named: str, by: str) -> ExternalId:
    if told.room:
        return of_sender(told.room, named)
    return of_ours(named) if not by or bare(by) == told.us else of_sender(bare(by), named)


def _who(told: Told) -> Address:
    """Return who speaks. The servers vouch for a JID; a name in a room is anybody's who takes it."""
    if told.room:
        jid = f"{told.room}/{told.occupant}"
        return Address(namespace=NAMESPACE, value=bounded(jid), name=told.occupant[:100])
    nick = text_of(child(told.message, "http://jabber.org/protocol/nick", "nick")).strip()[:100]
    jid = bare(told.sender)
    return Address(namespace=NAMESPACE, value=bounded(jid), name=nick, stand_in=jid.partition("@")[0], verified=True)


def _is_known(space: str, name: str) -> bool:
    # a subject alone is a room's title; jingle's other words follow a call that was shown
    return (
        space in _NOT_NEEDED or space == xml.JINGLE or (space == xml.CLIENT and name in ("subject", "thread", "body"))
    )


_READERS: Sequence[Callable[[Told], Sequence[InboundEvent] | None]] = (_receipt, _reaction, _retraction, _correction)
