"""What a webhook of the WhatsApp Cloud API means. Pure: the same bytes always give the same events.

One request may carry many changes (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks).
A kind of message nobody knows becomes an "unsupported" entry; a kind of change nobody knows raises UnparseableEvent,
so that it is kept and read again after an update of the hub.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from connectors._lib.meta_json import in_words, moment, our_delivery, read_object
from connectors.whatsapp.asides import calls, preferences, user_ids
from connectors.whatsapp.content import Content, read_content, source_of, unsupported
from connectors.whatsapp.people import Person, group_address, group_thread, international, person
from connectors.whatsapp.wire import (
    Body,
    Edited,
    Head,
    Reacted,
    Revoked,
    Status,
    System,
    Update,
    Value,
)
from connectors.whatsapp.words import failure_of
from hub.contract import (
    Address,
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
from hub.domain.interaction import AuthorKind

_NOT_NEEDED = frozenset(
    {
        "account_alerts", "account_review_update", "account_settings_update", "account_update",
        "automatic_events", "business_capability_update", "business_status_update", "consumer_profile", "flows",
        "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update",
        "message_template_components_update", "message_template_quality_update", "message_template_status_update",
        "messaging_handovers", "partner_solutions", "payment_configuration_update", "phone_number_name_update",
        "phone_number_quality_update", "security", "smb_app_state_sync", "standby", "template_category_update",
        "template_correct_category_detection", "tracking_events",
    }
)  # fmt: skip
"""Changes no conversation needs. Templates are read anew every hour, the number's state every few minutes."""

_STATES: Mapping[
    str, Literal[DeliveryState.sent, DeliveryState.delivered, DeliveryState.read, DeliveryState.failed]
] = {
    "sent": DeliveryState.sent,
    "delivered": DeliveryState.delivered,
    "read": DeliveryState.read,
    "played": DeliveryState.read,
    "failed": DeliveryState.failed,
}
_SILENT_STATES = frozenset({"deleted", "warning", "pending"})
_CHANGES = frozenset({"reaction", "edit", "revoke"})
"""Messages that only change an earlier one."""
_SILENT_TYPES = frozenset({"request_welcome"})


def parse_update(raw: RawEvent, phone_number_id: str) -> Sequence[InboundEvent]:
    """Read one webhook of the number `phone_number_id`. Raises UnparseableEvent."""
    try:
        update = Update.model_validate(read_object(raw.body))
        return tuple(_events(update, phone_number_id))
    except ValidationError as error:
        raise UnparseableEvent(
            f"WhatsApp sent an event that does not read as documented ({in_words(error)})."
        ) from error


def _events(update: Update, phone_number_id: str) -> Iterator[InboundEvent]:
    """Yield what is understood. What is not only counts if nothing else is: it must not hold up messages beside it."""
    if update.object != "whatsapp_business_account":
        raise UnparseableEvent(f"This is an event of “{update.object[:60]}”, not of WhatsApp.")
    understood, problem = 0, "" if update.entry else "It says nothing."
    for change in (change for entry in update.entry for change in entry.changes):
        read = _READERS.get(change.field)
        if read is None:
            known = change.field in _NOT_NEEDED
            understood += known
            problem = problem if known else f"It tells of “{change.field[:60]}”, which this version does not know."
            continue
        value = Value.model_validate(change.value)
        other = value.metadata.phone_number_id
        if other and other != phone_number_id:
            problem = (
                f"It belongs to another number of the account (phone number ID {other[:40]}). Connect that number as a "
                "channel of its own."
            )
            continue
        understood += 1
        yield from read(value)
    if problem and not understood:
        raise UnparseableEvent(f"WhatsApp's event was not understood. {problem}")


def _messages(value: Value) -> Iterator[InboundEvent]:
    for found in value.messages:
        head = Head.model_validate(found)
        who = person(value.contacts, head.sender, head.from_user_id)
        if who is None:
            raise UnparseableEvent("WhatsApp sent a message that does not say who wrote it.")
        yield from who.learned
        yield from _one(head, found, who)
    receipts = [receipt for status in value.statuses for receipt in _status(status)]
    yield from receipts
    strange = [s.status for s in value.statuses if s.status not in _STATES.keys() | _SILENT_STATES and s.type != "call"]
    if strange and not receipts and not value.messages:
        raise UnparseableEvent(f"WhatsApp told of a message that it is “{strange[0][:40]}”, which is new to us.")


def _one(head: Head, found: Mapping[str, Any], who: Person) -> Iterator[InboundEvent]:
    """Yield what one message of a customer means."""
    if head.type in _CHANGES:
        changed = _change_of_another(head, found, who.address)
        if changed is not None:
            yield changed
        return
    if head.type in _SILENT_TYPES:
        return
    if head.type == "system":
        yield from _system(head, System.model_validate(found.get("system") or {}), who)
        return
    body = _body(found)
    content = read_content(body) if body else unsupported(head.type)
    yield _inbound(head, body, content, who)
    if head.origin == "contact_request" and body and body.contacts:
        # WhatsApp's own button shares the person's own number, asked for by us
        number = next(
            (n for card in body.contacts for p in card.phones if (n := international(p.wa_id or p.phone))), ""
        )
        if number and not who.phone:
            own = Person(user_id=who.user_id, phone=number, name=who.name)
            yield from own.learned


