"""Say what a visitor's frame means: a message, a receipt, and what the form told about the person. Pure."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from pydantic import ValidationError

from connectors.webchat.frames import FRAME, FileFrame, MessageFrame, ReceiptFrame
from connectors.webchat.verify import Identity, user_address
from hub.contract import (
    Address,
    ContactPointLearned,
    DeliveryReceipt,
    InboundAttachment,
    InboundEvent,
    InboundMessage,
    RawEvent,
    UnparseableEvent,
    upload_source,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ChannelId, ExternalId, bounded
from hub.domain.interaction import ContentKind

KIND = "visitor"
NAMESPACE = "webchat"
USER_NAMESPACE = "webchat-user"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def parse(raw: RawEvent, channel_id: ChannelId) -> Sequence[InboundEvent]:
    """Return what a visitor's frame means.

    Headers of the raw event, put there by `HostsVisitors.frame`: `thread`, and `identity` as JSON where the
    website vouches for the visitor. Times are the hub's own, since the hub is the provider here and a
    visitor's clock can say anything. Raises UnparseableEvent.
    """
    if raw.kind != KIND:
        raise UnparseableEvent(f"A web chat knows only visitors' frames, not {raw.kind!r}.")
    thread = raw.headers.get("thread", "")
    if not thread:
        raise UnparseableEvent("This frame does not say which visitor it came from.")
    try:
        frame = FRAME.validate_json(raw.body)
        identity = Identity.model_validate_json(raw.headers["identity"]) if "identity" in raw.headers else None
    except ValidationError as wrong:
        raise UnparseableEvent(f"This frame is not one we know: {in_words(wrong)}.") from None
    if isinstance(frame, ReceiptFrame):
        return (_receipt(frame, raw, thread),)
    return _message(frame, raw, ExternalId(thread), identity, channel_id)


def in_words(wrong: ValidationError) -> str:
    """Return the first thing that is wrong with a frame, without repeating what it said."""
    first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def clean(text: str) -> str:
    """Return text without control characters (line breaks and tabs stay), which no database or screen wants."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _receipt(frame: ReceiptFrame, raw: RawEvent, thread: str) -> DeliveryReceipt:
    return DeliveryReceipt(
        external_id=ExternalId(frame.upto),
        state=DeliveryState.read if frame.type == "read" else DeliveryState.delivered,
        occurred_at=raw.received_at,
        up_to=True,
        recipient=thread,
    )


def _message(
    frame: MessageFrame, raw: RawEvent, thread: ExternalId, identity: Identity | None, channel_id: ChannelId
) -> Sequence[InboundEvent]:
    form = {key: clean(value) for key, value in frame.form.items() if clean(value)}
    sender = _sender(frame, thread, identity, form, channel_id)
    page = frame.page if urlsplit(frame.page).scheme in {"http", "https"} else ""
    data: dict[str, object] = {}
    if page:
        data["page"] = page
        data["page_title"] = clean(frame.title)
    if form:
        data["form"] = form
    if frame.offline:
        data["offline"] = True
    text = clean(frame.text)
    if frame.pressed:
        data |= {"label": text, "data": frame.pressed}
    message = InboundMessage(
        external_id=bounded(f"{thread}:{frame.id}"),
        thread=thread,
        sender=sender,
        occurred_at=raw.received_at,
        content=ContentKind.button if frame.pressed else ContentKind.text,
        text=text,
        data=data,
        attachments=tuple(_attachment(file, thread) for file in frame.files),
        source=urlsplit(page).netloc,
        opens_wait=not frame.pressed,
    )
    return (message, *_learned(sender, thread, identity, form))


def _sender(
    frame: MessageFrame, thread: ExternalId, identity: Identity | None, form: Mapping[str, str], channel_id: ChannelId
) -> Address:
    fields = {key: value for key, value in form.items() if key != "name"}
    if identity is None:
        return Address(
            namespace=NAMESPACE,
            value=thread,
            name=form.get("name", ""),
            stand_in=_visitor(thread),
            language=frame.language,
            fields=fields,
        )
    return Address(
        namespace=USER_NAMESPACE,
        value=user_address(identity, channel_id),
        name=clean(identity.name) or form.get("name", ""),
        stand_in=_visitor(clean(identity.id)),
        verified=True,
        language=frame.language,
        fields=fields,
    )


def _visitor(token: str) -> str:
    """Return what agents call somebody without a name: enough of the token to tell two of them apart."""
    letters = "".join(c for c in token if c.isalnum())
    return f"Visitor {letters[-4:]}".rstrip()


def _learned(
    sender: Address, thread: ExternalId, identity: Identity | None, form: Mapping[str, str]
) -> list[ContactPointLearned]:
    """Return the further addresses of the person: vouched for by the website, or only claimed in the form."""
    learned = []
    vouched = {"email": identity.email, "phone": identity.phone} if identity else {}
    for namespace in ("email", "phone"):
        if value := vouched.get(namespace) or form.get(namespace, ""):
            verified = bool(vouched.get(namespace))
            if namespace != "email" or _EMAIL.fullmatch(value):
                address = Address(namespace=namespace, value=value, name=sender.name, verified=verified)
                learned.append(ContactPointLearned(known=sender, learned=address))
    if identity is not None and thread != sender.value:
        # The visitor wrote before logging in: the same browser holds our token of the anonymous thread.
        earlier = Address(namespace=NAMESPACE, value=thread, name=sender.name, stand_in=_visitor(thread), verified=True)
        learned.append(ContactPointLearned(known=sender, learned=earlier))
    return learned


def _attachment(file: FileFrame, thread: ExternalId) -> InboundAttachment:
    return InboundAttachment(
        name=clean(file.name) or "file",
        media_type=file.type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.type) else "application/octet-stream",
        size=file.size,
        source=upload_source(thread, file.id),
    )
