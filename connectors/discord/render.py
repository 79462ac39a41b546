"""What to ask of Discord for one message: as few requests as its rules allow. Pure.

https://docs.discord.com/developers/resources/message#create-message
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.discord.ids import is_id, nonce
from connectors.discord.limits import BUTTONS_IN_ROW, TEXT_LIMIT
from connectors.discord.markdown import escaped, to_markdown
from hub.contract import OutboundAttachment, OutboundButton, OutboundMessage
from hub.domain.sending import split_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One request: a text with the files beside it."""

    body: Mapping[str, object]
    files: tuple[OutboundAttachment, ...] = ()

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return ", ".join(file.name for file in self.files) or "the text"


def render(message: OutboundMessage) -> tuple[Part, ...]:
    """Split a message into requests, in the order a reader should see them. Empty for an empty message."""
    texts = _texts(message)
    answered = message.reply_to if message.reply_to and is_id(message.reply_to) else None
    pieces: list[tuple[str, tuple[OutboundAttachment, ...]]] = [(one, ()) for one in texts]
    if message.attachments and pieces:
        # the files come with the last piece, under what was said of them
        pieces[-1] = (pieces[-1][0], message.attachments)
    elif message.attachments:
        pieces = [("", message.attachments)]
    return tuple(
        Part(
            body={
                **_body(message, text, files, number, answered if number == 0 else None),
                **(_components(message.buttons) if message.buttons and number == len(pieces) - 1 else {}),
            },
            files=files,
        )
        for number, (text, files) in enumerate(pieces)
    )


def _components(buttons: Sequence[OutboundButton]) -> Mapping[str, object]:
    """Return buttons in rows; a press comes back as an interaction."""
    listed = [{"type": 2, "style": 2, "label": one.label, "custom_id": one.data} for one in buttons]
    rows = [listed[start : start + BUTTONS_IN_ROW] for start in range(0, len(listed), BUTTONS_IN_ROW)]
    return {"components": [{"type": 1, "components": row} for row in rows]}


def _texts(message: OutboundMessage) -> Sequence[str]:
    written = message.text.strip()
    formatted = to_markdown(message.html) if message.html and written else ""
    if formatted and len(formatted) <= TEXT_LIMIT:
        return (formatted,)
    safe = escaped(written)
    return (safe,) if 0 < len(safe) <= TEXT_LIMIT else split_text(safe, TEXT_LIMIT, "characters")


def _body(
    message: OutboundMessage, text: str, files: Sequence[OutboundAttachment], number: int, answered: str | None
) -> Mapping[str, object]:
    body: dict[str, object] = {
        "content": text,
        # Discord takes a message of this key once within some minutes
        "nonce": nonce(message.delivery_id, number),
        "enforce_nonce": True,
        # nobody is called by what we relay, not even @everyone
        "allowed_mentions": {"parse": []},
    }
    if answered is not None:
        body["message_reference"] = {"message_id": answered, "fail_if_not_exists": False}
    if files:
        body["attachments"] = [{"id": place, "filename": file.name} for place, file in enumerate(files)]
    return body
