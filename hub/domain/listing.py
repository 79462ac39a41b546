"""What the conversation list shows after an entry: newest activity, its preview and its author. Pure."""

from collections.abc import Mapping, Sequence

from hub.domain.conversation import Conversation
from hub.domain.interaction import (
    Attachment,
    AuthorKind,
    ContentKind,
    Direction,
    Interaction,
    InteractionKind,
)
from hub.domain.replacing import replace

PREVIEW_LIMIT = 140

_SIGNS = {"image": "📷", "video": "🎬", "audio": "🎵"}
_ACTIVITY = frozenset({InteractionKind.message, InteractionKind.call})


def after_entry(conversation: Conversation, interaction: Interaction, *, preview: str) -> Conversation:
    """Return the conversation with the list's fields as they are once the entry is part of it.

    Messages and calls count; notes and events change nothing here, since the list shows what was said between
    us and the customer. An entry older than what is shown changes at most `last_inbound_at`; giving the shown
    entry again (edited, taken back, its files known) renews its preview. `last_inbound_at` counts what a person
    wrote, not their machines, because reply windows open by the person.
    """
    if interaction.kind not in _ACTIVITY:
        return conversation
    at, inbound_at = interaction.occurred_at, conversation.last_inbound_at
    if interaction.direction is Direction.inbound and interaction.author_kind is AuthorKind.contact:
        inbound_at = at if inbound_at is None else max(inbound_at, at)
    if conversation.last_author and at < conversation.last_at:
        return replace(conversation, last_inbound_at=inbound_at)
    return replace(
        conversation,
        last_inbound_at=inbound_at,
        last_at=max(conversation.last_at, at),
        last_preview=preview,
        last_author=interaction.author_kind.value,
    )


def preview_of(interaction: Interaction, attachments: Sequence[Attachment]) -> str:
    """Return one line of at most 140 characters that stands for an entry.

    What is not text is shown by a sign and its own words, so that the line needs no translation.
    """
    if interaction.deleted_at is not None:
        return "🗑"
    line = _one_line(interaction.text) or _content_line(interaction)
    files = [_file_line(a) for a in attachments if not a.inline]
    if not line and files:
        line = files[0] if len(files) == 1 else f"{files[0]} +{len(files) - 1}"
    return _cut(line or _one_line(interaction.subject))


def _content_line(interaction: Interaction) -> str:
    data = interaction.data
    match interaction.content:
        case ContentKind.location:
            return _signed("📍", data, "name", "address", "label")
        case ContentKind.contact_card:
            return _signed("👤", data, "name", "phone")
        case ContentKind.sticker:
            return _one_line(str(data.get("emoji") or "🖼"))
        case ContentKind.poll:
            return _signed("📊", data, "question")
        case ContentKind.invite:
            return _signed("📅", data, "summary", "title")
        case ContentKind.button:
            return _signed("👆", data, "label")
        case ContentKind.unsupported:
            return _signed("❔", data, "what")
        case _:
            return ""


def _signed(sign: str, data: Mapping[str, object], *names: str) -> str:
    words = next((w for name in names if (w := _one_line(str(data.get(name) or "")))), "")
    return f"{sign} {words}".rstrip()


def _file_line(attachment: Attachment) -> str:
    if attachment.voice:
        seconds = round(attachment.duration or 0)
        return f"🎤 {seconds // 60}:{seconds % 60:02d}" if seconds else "🎤"
    return f"{_SIGNS.get(attachment.media_type.partition('/')[0], '📎')} {attachment.name}"


def _one_line(text: str) -> str:
    # A mail may hold megabytes; its first characters are all that a preview needs.
    return " ".join(text[: PREVIEW_LIMIT * 20].split())


def _cut(line: str) -> str:
    return line if len(line) <= PREVIEW_LIMIT else f"{line[: PREVIEW_LIMIT - 1].rstrip()}…"
