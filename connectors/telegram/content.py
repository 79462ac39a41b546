"""What one Telegram message consists of: text, files, places, cards, and kinds we cannot show.

Every kind of https://core.telegram.org/bots/api#message ends here: shown, shown as "unsupported" with its name, or
known to need no entry.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from connectors.telegram.entities import to_html
from connectors.telegram.wire import File, Message, Origin
from hub.contract import InboundAttachment
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    html: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


SILENT = frozenset(
    {
        "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left",
        "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
        "direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
        "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_completed",
        "giveaway_created", "giveaway_winners", "group_chat_created", "managed_bot_created",
        "message_auto_delete_timer_changed", "new_chat_photo", "paid_message_price_changed", "pinned_message",
        "poll_option_added", "poll_option_deleted", "proximity_alert_triggered", "suggested_post_approval_failed",
        "suggested_post_approved", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
        "supergroup_chat_created", "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled",
        "video_chat_started", "write_access_allowed",
    }
)  # fmt: skip
"""Service messages that say nothing to an agent."""

_DECORATION = frozenset(
    {
        "effect_id", "external_reply", "forward_date", "forward_from", "forward_from_chat", "forward_from_message_id",
        "forward_sender_name", "forward_signature", "guest_bot_caller_chat", "guest_bot_caller_user",
        "guest_query_id", "has_media_spoiler", "has_protected_content", "is_paid_post", "link_preview_options",
        "new_chat_member", "new_chat_participant", "paid_star_count", "reply_to_checklist_task_id",
        "reply_to_poll_option_id", "reply_to_story", "sender_boost_count", "sender_tag", "show_caption_above_media",
        "suggested_post_info",
    }
)  # fmt: skip
"""Fields beside the content; never the content itself."""

_NAMES = {
    "gift_upgrade_sent": "gift upgrade",
    "passport_data": "Telegram Passport data",
    "refunded_payment": "refund",
    "successful_payment": "payment",
    "unique_gift": "gift",
    "users_shared": "shared people",
    "chat_shared": "shared chat",
}

_WORDS = {
    "dice": ("emoji", "value"),
    "game": ("title", "description"),
    "invoice": ("title", "description"),
    "checklist": ("title",),
    "successful_payment": ("currency", "total_amount"),
    "refunded_payment": ("currency", "total_amount"),
}
"""What of an unsupported kind is worth reading as text."""


def read_content(message: Message) -> Content | None:
    """Say what a message consists of; None for a service message that needs no entry."""
    extra = message.model_extra or {}
    if SILENT & extra.keys():
        return None
    files = tuple(_files(message))
    text, entities = (message.text, message.entities) if message.text else (message.caption, message.caption_entities)
    content = _special(message)
    if content is None and not (files or message.text):
        # a caption without a known file belongs to a kind of file we do not know
        unknown = _unsupported(extra)
        return replace(unknown, text=text or unknown.text)
    shown = content or Content(kind=ContentKind.sticker if message.sticker else ContentKind.text, text=text)
    if message.sticker and not text:
        shown = Content(kind=ContentKind.sticker, text=message.sticker.emoji)
    return Content(
        kind=shown.kind,
        text=shown.text,
        html=to_html(text, entities) if shown.text == text else "",
        data={**shown.data, **_context(message)},
        attachments=files,
    )


def _special(message: Message) -> Content | None:
    """The kinds that are data rather than text or files."""
    if message.venue:
        place = message.venue.location
        words = "\n".join(part for part in (message.venue.title, message.venue.address) if part)
        data = {"latitude": place.latitude, "longitude": place.longitude}
        named = {"name": message.venue.title, "address": message.venue.address}
        return Content(kind=ContentKind.location, text=words, data={**data, **named})
    if message.location:
        place = message.location
        data = {"latitude": place.latitude, "longitude": place.longitude}
        optional = {"accuracy": place.horizontal_accuracy, "live_seconds": place.live_period}
        known = {key: value for key, value in optional.items() if value is not None}
        return Content(kind=ContentKind.location, data={**data, **known})
    if message.contact:
        card = message.contact
        name, phone = f"{card.first_name} {card.last_name}".strip(), international(card.phone_number)
        return Content(kind=ContentKind.contact_card, text=f"{name} {phone}", data={"name": name, "phone": phone})
    if message.poll:
        options = [option.text for option in message.poll.options]
        asked: dict[str, object] = {"question": message.poll.question, "options": options}
        return Content(kind=ContentKind.poll, text=message.poll.question, data=asked)
    if message.web_app_data:
        pressed = {"label": message.web_app_data.button_text, "data": message.web_app_data.data}
        return Content(kind=ContentKind.button, text=message.web_app_data.button_text, data=pressed)
    return None


def international(number: str) -> str:
    """Return a phone number with its plus: Telegram's are always international and often lack it."""
    return number if number.startswith("+") else f"+{number}"


