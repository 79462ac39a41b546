"""Read a bounce: whom a mail of ours did not reach, why in words, and which mail it was.

Delivery reports of RFC 3464 first; then flufl.bounce, which knows the words of some twenty mail systems, since
half of the real bounces are plain prose (design/protocols.md B13). A delay is no failure. Read receipts
(RFC 8098) are read here, too.
"""

import logging
import re
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from typing import Literal

from connectors._lib.mail_auto import is_robot
from connectors._lib.mail_bounce_words import enhanced_code, in_words, is_dead_address, is_passing
from connectors._lib.mail_charsets import decode_text
from connectors._lib.mail_headers import Headers, addresses, clean_address, header_text, message_id
from connectors._lib.mail_mime import Mail, nested_mails, read_part
from hub.domain.ids import ExternalId

Outcome = Literal["failed", "delayed", "delivered", "read"]

_ACTIONS: dict[str, Outcome] = {
    "failed": "failed",
    "failure": "failed",
    "error": "failed",  # opensmtpd
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}
_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|failed|report|problem|notification|error)"
    r"|mail (?:failure|delivery|system error)"
    r"|failure notice|failed mail|message (?:undeliverable|delayed|status)|non-?deliver|nondeliverable"
    r"|mail could not be"
    r"|could not (?:be )?(?:deliver|send)|unzustellbar|nicht zugestellt|non remis|échec de la remise"
    r"|impossible|no se puede entregar"
    r"|non recapitabile|niedostarcz|nie dostarczono|недоставлен|не доставлено|반송|전송 ?실패|배달 ?실패"
    r"|退信|配信不能|warning: message"
    r"|warning: could not send|permanent delivery|mail rejected|rejected mail|user unknown|bounce",
    re.IGNORECASE,
)
_RETURNED_ID = re.compile(r"^[>\s]*message-id:\s*(<[^<>\s]{1,500}>)", re.IGNORECASE | re.MULTILINE)
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it logs each reader it tries, and their failures
_SCANNED = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a mail for one recipient."""

    recipient: str
    outcome: Outcome
    code: str = ""
    """Enhanced status code (RFC 3463), e.g. `5.1.1`; "" if the report gave none."""
    reason: str = ""
    """In words, with what the other server said."""
    dead: bool = False
    """The address does not exist or was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery report, whoever wrote it in whatever form."""

    fates: tuple[Fate, ...]
    original_ids: tuple[ExternalId, ...]
    """Message-IDs of the mail it is about, as far as the report says."""


def read_bounce(mail: Mail, sender: str) -> Bounce | None:
    """Return what a bounce says, or None if this mail is none. `sender` is its From address."""
    kind = mail.media_type
    fates: tuple[Fate, ...] = ()
    if mail.reports or kind == "multipart/report" or _has(mail, "message/disposition-notification"):
        fates = tuple(_reported(mail.message)) or tuple(_read_receipt(mail.message))
    if not fates and _may_be_prose(mail, sender):
        fates = tuple(_prose(mail))
    return Bounce(fates=fates, original_ids=_original_ids(mail)) if fates else None


def _has(mail: Mail, media_type: str) -> bool:
    return any(part.media_type == media_type for part in mail.attachments)


def _may_be_prose(mail: Mail, sender: str) -> bool:
    """Tell whether prose is worth scanning: only mail that looks like a machine's can be a bounce."""
    if "in-reply-to" in mail.headers and mail.headers.token("auto-submitted") in ("", "no") and not is_robot(sender):
        return False
    return (
        mail.media_type == "multipart/report"
        or is_robot(sender)
        or mail.headers.raw("return-path").strip() == "<>"
        or _SUBJECT.search(mail.headers.text("subject")) is not None
        or "x-failed-recipients" in mail.headers
    )


def _reported(message: Message) -> list[Fate]:
    """Read the message/delivery-status parts (RFC 3464): one block of fields for each recipient."""
    fates: list[Fate] = []
    for part in message.walk():
        if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        payload = part.get_payload()
        blocks = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
        for block in blocks[:200]:
            fate = _fate(Headers.of(block.raw_items()))
            if fate is not None:
                fates.append(fate)
    return fates


