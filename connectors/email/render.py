"""Write the mail that carries an agent's answer: headers, text, HTML, files. Pure: the files' bytes come in.

Header lines are written here, not by the standard library: when it folds a long non-ASCII name it inserts spaces into
words (design/dependencies.md section 6). Line breaks and controls are taken out of every value, so nothing a customer
or agent typed becomes a header of its own. The library writes the body.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from connectors._lib.html import html_text, sanitised
from connectors._lib.mail_headers import clean_address, message_ids
from connectors._lib.mail_parameters import safe_file_name
from connectors._lib.mail_threads import shown_reply_subject
from connectors.email.ids import REPORTED, OwnAddresses
from hub.contract import OutboundAttachment, OutboundMessage, Rejected
from hub.domain.ids import ExternalId

_POLICY = SMTP.clone(cte_type="7bit")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*")
_TOKEN = re.compile(r"[A-Za-z0-9._=-]{1,64}")
_MAX_NAME = 80
_WORD_BYTES = 42
"""Bytes of text in one encoded word: with its frame at most 75 characters (RFC 2047 section 2)."""
_LATEST_REFERENCES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What of the channel's settings shows in the mails it sends."""

    own: OwnAddresses
    display_name: str = ""
    plus_addressing: bool = False
    bounce_addressing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail ready for SMTP."""

    sender: str
    """Envelope sender; "" is the null sender of automatic mail (RFC 3834 section 3.3)."""
    recipients: tuple[str, ...]
    """The counterpart first, then copies."""
    message_id: ExternalId
    data: bytes
    utf8: bool
    """An address is not ASCII, so the server must know SMTPUTF8 (RFC 6531)."""


def render(
    message: OutboundMessage, files: Sequence[tuple[OutboundAttachment, bytes]], sending: Sending, now: datetime
) -> Envelope:
    """Write the mail. Raises Rejected if a recipient is no mail address."""
    own = sending.own
    given = (message.recipient, *message.cc)
    recipients = tuple(clean_address(entry) for entry in given)
    if not all(recipients):
        wrong = ", ".join(entry for entry, clean in zip(given, recipients, strict=True) if not clean)
        raise Rejected(f"Not an e-mail address: {wrong}. Correct it and send again.", code="address")
    message_id = message.message_id or own.message_id(message.delivery_id)
    references = _references(message)
    # A reply to nothing in particular answers the latest mail: some programs thread by this header alone.
    parent = message.reply_to or (references[-1] if references else None)
    lines = [
        ("From", mailbox(own.address, _author(message.agent_name, sending.display_name))),
        ("To", mailbox(recipients[0], message.recipient_name)),
        ("Cc", ",\r\n ".join(recipients[1:])),
        ("Subject", encoded(_subject(message))),
        ("Date", format_datetime(now)),
        ("Message-ID", f"<{message_id}>"),
        ("In-Reply-To", f"<{parent}>" if parent else ""),
        ("References", "\r\n ".join(f"<{known}>" for known in references)),
        ("Reply-To", _reply_to(message, sending)),
        ("Auto-Submitted", _submitted(message)),
        ("X-Auto-Response-Suppress", "All" if message.auto else ""),
        ("MIME-Version", "1.0"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines if value)
    return Envelope(
        sender=_sender(message, sending),
        recipients=tuple(dict.fromkeys(recipients)),
        message_id=message_id,
        data=head.encode("utf-8") + _body(message, files),
        utf8=not all(entry.isascii() for entry in (own.address, *recipients)),
    )


def mailbox(address: str, name: str = "") -> str:
    """Return `name <address>` for a header; the name quoted or encoded as needed, and cut to 80 characters."""
    name = one_line(name)[:_MAX_NAME].strip()
    if not name:
        return address
    if name.isascii():
        shown = name if _PLAIN_NAME.fullmatch(name) else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    else:
        shown = encoded(name)
    return f"{shown}\r\n <{address}>" if len(shown) > _WORD_BYTES else f"{shown} <{address}>"


def one_line(value: str) -> str:
    """Return text without line breaks and other controls, so that it cannot start a header of its own."""
    return " ".join(_CONTROLS.sub(" ", value).split())


def encoded(value: str) -> str:
    """Return a header's text in ASCII, in words (RFC 2047) cut between characters and folded; "" stays ""."""
    value = one_line(value)
    if value.isascii() and "=?" not in value and len(value) < 900:
        return _folded(value)
    words: list[str] = []
    current = b""
    for char in value:
        raw = char.encode("utf-8")
        if len(current) + len(raw) > _WORD_BYTES:
            words.append(_word(current))
            current = b""
        current += raw
    words.append(_word(current))
    return "\r\n ".join(words)


