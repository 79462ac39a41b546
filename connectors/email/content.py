"""Read what a mail says: subject, text, safe HTML, files, an invitation. Pure."""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors._lib.html import html_text, sanitised_with_fold
from connectors._lib.mail_digest import mail_digest
from connectors._lib.mail_headers import first_address, mail_date
from connectors._lib.mail_invites import read_invite
from connectors._lib.mail_mime import Mail, Part
from connectors._lib.mail_parameters import safe_file_name
from connectors._lib.mail_quotes import quote_start
from connectors._lib.mail_tnef import is_tnef, opened
from hub.contract import InboundAttachment

_TEXT_LIMIT = 500_000
_CID = re.compile(r"cid:([^\"'>\s)]+)", re.IGNORECASE)
_CALENDAR = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a mail says."""

    subject: str
    text: str
    digest: str
    html: str = ""
    """Sanitised."""
    quote_at: int | None = None
    """Where in `text` the quoted earlier mail begins: `text[:quote_at]` is new, the rest is folded."""
    attachments: tuple[InboundAttachment, ...] = ()
    invite: dict[str, object] | None = None
    oversized: bool = False


def read_content(mail: Mail) -> Content:
    """Read a mail's words and files. Never raises."""
    html = mail.html
    parts: list[Part] = []
    for part in mail.attachments:
        if not is_tnef(part):
            parts.append(part)
            continue
        files, inside = opened(part)
        parts.extend(files)
        html = html or inside
    text = mail.text
    quote_at: int | None
    if not text.strip() and html:
        text, quote_at = html_text(html)
    else:
        quote_at = quote_start(text)
    subject = mail.headers.text("subject")[:1000]
    calendar = _calendar(mail, parts)
    invite = read_invite(calendar.content, calendar.charset) if calendar else None
    if calendar is not None and calendar not in parts:
        parts.append(calendar)
    digest = _digest(mail, subject, text, parts)
    if len(text) > _TEXT_LIMIT:
        parts.append(Part(media_type="text/plain", content=text.encode(), charset="utf-8", name="message.txt"))
        text, quote_at = f"{text[:_TEXT_LIMIT]}\n\n[The whole text is attached as message.txt.]", None
    return Content(
        subject=subject,
        text=text,
        digest=digest,
        html=sanitised_with_fold(html) if html else "",
        quote_at=quote_at,
        attachments=_attachments(parts, html),
        invite=invite,
    )


def too_large(mail: Mail, *, size: str, limit: str, folder: str) -> Content:
    """Say, in place of a mail that was too large to fetch, that it was and where to find it."""
    larger = size.isdigit() and limit.isdigit() and int(size) > int(limit)
    why = (
        f"This mail is {_megabytes(size)} large; this channel fetches mails up to {_megabytes(limit)}."
        if larger
        else "The mail server did not hand out the content of this mail."
    )
    return _only_header(
        mail, f"{why} Only its header was fetched. Read it in your mail program, folder {folder}.", size
    )


def elsewhere(mail: Mail, place: str) -> Content:
    """Say, in place of a mail of which a provider told the header only, where the rest is."""
    return _only_header(mail, f"Amazon SES told the header of this mail only. {place}", "")


def _only_header(mail: Mail, text: str, size: str) -> Content:
    subject = mail.headers.text("subject")[:1000]
    return Content(
        subject=subject,
        text=text,
        digest=mail_digest(
            sender=_sender(mail),
            date=mail_date(mail.headers.raw("date")),
            subject=subject,
            text="",
            attachments=(),
            size=size,
        ),
        oversized=True,
    )


def _megabytes(count: str) -> str:
    return f"{int(count) / 1_048_576:.1f} MB" if count.isdigit() else "too many bytes"


def _sender(mail: Mail) -> str:
    found = first_address(mail.headers.all("from"))
    return found.address if found else ""


def _digest(mail: Mail, subject: str, text: str, parts: Sequence[Part]) -> str:
    return mail_digest(
        sender=_sender(mail),
        date=mail_date(mail.headers.raw("date")),
        subject=subject,
        text=text,
        attachments=(part.content for part in parts),
    )


def _calendar(mail: Mail, parts: Sequence[Part]) -> Part | None:
    candidates = [*mail.text_body, *mail.html_body, *parts]
    return next((part for part in candidates if part.media_type in _CALENDAR), None)


def _attachments(parts: Sequence[Part], html: str) -> tuple[InboundAttachment, ...]:
    if not parts:
        return ()
    shown = {cid.lower() for cid in _CID.findall(html)} if html else set()
    return tuple(
        InboundAttachment(
            name=part.name or _default_name(part, number),
            media_type=part.media_type,
            size=len(part.content),
            content=part.content,
            content_id=part.content_id,
            inline=part.content_id is not None and part.content_id.lower() in shown,
        )
        for number, part in enumerate(parts, 1)
    )


def _default_name(part: Part, number: int) -> str:
    if part.media_type == "message/rfc822":
        found = re.search(rb"^subject:[ \t]*([^\r\n]+)", part.content[:65536], re.IGNORECASE | re.MULTILINE)
        title = found.group(1).decode("ascii", "replace")[:60] if found else "mail"
        return safe_file_name(f"{title}.eml")
    if part.media_type in _CALENDAR:
        return "invite.ics"
    family = part.media_type.partition("/")[0]
    ending = mimetypes.guess_extension(part.media_type) or ""
    return f"{family if family in ('image', 'audio', 'video', 'text') else 'file'}-{number}{ending}"
