"""Say what a mail means: a customer's message, an answer sent from a person's own client, or news of a delivery.

Identity is the From address. Two exceptions, both answers to how mail is used: a web form that writes from our own
address, and a robot address (no-reply@…) that names a Reply-To; there the Reply-To is the customer, unverified.

The external id is the Message-ID without its brackets, so that references find it and our own mail in the Sent folder
is known again; a mail without one gets `no-id:<digest>`. A different mail that reuses a Message-ID has another
`data["digest"]` (see mail_digest).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from connectors._lib.mail_auth import is_authenticated
from connectors._lib.mail_auto import auto_reason, is_robot
from connectors._lib.mail_bounces import Bounce, Fate, read_bounce
from connectors._lib.mail_headers import (
    Headers,
    MailAddress,
    addresses,
    first_address,
    mail_date,
    message_id,
    safe_name,
)
from connectors._lib.mail_mime import Mail, read_mail
from connectors._lib.mail_threads import base_subject, looks_like_reply, references
from connectors.email.content import Content, elsewhere, read_content, too_large
from connectors.email.ids import REPORTED, OwnAddresses
from connectors.email.inbound import unwrapped
from hub.contract import (
    Address,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    RawEvent,
    ThreadReference,
    UnparseableEvent,
)
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ExternalId, bounded
from hub.domain.interaction import AuthorKind, ContentKind

NAMESPACE = "email"
_UNKNOWN_SENDER = "unknown@sender.invalid"
_SENT = "mail/Sent"


def parse_mail(raw: RawEvent, own: OwnAddresses) -> Sequence[InboundEvent]:
    """Say what a raw event of kind `mail/<folder>` means, or of kind `webhook`: a mail a provider posted.

    Headers used: `internaldate` (RFC 3339), `x-oversized` (bytes of a mail of which only the header was fetched),
    `x-limit` (bytes). Raises UnparseableEvent for any other kind and for an empty body.
    """
    if raw.kind == "webhook":
        posted = unwrapped(raw)
        return parse_mail(posted, own) if posted is not None else ()
    if not raw.kind.startswith("mail/"):
        raise UnparseableEvent(f"The mail channel does not know events of the kind {raw.kind!r}.")
    if not raw.body.strip():
        raise UnparseableEvent("The mail server gave an empty mail. Look at it in your mail program.")
    mail = read_mail(raw.body)
    author = _from(mail.headers)
    if raw.kind == _SENT:
        return _echo(raw, mail, author, own)
    bounce = read_bounce(mail, author.address) if _may_report(mail, author) else None
    if bounce is not None:
        receipts = _receipts(bounce, mail, raw, own)
        if receipts:
            return receipts
    return [_inbound(raw, mail, author, bounce, own)]


def _may_report(mail: Mail, author: MailAddress) -> bool:
    """Tell quickly that a mail cannot be a bounce: most cannot."""
    headers = mail.headers
    written_by_person = "in-reply-to" in headers and "auto-submitted" not in headers and not is_robot(author.address)
    return mail.media_type.startswith("multipart/report") or not written_by_person


def _from(headers: Headers) -> MailAddress:
    for name in ("from", "sender", "return-path"):
        found = first_address(headers.all(name))
        if found is not None:
            return found
    return MailAddress(_UNKNOWN_SENDER, safe_name(headers.raw("from")) or "Unknown sender")


def _recipients(headers: Headers, *names: str) -> list[MailAddress]:
    found = [entry for name in names for entry in addresses(headers.all(name))]
    return list({entry.address.casefold(): entry for entry in reversed(found)}.values())[::-1]


def _envelope(headers: Headers) -> list[str]:
    names = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")
    return [entry.address for name in names for entry in addresses(headers.all(name))]


def _receipts(bounce: Bounce, mail: Mail, raw: RawEvent, own: OwnAddresses) -> list[InboundEvent]:
    """Tie a bounce to the delivery it is about. Empty if it is about none of ours that we can name."""
    ours = next((known for known in bounce.original_ids if own.is_ours(known)), None)
    about = ours or own.named_in(_envelope(mail.headers), raw.body) or own.named_in((), mail.text.encode())
    if about is None:
        return []
    moment = _moment(raw, mail.headers)[0]
    return [receipt for fate in bounce.fates if (receipt := _receipt(fate, about, moment)) is not None]


def _receipt(fate: Fate, about: ExternalId, moment: datetime | None) -> DeliveryReceipt | None:
    if fate.outcome == "delayed":
        return None
    if fate.outcome == "failed":
        return DeliveryReceipt(
            external_id=about,
            state=DeliveryState.failed,
            occurred_at=moment,
            recipient=fate.recipient,
            code=fate.code,
            reason=fate.reason,
            unreachable=fate.dead,
        )
    return DeliveryReceipt(
        external_id=about,
        state=DeliveryState.read if fate.outcome == "read" else DeliveryState.delivered,
        occurred_at=moment,
        recipient=fate.recipient,
    )


def _moment(raw: RawEvent, headers: Headers) -> tuple[datetime | None, bool]:
    """Return when a mail arrived by our mail server's clock (trusted), else when its sender says it was written."""
    arrived = raw.headers.get("internaldate", "")
    try:
        return datetime.fromisoformat(arrived).astimezone(UTC), True
    except ValueError:
        return mail_date(headers.raw("date")), False