def _fate(fields: Headers) -> Fate | None:
    outcome = _ACTIONS.get(fields.token("action").partition("(")[0].strip())
    recipient = _typed(fields, "original-recipient") or _typed(fields, "final-recipient")
    if outcome is None or not recipient:
        return None
    said = header_text(fields.raw("diagnostic-code").partition(";")[2] or fields.raw("diagnostic-code"))
    code = enhanced_code(fields.text("status"), said)
    return Fate(
        recipient=recipient,
        outcome=outcome,
        code=code,
        reason=in_words(code, said),
        dead=outcome == "failed" and is_dead_address(code),
    )


def _typed(fields: Headers, name: str) -> str:
    raw = fields.raw(name)
    value = raw.partition(";")[2] if ";" in raw else raw
    return clean_address(value.strip().strip("<>").partition("?")[0])


def _read_receipt(message: Message) -> list[Fate]:
    """Read a disposition notification (RFC 8098): the mail was displayed, or deleted unread (no news)."""
    for part in message.walk():
        if part.get_content_type() != "message/disposition-notification":
            continue
        text = decode_text(read_part(part).content)
        if re.search(r"^disposition:.*;\s*displayed", text, re.IGNORECASE | re.MULTILINE):
            found = re.search(
                r"^(?:original|final)-recipient:\s*[^;\r\n]*;\s*(\S+)", text, re.IGNORECASE | re.MULTILINE
            )
            return [Fate(recipient=clean_address(found.group(1)) if found else "", outcome="read")]
    return []


def _prose(mail: Mail) -> list[Fate]:
    from flufl.bounce import all_failures  # not at the top: few mails are bounces, and it brings twenty readers

    text = _first_text(mail)[:_SCANNED]
    message = mail.message
    if len(text) >= _SCANNED or not addresses(mail.headers.all("from")):
        # A bounce that returns a large mail whole says what it has to say at its beginning; and without a From the
        # library's readers fail.
        subject = " ".join(mail.headers.text("subject").split())
        message = message_from_string(f"From: mailer-daemon@unknown.invalid\nSubject: {subject}\n\n{text}")
    try:
        passing, failed = all_failures(message)
    except Exception:  # noqa: BLE001 - a foreign parser on hostile bytes: then the mail is shown as it is
        passing, failed = frozenset(), frozenset()
    found = {_address(address): "delayed" for address in passing} | {_address(address): "failed" for address in failed}
    named = addresses(mail.headers.all("x-failed-recipients"))  # Exim
    found |= {entry.address: "failed" for entry in named if not found}
    return [_told(address, delayed=outcome == "delayed", text=text) for address, outcome in found.items() if address]


def _told(address: str, *, delayed: bool, text: str) -> Fate:
    said = _about(address, text)
    code = enhanced_code("", said)
    return Fate(
        recipient=address,
        outcome="delayed" if delayed else "failed",
        code=code,
        reason=in_words(code, said),
        dead=not delayed and is_dead_address(code) and not is_passing(code),
    )


def _address(raw: bytes) -> str:
    return clean_address(decode_text(raw).strip().strip("<>"))


def _first_text(mail: Mail) -> str:
    return mail.text or decode_text(mail.message.as_bytes()[:_SCANNED])


def _about(address: str, text: str) -> str:
    """Return the lines of a prose bounce around the address: where the other server's words stand."""
    at = text.lower().find(address.lower())
    if at < 0:
        return " ".join(text[:600].split())
    start = text.rfind("\n\n", 0, at)
    return " ".join(text[max(start, at - 300, 0) : at + 500].split())


def _original_ids(mail: Mail) -> tuple[ExternalId, ...]:
    found = [message_id(str(child.get("message-id") or "")) for child in nested_mails(mail.message)]
    for part in [*mail.reports, *mail.attachments]:
        if part.media_type in ("text/rfc822-headers", "message/delivery-status", "message/disposition-notification"):
            text = decode_text(part.content[:_SCANNED])
            found += [message_id(raw) for raw in _RETURNED_ID.findall(text)]
            found += [message_id(raw) for raw in re.findall(r"(?im)^original-message-id:\s*(<[^<>\s]{1,500}>)", text)]
    if not any(found):
        found += [message_id(raw) for raw in _RETURNED_ID.findall(_first_text(mail)[:_SCANNED])]
    return tuple(dict.fromkeys(value for value in found if value))