def _word(raw: bytes) -> str:
    return f"=?utf-8?b?{b64encode(raw).decode('ascii')}?="


def _folded(value: str) -> str:
    lines: list[str] = []
    current = ""
    for word in value.split(" "):
        if current and len(current) + len(word) > 66:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return "\r\n ".join([*lines, current])


def _author(agent: str, display: str) -> str:
    agent, display = one_line(agent), one_line(display)
    return f"{agent} ({display})" if agent and display and agent != display else agent or display


def _subject(message: OutboundMessage) -> str:
    return shown_reply_subject(one_line(message.subject)) if message.reply_to or message.references else message.subject


def _references(message: OutboundMessage) -> list[ExternalId]:
    """Return the thread's ids, oldest first; of a long thread its first and its latest twenty (protocols.md B13)."""
    raw = " ".join(f"<{known}>" for known in (*message.references, message.reply_to) if known)
    known = list(message_ids(raw))
    return known if len(known) <= _LATEST_REFERENCES + 1 else [known[0], *known[-_LATEST_REFERENCES:]]


def _reply_to(message: OutboundMessage, sending: Sending) -> str:
    if not sending.plus_addressing or not _TOKEN.fullmatch(message.reply_token):
        return ""
    return mailbox(sending.own.tagged(message.reply_token), sending.display_name)


def _sender(message: OutboundMessage, sending: Sending) -> str:
    if sending.bounce_addressing:
        return sending.own.bounce_address(message.delivery_id)
    # The null sender keeps machines from answering each other; it also keeps refusals from coming back.
    return "" if message.auto and not message.report else sending.own.address


def _submitted(message: OutboundMessage) -> str:
    if message.report:
        return REPORTED
    return "auto-replied" if message.auto else ""


def _body(message: OutboundMessage, files: Sequence[tuple[OutboundAttachment, bytes]]) -> bytes:
    """Write the MIME body with its Content-* fields, the blank line included."""
    mail = EmailMessage(policy=_POLICY)
    text = message.text if message.text.strip() or not message.html else html_text(message.html)[0]
    mail.set_content(text.encode("utf-8", "replace").decode("utf-8"))
    related: list[tuple[OutboundAttachment, bytes]] = []
    if message.html:
        mail.add_alternative(sanitised(message.html), subtype="html")
        related = [(file, content) for file, content in files if file.inline and file.content_id]
        alternative = mail.get_payload()
        shown = alternative[-1] if isinstance(alternative, list) else mail
        for file, content in related:
            _attach(shown, file, content, content_id=f"<{one_line(file.content_id or '')}>")
    for file, content in files:
        if (file, content) not in related:
            _attach(mail, file, content)
    del mail["MIME-Version"]
    return mail.as_bytes()


def _attach(mail: object, file: OutboundAttachment, content: bytes, content_id: str = "") -> None:
    assert isinstance(mail, EmailMessage)  # noqa: S101 - narrows the library's loose types
    media_type = file.media_type if _TYPE.fullmatch(file.media_type) else "application/octet-stream"
    family, _, kind = media_type.lower().partition("/")
    if family in ("multipart", "message"):
        family, kind = "application", "octet-stream"  # a mail inside a mail would have to be re-written for 7 bit
    name = safe_file_name(one_line(file.name))
    if content_id:
        mail.add_related(content, maintype=family, subtype=kind, filename=name, cid=content_id, disposition="inline")
    else:
        mail.add_attachment(content, maintype=family, subtype=kind, filename=name)