def _inbound(
    raw: RawEvent, mail: Mail, author: MailAddress, bounce: Bounce | None, own: OwnAddresses
) -> InboundMessage:
    headers = mail.headers
    reply_to = [entry for entry in addresses(headers.all("reply-to")) if not own.owns(entry.address)]
    stand_in = bool(reply_to) and (own.owns(author.address) or is_robot(author.address))
    person = MailAddress(reply_to[0].address, reply_to[0].name or author.name) if stand_in else author
    reason = "report" if bounce else auto_reason(headers)
    others = [
        entry
        for entry in _recipients(headers, "to", "cc")
        if not own.owns(entry.address) and entry.address.casefold() != person.address.casefold()
    ]
    content = _content(raw, mail)
    data = _data(mail, content)
    if reason:
        data["auto"] = reason
    if bounce is not None:
        data["bounce"] = [
            {"recipient": fate.recipient, "outcome": fate.outcome, "code": fate.code, "reason": fate.reason}
            for fate in bounce.fates
        ]
    ids = references(headers)
    if bounce is not None:
        ids = tuple(dict.fromkeys([*bounce.original_ids, *ids]))
    moment, trusted = _moment(raw, headers)
    external_id = _external_id(headers, content)
    return InboundMessage(
        external_id=external_id,
        thread=external_id,
        sender=Address(
            namespace=NAMESPACE,
            value=person.address,
            name=person.name,
            verified=not stand_in and is_authenticated(headers, author.address, own.authserv_id),
        ),
        participants=tuple(_party(entry) for entry in others),
        occurred_at=moment,
        clock_trusted=trusted,
        author=AuthorKind.auto if reason else AuthorKind.contact,
        content=ContentKind.invite if content.invite else ContentKind.mail,
        text=content.text,
        html=content.html,
        subject=content.subject,
        data=data,
        attachments=content.attachments,
        reply_to=ids[0] if ids else None,
        reference=_reference(ids, content.subject, own.reply_token(_envelope(headers))),
        opens_wait=not reason,
    )


def _echo(raw: RawEvent, mail: Mail, author: MailAddress, own: OwnAddresses) -> Sequence[InboundEvent]:
    """Read a mail of the Sent folder: a person answered from their own client, or our own mail's copy."""
    headers = mail.headers
    others = [entry for entry in _recipients(headers, "to", "cc", "bcc") if not own.owns(entry.address)]
    if not others:
        return ()  # a note to ourselves
    content = _content(raw, mail)
    ids = references(headers)
    moment, trusted = _moment(raw, headers)
    external_id = _external_id(headers, content)
    if own.is_ours(external_id) and headers.token("auto-submitted") == REPORTED:
        return ()  # a report the hub mailed: of no conversation, and not for everybody who reads the inbox
    return [
        InboundMessage(
            external_id=external_id,
            thread=external_id,
            sender=Address(namespace=NAMESPACE, value=author.address, name=author.name),
            counterpart=_party(others[0]),
            participants=tuple(_party(entry) for entry in others[1:]),
            occurred_at=moment,
            clock_trusted=trusted,
            author=AuthorKind.auto if auto_reason(headers) else AuthorKind.agent,
            content=ContentKind.invite if content.invite else ContentKind.mail,
            text=content.text,
            html=content.html,
            subject=content.subject,
            data=_data(mail, content),
            attachments=content.attachments,
            reply_to=ids[0] if ids else None,
            reference=_reference(ids, content.subject, own.reply_token(_reply_addresses(headers))),
            opens_wait=False,
        )
    ]


def _reply_addresses(headers: Headers) -> list[str]:
    return [entry.address for entry in addresses(headers.all("reply-to"))]


def _content(raw: RawEvent, mail: Mail) -> Content:
    place = raw.headers.get("x-elsewhere", "")
    if place:
        return elsewhere(mail, place)
    size = raw.headers.get("x-oversized", "")
    if size:
        folder = raw.kind.partition("/")[2]
        return too_large(mail, size=size, limit=raw.headers.get("x-limit", ""), folder=folder)
    return read_content(mail)


def _external_id(headers: Headers, content: Content) -> ExternalId:
    return message_id(headers.raw("message-id")) or bounded(f"no-id:{content.digest}")


def _reference(ids: tuple[ExternalId, ...], subject: str, token: str) -> ThreadReference | None:
    base = base_subject(subject) if ids or looks_like_reply(subject) else ""
    return ThreadReference(message_ids=ids, reply_token=token, base_subject=base) if ids or token or base else None


def _party(entry: MailAddress) -> Address:
    return Address(namespace=NAMESPACE, value=entry.address, name=entry.name)


def _data(mail: Mail, content: Content) -> dict[str, object]:
    headers = mail.headers
    data: dict[str, object] = {
        "digest": content.digest,
        "message_id": message_id(headers.raw("message-id")) or "",
        "date_header": headers.raw("date").strip()[:100],
        "to": _shown(addresses(headers.all("to"))),
        "cc": _shown(addresses(headers.all("cc"))),
    }
    optional = {
        "reply_to": _shown(addresses(headers.all("reply-to"))),
        "list_id": headers.text("list-id")[:200],
        "thread_index": headers.raw("thread-index").strip()[:200],
        "quote_at": content.quote_at,
        "invite": content.invite,
        "oversized": content.oversized,
    }
    return data | {key: value for key, value in optional.items() if value}


def _shown(entries: Sequence[MailAddress]) -> list[dict[str, str]]:
    return [{"address": entry.address, "name": entry.name} for entry in entries[:200]]
