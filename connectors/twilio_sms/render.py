"""What to ask of Twilio for one message: as few requests as its channel allows, or why it cannot go. Pure.

Rules: 1600 characters and ten files in one message, of SMS and MMS
(https://www.twilio.com/docs/messaging/api/message-resource), photos up to 5 MB, other files up to 500 KB, all
together up to 5 MB (https://www.twilio.com/docs/messaging/guides/accepted-mime-types); on WhatsApp one file in a
message, photos up to 5 MB, others up to 16 MB, and text beside photos and films only
(https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from connectors.twilio_sms.addresses import Sender, SenderKind, channel_of, receiver
from connectors.twilio_sms.codes import WINDOW_CLOSED, WINDOW_WORDS
from hub.contract import OutboundAttachment, OutboundMessage, Rejected
from hub.domain.channel import MediaRule
from hub.domain.sending import in_bytes, media_type_fits, split_text

TEXT_LIMIT = 1600
TEXT_UNIT = "utf16"
MOST_PARTS = 4
FILES_LIMIT = 10
WHATSAPP_FILE_LIMIT = 16 * 1024 * 1024
LINK_LIFE = timedelta(hours=12)
"""A message may wait ten hours at Twilio before the file is fetched (validity period of the message resource)."""

_PHOTOS = ("image/jpeg", "image/png", "image/gif")
_PHOTO_LIMIT, MMS_FILE_LIMIT, MMS_LIMIT = 5_000_000, 500_000, 5_000_000
MMS_TYPES = (
    *("image/*", "audio/*", "video/*", "text/vcard", "text/x-vcard"),
    *("text/csv", "text/calendar", "text/rtf", "application/pdf", "application/vcard"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
WHATSAPP_TYPES = (
    *("image/jpeg", "image/png", "image/webp", "video/mp4"),
    *("audio/ogg", "audio/amr", "audio/3gpp", "audio/aac", "audio/mpeg"),
    *("text/vcard", "text/x-vcard", "application/pdf", "application/msword"),
    *(f"{_OFFICE}.{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet")),
    f"{_OFFICE}.presentationml.presentation",
)
MMS = MediaRule(
    types=MMS_TYPES, max_bytes=MMS_FILE_LIMIT, max_count=FILES_LIMIT, sizes=dict.fromkeys(_PHOTOS, _PHOTO_LIMIT)
)
WHATSAPP = MediaRule(
    types=WHATSAPP_TYPES, max_bytes=WHATSAPP_FILE_LIMIT, max_count=FILES_LIMIT, sizes={"image/*": _PHOTO_LIMIT}
)
EITHER = replace(WHATSAPP, types=tuple(dict.fromkeys((*MMS_TYPES, *WHATSAPP_TYPES))))
"""Of a messaging service, which sends as MMS or on WhatsApp."""
_CAPTIONED = ("image/jpeg", "image/png", "video/*")
"""Beside what WhatsApp shows text; WebP is shown as a sticker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request to send: a text, files with their text, or a template."""

    to: str
    text: str = ""
    files: tuple[OutboundAttachment, ...] = ()
    template: str = ""
    """ContentSid."""
    values: str = ""
    """ContentVariables: JSON."""

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        if self.template:
            return "the template"
        return ", ".join(file.name for file in self.files) or f"the text “{self.text[:30]}…”"


def render(message: OutboundMessage, sender: Sender, *, now: datetime, window: timedelta) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Raises Rejected, in words."""
    to = receiver(sender, message.thread, message.recipient)
    if not to.strip():
        raise Rejected("This conversation does not name a number to write to. Nothing was sent.")
    if message.template is not None:
        values = json.dumps(dict(message.template.values), ensure_ascii=False) if message.template.values else ""
        return (Part(to=to, template=message.template.key, values=values),)
    channel = channel_of(to)
    if channel == "whatsapp":
        _check_window(message, now, window)
    _check_files(message.attachments, channel, sender)
    texts = split_text(message.text, TEXT_LIMIT, TEXT_UNIT) if message.text.strip() else []
    if not texts and not message.attachments:
        raise Rejected("There is nothing to send: the message has neither text nor files.")
    groups = _groups(message.attachments, one_each=channel == "whatsapp")
    return tuple(_parts(to, texts, groups))


def _parts(to: str, texts: Sequence[str], groups: Sequence[tuple[OutboundAttachment, ...]]) -> Iterator[Part]:
    """The files go with the last text, or behind it where they show none."""
    first = groups[0] if groups else ()
    beside = bool(first) and bool(texts) and not _shows_no_text(to, first)
    before = texts[:-1] if beside else texts
    yield from (Part(to=to, text=text) for text in before)
    if first:
        yield Part(to=to, text=texts[-1] if beside else "", files=first)
    yield from (Part(to=to, files=group) for group in groups[1:])


def _groups(files: Sequence[OutboundAttachment], *, one_each: bool) -> list[tuple[OutboundAttachment, ...]]:
    """Return what goes in one message each, in order: as much as an MMS carries, or one file."""
    most = 1 if one_each else FILES_LIMIT
    groups: list[tuple[OutboundAttachment, ...]] = []
    for file in files:
        last = groups[-1] if groups else ()
        if last and len(last) < most and sum(one.size for one in last) + file.size <= MMS_LIMIT:
            groups[-1] = (*last, file)
        else:
            groups.append((file,))
    return groups


def _shows_no_text(to: str, files: Sequence[OutboundAttachment]) -> bool:
    return channel_of(to) == "whatsapp" and not media_type_fits(_type(files[0]), _CAPTIONED)


def _check_window(message: OutboundMessage, now: datetime, window: timedelta) -> None:
    """WhatsApp would take the message and fail it later; so it is said at once, where we know when they wrote."""
    if message.last_heard_at is not None and now - message.last_heard_at > window:
        hours = f"{window.total_seconds() / 3600:g}"
        raise Rejected(f"{WINDOW_WORDS.format(hours=hours)} Nothing was sent.", code=WINDOW_CLOSED)


def _check_files(files: Sequence[OutboundAttachment], channel: str, sender: Sender) -> None:
    if files and sender.kind is SenderKind.name and channel == "sms":
        raise Rejected("A sender name carries text only. Send a link instead of the file. Nothing was sent.")
    for file in files:
        _check_file(file, channel)


def _check_file(file: OutboundAttachment, channel: str) -> None:
    kind = _type(file)
    mms = channel == "sms"
    rule = MMS if mms else WHATSAPP
    limit = rule.most_bytes(kind)
    where = "MMS" if mms else "WhatsApp" if channel == "whatsapp" else "This channel"
    if not media_type_fits(kind, rule.types):
        raise Rejected(
            f"{where} does not carry “{file.name}” ({kind}). Send it as PDF, or as a link. Nothing was sent."
        )
    if file.size > limit:
        raise Rejected(
            f"{where} does not carry “{file.name}”: at most {in_bytes(limit)} for this kind. Nothing was sent."
        )


def _type(file: OutboundAttachment) -> str:
    return file.media_type.partition(";")[0].strip().lower()
