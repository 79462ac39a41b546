"""Takes what a visitor's browser says: journals it, and acknowledges it only once it is durable."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
import structlog

from hub.contract import HostsVisitors, Visitor, WebhookRejected
from hub.domain.ids import ChannelId, ConversationId
from hub.ports import Journal
from hub.runtime.notices import Notices
from webhooks.visitors.limits import Buckets

log = structlog.get_logger(__name__)

_AGAIN_S = 5
_ID_LIMIT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A running channel that hosts visitors."""

    channel_id: ChannelId
    connector: HostsVisitors


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """An admitted visitor at one of our channels."""

    hosted: Hosted
    visitor: Visitor
    address: str
    """Whom to count it on: see `limits.client_key`."""


class Intake:
    """Where frames of all visitors go in."""

    def __init__(
        self, journal: Journal, notices: Notices, now: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._journal = journal
        self._notices = notices
        self._now = now
        self._by_visitor = Buckets(rate=1, burst=30, monotonic=monotonic)
        self._by_address = Buckets(rate=20, burst=300, monotonic=monotonic)
        self._typing = Buckets(rate=0.5, burst=3, monotonic=monotonic)

    async def take(
        self, guest: Guest, body: bytes, conversation_id: ConversationId | None = None
    ) -> Mapping[str, object] | None:
        """Take one frame and return what to say: an acknowledgement, a refusal in words, or nothing.

        A refusal with `retry` (seconds) asks the browser to keep the frame and send it again; without, it never
        will be taken. A frame sent twice is journaled twice and becomes one entry, by its client-made id.
        """
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict):
            return refusal("", "malformed", "The hub does not understand this: it is not a JSON object.")
        if said.get("type") == "typing":
            self._mention(guest, conversation_id)
            return None
        frame_id = str(said.get("id", ""))[:_ID_LIMIT]
        wait = self._by_visitor.take(guest.visitor.thread) or self._by_address.take(guest.address)
        if wait:
            return refusal(frame_id, "rate", "You are writing very fast. This is sent in a moment.", retry=wait)
        try:
            event = guest.hosted.connector.frame(guest.visitor, body, self._now())
        except WebhookRejected as wrong:
            return refusal(frame_id, "malformed", str(wrong))
        try:
            await self._journal.append(guest.hosted.channel_id, [event])
        except (
            Exception
        ):  # whatever the database's trouble is: nothing was stored, the browser keeps it and tries again
            log.exception("visitor_frame_not_stored", channel_id=str(guest.hosted.channel_id))
            return refusal(frame_id, "busy", "The hub cannot store this at the moment.", retry=_AGAIN_S)
        return {"type": "ack", "id": frame_id}

    def _mention(self, guest: Guest, conversation_id: ConversationId | None) -> None:
        if self._typing.take(guest.visitor.thread):
            return
        self._notices.sign(
            {
                "type": "typing",
                "by": "contact",
                "channel_id": str(guest.hosted.channel_id),
                "thread": str(guest.visitor.thread),
                "conversation_id": str(conversation_id) if conversation_id else None,
            }
        )


def refusal(frame_id: str, code: str, detail: str, *, retry: float | None = None) -> Mapping[str, object]:
    """Return the refusal of a frame."""
    return {"type": "refused", "id": frame_id, "code": code, "detail": detail, "retry": retry}