def _unsupported(extra: Mapping[str, object]) -> Content:
    kind = next((name for name in extra if name not in _DECORATION), "empty message")
    value = extra.get(kind)
    if kind == "rich_message":
        words = _plain(value)
    elif isinstance(value, dict):
        words = " ".join(str(value[name]) for name in _WORDS.get(kind, ()) if name in value)
    else:
        words = ""
    what = _NAMES.get(kind, kind.replace("_", " "))
    return Content(kind=ContentKind.unsupported, text=words, data={"what": what})


def _plain(value: object) -> str:
    """Return a rich message as text, a line for each block (https://core.telegram.org/bots/api#richmessage)."""
    if isinstance(value, list):
        return "".join(_plain(item) for item in value)
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    blocks = value.get("blocks") or value.get("items")
    if isinstance(blocks, list):
        return "\n".join(filter(None, (_plain(block) for block in blocks)))
    return _plain(value.get("text") or value.get("caption"))


def _context(message: Message) -> dict[str, object]:
    """What stands around a message: whom it was forwarded from, what it quotes, which bot helped to write it."""
    around: dict[str, object] = {}
    if message.forward_origin:
        around["forwarded_from"] = _origin_name(message.forward_origin)
    if message.quote and message.quote.text:
        around["quote"] = message.quote.text
    if message.via_bot and message.via_bot.username:
        around["via"] = f"@{message.via_bot.username}"
    return around


def _origin_name(origin: Origin) -> str:
    if origin.sender_user:
        return f"{origin.sender_user.first_name} {origin.sender_user.last_name}".strip()
    chat = origin.sender_chat or origin.chat
    return chat.title or chat.username if chat else origin.sender_user_name


def _files(message: Message) -> Iterator[InboundAttachment]:
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width or 0) * (size.height or 0))
        yield _attachment(largest, "photo.jpg", "image/jpeg")
    if message.live_photo:
        yield _attachment(message.live_photo, "live-photo.mp4", "video/mp4")
    if message.animation:
        yield _attachment(message.animation, "animation.mp4", "video/mp4")
    elif message.document:
        # an animation comes as a document, too, for older bots
        yield _attachment(message.document, "document", "application/octet-stream")
    if message.video:
        yield _attachment(message.video, "video.mp4", "video/mp4")
    if message.video_note:
        yield _attachment(message.video_note, "video-note.mp4", "video/mp4")
    if message.audio:
        titled = " - ".join(part for part in (message.audio.performer, message.audio.title) if part)
        yield _attachment(message.audio, f"{titled or 'audio'}.mp3".replace("/", "-"), "audio/mpeg")
    if message.voice:
        yield _attachment(message.voice, "voice.ogg", "audio/ogg", voice=True)
    if message.sticker:
        yield _sticker(message.sticker)


def _sticker(sticker: File) -> InboundAttachment:
    """Return a still or a film; of gzipped Lottie, which no browser shows, its still (core.telegram.org/stickers)."""
    if sticker.is_animated and sticker.thumbnail:
        return _attachment(sticker.thumbnail, "sticker.webp", "image/webp")
    if sticker.is_animated:
        return _attachment(sticker, "sticker.tgs", "application/x-tgsticker")
    if sticker.is_video:
        return _attachment(sticker, "sticker.webm", "video/webm")
    return _attachment(sticker, "sticker.webp", "image/webp")


def _attachment(file: File, name: str, media_type: str, *, voice: bool = False) -> InboundAttachment:
    return InboundAttachment(
        name=safe_name(file.file_name) or safe_name(name),
        media_type=file.mime_type.lower() or media_type,
        size=file.file_size,
        source=bounded(file.file_id),
        voice=voice,
        width=file.width or file.length,
        height=file.height or file.length,
        duration=file.duration,
    )


def safe_name(name: str) -> str:
    """Return a sender's file name without path, control characters and direction marks, at most 150 characters."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]
