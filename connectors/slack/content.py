"""What one Slack message consists of: text, files, what it forwards, and kinds we cannot show.

https://docs.slack.dev/reference/events/message
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from connectors._lib.loose_json import Json, flag, inner, number, objects, text, whole
from connectors.slack.rich_text import read_blocks, read_mrkdwn
from hub.contract import InboundAttachment
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind

SILENT = frozenset(
    {
        "assistant_app_thread", "bot_add", "bot_disable", "bot_enable", "bot_remove", "channel_archive",
        "channel_canvas_updated", "channel_convert_to_private", "channel_convert_to_public",
        "channel_posting_permissions", "channel_purpose", "channel_topic", "channel_unarchive",
        "document_comment_root", "ekm_access_denied", "file_comment", "file_mention", "group_archive",
        "group_purpose", "group_topic", "group_unarchive", "joiner_notification",
        "joiner_notification_for_inviter", "message_replied", "pinned_item", "reminder_add", "reminder_delete",
        "tabbed_canvas_updated", "tombstone", "unpinned_item",
    }
)  # fmt: skip
"""Subtypes that say nothing to an agent."""

PLAIN = frozenset(
    {"", "file_share", "thread_broadcast", "me_message", "bot_message", "reply_broadcast", "reminder_message"}
)
"""Subtypes that are a message as any other."""

CHANGES = {
    "channel_join": "joined the channel",
    "group_join": "joined the channel",
    "mpim_join": "joined the group",
    "channel_leave": "left the channel",
    "group_leave": "left the channel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    html: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Json, ours: Collection[str]) -> Content:
    """Say what a message consists of. `ours` are the ids of our own bot, for mentions."""
    plain, html = words_of(message, ours)
    files, links = _files(message)
    lines = [line for line in (plain, *_around(message, ours), *links) if line]
    subtype = text(message, "subtype")
    data: dict[str, object] = dict(_context(message))
    known = subtype in PLAIN and (lines or files)
    if not known:
        data["what"] = _WHAT.get(subtype) or subtype.replace("_", " ") or "message without text"
    return Content(
        kind=ContentKind.text if known else ContentKind.unsupported,
        text="\n".join(lines),
        html=_safe(html) if html and len(lines) == 1 else "",
        data=data,
        attachments=tuple(files),
    )


def _safe(html: str) -> str:
    # loaded with the first formatted message: a hub without Slack starts without it
    from connectors._lib.html import sanitised

    return sanitised(html)


_WHAT = {"huddle_thread": "huddle", "sh_room_created": "huddle", "sh_room_shared": "huddle"}


def words_of(message: Json, ours: Collection[str]) -> tuple[str, str]:
    """Return what was written, as (plain, html). The HTML is empty where nothing is formatted, and not sanitised."""
    plain, html = read_blocks(objects(message, "blocks"), ours)
    if plain:
        return plain, html
    return read_mrkdwn(text(message, "text"), ours).strip(), ""


def file_ids(message: Json) -> tuple[str, ...]:
    """Return the ids of a message's files."""
    return tuple(text(file, "id") for file in objects(message, "files"))


def _around(message: Json, ours: Collection[str]) -> Iterator[str]:
    """Yield what a message forwards, and the words of other apps' cards; previews of links add nothing."""
    for card in objects(message, "attachments")[:20]:
        if text(card, "original_url", "from_url") and not flag(card, "is_share"):
            continue
        said = read_mrkdwn(text(card, "text") or text(card, "fallback"), ours).strip()
        title = read_mrkdwn(" — ".join(filter(None, (text(card, "pretext"), text(card, "title")))), ours).strip()
        author = text(card, "author_name") if flag(card, "is_share") else ""
        yield "\n".join(filter(None, (f"{author}:" if author else "", title, said if said != title else "")))


def _context(message: Json) -> Iterator[tuple[str, object]]:
    shared = next((card for card in objects(message, "attachments") if flag(card, "is_share")), None)
    if shared is not None:
        yield "forwarded_from", text(shared, "author_name", "author_subname") or "somebody"


def _files(message: Json) -> tuple[list[InboundAttachment], list[str]]:
    """Return the files Slack keeps, and a line for each it does not give."""
    kept: list[InboundAttachment] = []
    lines: list[str] = []
    for file in objects(message, "files")[:50]:
        name = safe_name(text(file, "name") or text(file, "title")) or "file"
        match text(file, "mode"):
            case "tombstone":
                lines.append("[a file that was deleted]")
            case "hidden_by_limit":
                lines.append(f"[{name}: Slack's free plan no longer gives this file]")
            case "external":
                lines.append(f"{name}: {text(file, 'external_url', 'url_private', 'permalink')}")
            case _ if text(file, "id"):
                kept.append(_attachment(file, name))
    return kept, lines


def _attachment(file: Json, name: str) -> InboundAttachment:
    milliseconds = number(file, "duration_ms")
    return InboundAttachment(
        name=name,
        media_type=text(file, "mimetype").lower()[:100] or "application/octet-stream",
        size=whole(file, "size"),
        source=bounded(text(file, "id")),
        voice=text(file, "subtype") == "slack_audio",
        width=whole(file, "original_w"),
        height=whole(file, "original_h"),
        duration=milliseconds / 1000 if milliseconds is not None else None,
    )


def safe_name(name: str) -> str:
    """Return a sender's file name without path, control characters and direction marks, at most 150 characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]


def person_name(profile: Json) -> str:
    """Return the name a person shows, of a `user_profile` or a user's `profile`."""
    return text(profile, "real_name", "display_name", "real_name_normalized", "name", "first_name").strip()[:200]


def handle(profile: Json) -> Mapping[str, str]:
    """Return the contact field that holds a person's handle."""
    name = text(profile, "display_name", "name").strip()[:100]
    return {"slack": f"@{name}"} if name else {}


def bot_name(message: Json) -> str:
    """Return the name another app shows."""
    return text(message, "username") or text(inner(message, "bot_profile"), "name")
