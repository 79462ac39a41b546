"""What one Discord message consists of: text, files, stickers, polls, what it forwards, kinds we cannot show.

https://docs.discord.com/developers/resources/message
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connectors._lib.loose_json import Json, flag, inner, number, objects, text, whole
from connectors.discord.ids import attachment_source, is_id
from hub.contract import InboundAttachment
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind

ORDINARY = frozenset({0, 19, 20, 23})
"""A message, an answer to one, and what a command brought."""
SILENT = frozenset(
    {3, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 21, 22, 24, 25, 26, 27, 28, 29, 31, 32, 36, 37, 38, 39, 44, 46}
)
"""Kinds of system messages that say nothing to an agent."""
CHANGES = {1: "added somebody to the group", 2: "left the group", 4: "renamed the channel"}

_VOICE = 1 << 13
_FORWARD = 1
_STICKERS = {1: ("png", "image/png"), 2: ("png", "image/png"), 3: ("json", "application/json"), 4: ("gif", "image/gif")}
_CDN = "https://cdn.discordapp.com"
_NAMED = re.compile(r"<(@&|@!?|#|a?:|t:|/|id:)([^<>\s]{1,100})(?:\s[^<>]{0,100})?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(message: Json) -> Content:
    """Say what a message consists of."""
    said = words_of(message)
    data = dict(_context(message))
    files = tuple(_files(message, message))
    lines = [said] if said else []
    for forwarded in _forwarded(message):
        lines.append(words_of(forwarded))
        files += tuple(_files(message, forwarded))
    lines += [line for embed in _cards(message) if (line := _card(embed))]
    shown = "\n".join(line for line in lines if line)
    if poll := inner(message, "poll"):
        question = text(inner(poll, "question"), "text")
        options = [_option(answer) for answer in objects(poll, "answers")[:20]]
        return Content(kind=ContentKind.poll, text=question, data={**data, "question": question, "options": options})
    if stickers := tuple(_stickers(message)):
        emoji = next((text(one, "name") for one in objects(message, "sticker_items")), "")
        return Content(kind=ContentKind.sticker, text=shown or emoji, data=data, attachments=(*files, *stickers))
    if not shown and not files:
        kind = whole(message, "type") or 0
        what = "message without text" if kind in ORDINARY else f"message of type {kind}"
        return Content(kind=ContentKind.unsupported, data={**data, "what": what})
    known = (whole(message, "type") or 0) in ORDINARY
    extra = {} if known else {"what": f"message of type {whole(message, 'type')}"}
    kind_of = ContentKind.text if known else ContentKind.unsupported
    return Content(kind=kind_of, text=shown, data={**data, **extra}, attachments=files)


def words_of(message: Json) -> str:
    """Return what was written, with the names of the people mentioned. Markdown stays as it was typed."""
    people = {text(one, "id"): name_of(one) for one in objects(message, "mentions")}
    channels = {text(one, "id"): text(one, "name") for one in objects(message, "mention_channels")}

    def resolved(found: re.Match[str]) -> str:
        return _MARKS[found[1]](found[2], people, channels)

    return _NAMED.sub(resolved, text(message, "content")).strip()


Names = Mapping[str, str]


def _person(ident: str, people: Names, _: Names) -> str:
    return f"@{people.get(ident) or ident}"


def _role(ident: str, _: Names, __: Names) -> str:
    return f"@role {ident}"


def _channel(ident: str, _: Names, channels: Names) -> str:
    return f"#{channels.get(ident) or ident}"


def _emoji(named: str, _: Names, __: Names) -> str:
    return f":{named.partition(':')[0]}:"


def _time(stamp: str, _: Names, __: Names) -> str:
    seconds = stamp.partition(":")[0]
    if not seconds.isdecimal() or len(seconds) > 11:
        return stamp
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%d %H:%M UTC")


def _command(named: str, _: Names, __: Names) -> str:
    return f"/{named.partition(':')[0]}"


_MARKS: Mapping[str, Callable[[str, Names, Names], str]] = {
    "@": _person,
    "@!": _person,
    "@&": _role,
    "#": _channel,
    ":": _emoji,
    "a:": _emoji,
    "t:": _time,
    "/": _command,
    "id:": _command,
}


def _forwarded(message: Json) -> Iterator[Json]:
    """Yield the messages a message forwards: https://docs.discord.com/developers/resources/message#message-snapshot-object."""
    for snapshot in objects(message, "message_snapshots")[:10]:
        yield inner(snapshot, "message")


def _context(message: Json) -> Iterator[tuple[str, object]]:
    if whole(inner(message, "message_reference"), "type") == _FORWARD:
        yield "forwarded_from", "another channel"


def _cards(message: Json) -> list[Json]:
    """Return the cards other apps made; previews of links people wrote add nothing."""
    return [one for one in objects(message, "embeds")[:10] if text(one, "type") in {"", "rich", "poll_result"}]


def _card(embed: Json) -> str:
    fields = [f"{text(one, 'name')}: {text(one, 'value')}" for one in objects(embed, "fields")[:25]]
    return "\n".join(filter(None, (text(embed, "title"), text(embed, "description"), *fields)))


def _option(answer: Json) -> str:
    return text(inner(answer, "poll_media"), "text")


def _files(message: Json, holder: Json) -> Iterator[InboundAttachment]:
    voice = bool((whole(holder, "flags") or 0) & _VOICE)
    for file in objects(holder, "attachments")[:20]:
        ident = text(file, "id")
        if not is_id(ident):
            continue
        yield InboundAttachment(
            name=safe_name(text(file, "filename")) or "file",
            media_type=text(file, "content_type").partition(";")[0].strip().lower()[:100] or "application/octet-stream",
            size=whole(file, "size"),
            source=attachment_source(text(message, "channel_id"), text(message, "id"), ident, text(file, "url")),
            voice=voice,
            width=whole(file, "width"),
            height=whole(file, "height"),
            duration=number(file, "duration_secs"),
        )


def _stickers(message: Json) -> Iterator[InboundAttachment]:
    for sticker in objects(message, "sticker_items")[:3]:
        ident = text(sticker, "id")
        if is_id(ident):
            suffix, media_type = _STICKERS.get(whole(sticker, "format_type") or 1, _STICKERS[1])
            host = "https://media.discordapp.net" if suffix == "gif" else _CDN
            source = bounded(f"0/0/{ident}/{host}/stickers/{ident}.{suffix}")
            yield InboundAttachment(name=f"sticker.{suffix}", media_type=media_type, source=source)


def safe_name(name: str) -> str:
    """Return a sender's file name without path, control characters and direction marks, at most 150 characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]


def name_of(user: Json) -> str:
    """Return the name a person shows."""
    return (text(inner(user, "member"), "nick") or text(user, "global_name") or text(user, "username"))[:100]


def is_machine(message: Json) -> bool:
    """Whether a bot or a webhook wrote it."""
    return flag(inner(message, "author"), "bot") or bool(text(message, "webhook_id"))