def _change_of_another(head: Head, found: Mapping[str, Any], who: Address) -> InboundEvent | None:
    """Return what a message that only changes an earlier one does to it."""
    at = moment(head.timestamp)
    match head.type:
        case "reaction":
            reacted = Reacted.model_validate(found.get("reaction") or {})
            emojis = (reacted.emoji,) if reacted.emoji else ()
            return Reaction(external_id=bounded(reacted.message_id), sender=who, emojis=emojis, occurred_at=at)
        case "edit":
            edited = Edited.model_validate(found.get("edit") or {})
            content = read_content(edited.message)
            return MessageEdited(
                external_id=bounded(edited.original_message_id), occurred_at=at, text=content.text, data=content.data
            )
        case "revoke":
            revoked = Revoked.model_validate(found.get("revoke") or {})
            return MessageDeleted(external_id=bounded(revoked.original_message_id), occurred_at=at)
        case _:
            return None


def _body(found: Mapping[str, Any]) -> Body | None:
    """Read what a message says; None if it is not as documented: then the entry at least shows that it came."""
    try:
        return Body.model_validate(found)
    except ValidationError:
        return None


def _inbound(
    head: Head,
    body: Body | None,
    content: Content,
    who: Person,
    *,
    sender: Address | None = None,
    author: AuthorKind = AuthorKind.contact,
    opens_wait: bool = True,
) -> InboundMessage:
    group = bool(head.group_id)
    echo = author is AuthorKind.agent
    return InboundMessage(
        external_id=bounded(head.id),
        thread=group_thread(head.group_id) if group else who.thread,
        other_threads=() if group else who.other_threads,
        sender=sender or who.address,
        counterpart=group_address(head.group_id) if group else who.address if echo else None,
        group=group,
        occurred_at=moment(head.timestamp),
        author=author,
        content=content.kind,
        text=content.text,
        data=content.data,
        attachments=content.attachments,
        reply_to=bounded(body.context.id) if body and body.context.id else None,
        source=source_of(body) if body else "",
        opens_wait=opens_wait and not echo,
    )


def _system(head: Head, system: System, who: Person) -> Iterator[InboundEvent]:
    """A new number, a new security code: a line on the timeline; a new number is the same person's."""
    new = person((), system.wa_id, system.user_id) if system.type == "user_changed_number" else None
    if new is not None and new.address != who.address:
        yield ContactPointLearned(known=who.address, learned=new.address)
        yield from new.learned
    text = system.body or system.type.replace("_", " ") or "WhatsApp changed something about this customer."
    yield _inbound(head, None, Content(text=text), who, author=AuthorKind.system, opens_wait=False)


def _status(status: Status) -> Iterator[DeliveryReceipt]:
    state = _STATES.get(status.status)
    if state is None or status.type == "call":
        return
    code, reason = failure_of(status.errors) if state is DeliveryState.failed else ("", "")
    yield DeliveryReceipt(
        external_id=bounded(status.id),
        state=state,
        occurred_at=moment(status.timestamp),
        recipient=status.recipient_participant_id or status.recipient_user_id or status.recipient_id,
        code=code,
        reason=reason,
        delivery_id=our_delivery(status.biz_opaque_callback_data),
    )


def _echoes(value: Value) -> Iterator[InboundEvent]:
    """What the owner wrote in the WhatsApp Business app: an agent's messages."""
    us = international(value.metadata.display_phone_number)
    for found in value.message_echoes:
        yield from _echo(found, value, us, opens_wait=True)


def _echo(found: Mapping[str, Any], value: Value, us: str, *, opens_wait: bool) -> Iterator[InboundEvent]:
    head = Head.model_validate(found)
    to = head.to if international(head.to) != us else ""
    who = person(value.contacts, to, head.to_user_id)
    if who is None:
        raise UnparseableEvent("WhatsApp told of a message from the app that does not say to whom.")
    ours = Address(namespace="phone", value=us or head.sender)
    changed = _change_of_another(head, found, ours)
    if changed is not None:
        # our own reactions are the agent's, whom no address of a customer stands for
        yield from () if isinstance(changed, Reaction) else (changed,)
        return
    yield from who.learned
    body = _body(found)
    content = read_content(body) if body else unsupported(head.type)
    yield _inbound(head, body, content, who, sender=ours, author=AuthorKind.agent, opens_wait=opens_wait)


def _history(value: Value) -> Iterator[InboundEvent]:
    """Chats from before the number was connected. Old talk asks for no answer."""
    us = international(value.metadata.display_phone_number)
    for thread in (thread for part in value.history for thread in part.threads):
        for found in thread.messages:
            head = Head.model_validate(found)
            if international(head.sender) == us:
                yield from _echo({"to": thread.id, **found}, value, us, opens_wait=False)
                continue
            who = person(value.contacts, head.sender or thread.id, head.from_user_id)
            changed = _change_of_another(head, found, who.address) if who else None
            if who is None or changed is not None:
                yield from (changed,) if changed else ()
                continue
            yield from who.learned
            body = _body(found)
            content = read_content(body) if body else unsupported(head.type)
            yield _inbound(head, body, content, who, opens_wait=False)


_READERS: Mapping[str, Callable[[Value], Iterator[InboundEvent]]] = {
    "messages": _messages,
    "smb_message_echoes": _echoes,
    "message_echoes": _echoes,
    "history": _history,
    "calls": calls,
    "user_preferences": preferences,
    "user_id_update": user_ids,
}
