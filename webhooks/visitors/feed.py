"""Turns the visitor's side of the thread into what the widget draws, with addresses for its files."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from hub.domain.ids import AttachmentId, ChannelId, ExternalId
from hub.domain.interaction import AttachmentState
from hub.domain.views import AttachmentView, VisitorMessage

_DAY = 86_400


class FileTickets:
    """Signs addresses of files, each for one thread of one channel and one or two days.

    A picture's address must work in `<img src>`, where no header can be sent. The last day is part of the
    address and changes once a day, so that browsers may cache.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, channel_id: ChannelId, thread: ExternalId, attachment_id: AttachmentId, now: datetime) -> str:
        """Return the ticket for a file: `<last day>.<signature>`."""
        day = int(now.timestamp()) // _DAY + 1
        return f"{day}.{self._signature(channel_id, thread, attachment_id, day)}"

    def fits(
        self, ticket: str, channel_id: ChannelId, thread: ExternalId, attachment_id: AttachmentId, now: datetime
    ) -> bool:
        """Tell, in constant time, whether a ticket opens this file now."""
        day, _, signature = ticket.partition(".")
        if not (day.isascii() and day.isdigit() and len(day) < 10 and signature.isascii()):
            return False
        expected = self._signature(channel_id, thread, attachment_id, int(day))
        return hmac.compare_digest(signature, expected) and int(day) >= int(now.timestamp()) // _DAY

    def _signature(self, channel_id: ChannelId, thread: ExternalId, attachment_id: AttachmentId, day: int) -> str:
        said = f"file\0{channel_id}\0{attachment_id}\0{day}\0{thread}"
        return urlsafe_b64encode(hmac.digest(self._key, said.encode(), "sha256")).decode().rstrip("=")


class Feed:
    """What one visitor sees, in the widget's words (web/widget/src/protocol.ts)."""

    def __init__(self, channel_id: ChannelId, thread: ExternalId, tickets: FileTickets) -> None:
        self._channel_id = channel_id
        self._thread = thread
        self._tickets = tickets

    def items(self, messages: Sequence[VisitorMessage], now: datetime) -> list[dict[str, object]]:
        """Return messages as the widget reads them."""
        return [self._item(message, now) for message in messages]

    def _item(self, message: VisitorMessage, now: datetime) -> dict[str, object]:
        prefix = f"{self._thread}:"
        own = message.mine and message.external_id is not None and message.external_id.startswith(prefix)
        return {
            "seq": message.seq,
            "id": str(message.id),
            "mine": message.mine,
            "client": str(message.external_id)[len(prefix) :] if own else "",
            "author": message.author_name,
            "text": "" if message.deleted else message.text,
            "at": message.occurred_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "files": [] if message.deleted else [self._file(file, now) for file in message.attachments],
            "buttons": [{"label": label, "data": data} for label, data in message.buttons],
            "delivery": str(message.delivery_id) if message.delivery_id else "",
            "state": message.state.value if message.state else "",
            "deleted": message.deleted,
            "edited": message.edited,
        }

    def _file(self, file: AttachmentView, now: datetime) -> dict[str, object]:
        url = ""
        if file.state is AttachmentState.ready:
            ticket = self._tickets.sign(self._channel_id, self._thread, file.id, now)
            url = f"files/{file.id}?thread={quote(self._thread, safe='')}&ticket={ticket}"
        return {
            "id": str(file.id),
            "name": file.name,
            "type": file.media_type,
            "size": file.size,
            "state": file.state.value,
            "url": url,
            "width": file.width,
            "height": file.height,
        }
