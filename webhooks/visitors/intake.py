"""Takes what a visitor's browser says: journals it, and acknowledges it only once it is durable."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
import structlog

from hub.contract import HostsVisitors, Visitor, WebhookRejected
from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.ports import Journal
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from webhooks.visitors.limits import Buckets

log = structlog.get_logger(__name__)

_AGAIN_S = 5
_ID_LIMIT = 64
_REMEMBERED = 20_000
_TYPING_HOLDS = timedelta(seconds=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A running channel that hosts visitors."""

    channel_id: ChannelId
    connector: HostsVisitors
    key: str = "visitors"
    """The connector's key, for the figures."""


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
        self,
        journal: Journal,
        notices: Notices,
        metrics: Metrics,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._journal = journal
        self._notices = notices
        self._metrics = metrics
        self._now = now
        self._conversations: OrderedDict[ExternalId, ConversationId] = OrderedDict()
        self._by_visitor = Buckets(rate=1, burst=30, monotonic=monotonic)
        self._by_address = Buckets(rate=20, burst=300, monotonic=monotonic)
        self._typing = Buckets(rate=0.5, burst=3, monotonic=monotonic)

    def saw(self, guest: Guest, conversation_id: ConversationId | None) -> None:
        """Remember in which conversation a visitor is, to show agents there that they type."""
        if conversation_id is not None:
            self._conversations[guest.visitor.thread] = conversation_id
            self._conversations.move_to_end(guest.visitor.thread)
            if len(self._conversations) > _REMEMBERED:
                self._conversations.popitem(last=False)

    async def take(self, guest: Guest, body: bytes) -> Mapping[str, object] | None:
        """Take one frame and return what to say: an acknowledgement, a refusal in words, or nothing.

        A refusal with `retry` (seconds) asks the browser to keep the frame and send it again; without, it never
        will be taken. A frame sent twice is journaled twice and becomes one entry, by its client-made id.
        """
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError:
            said = None
        if isinstance(said, dict) and said.get("type") == "typing":
            self._mention(guest)
            return None
        answer, outcome = await self._journal_frame(guest, body, said)
        self._metrics.received.labels(guest.hosted.key, outcome).inc()
        return answer

    async def _journal_frame(self, guest: Guest, body: bytes, said: object) -> tuple[Mapping[str, object], str]:
        """Return what to say, and the word for the figures: stored, rejected (for good) or refused (for now)."""
        if not isinstance(said, dict):
            detail = "The hub does not understand this: it is not a JSON object."
            return refusal("", "malformed", detail), "rejected"
        frame_id = str(said.get("id", ""))[:_ID_LIMIT]
        wait = self._by_visitor.take(guest.visitor.thread) or self._by_address.take(guest.address)
        if wait:
            detail = "You are writing very fast. This is sent in a moment."
            return refusal(frame_id, "rate", detail, retry=wait), "refused"
        try:
            event = guest.hosted.connector.frame(guest.visitor, body, self._now())
        except WebhookRejected as wrong:
            return refusal(frame_id, "malformed", str(wrong)), "rejected"
        try:
            await self._journal.append(guest.hosted.channel_id, [event])
        except (
            Exception
        ):  # whatever the database's trouble is: nothing was stored, the browser keeps it and tries again
            log.exception("visitor_frame_not_stored", channel_id=str(guest.hosted.channel_id))
            return refusal(frame_id, "busy", "The hub cannot store this at the moment.", retry=_AGAIN_S), "refused"
        self._metrics.journaled.labels(guest.hosted.key).inc()
        return {"type": "ack", "id": frame_id}, "stored"

    def _mention(self, guest: Guest) -> None:
        conversation_id = self._conversations.get(guest.visitor.thread)
        if conversation_id is None or self._typing.take(guest.visitor.thread):
            return
        # As the screens' live line reads it: `Typing` of hub/api/live/frames.py.
        self._notices.sign(
            {
                "type": "typing",
                "conversation_id": str(conversation_id),
                "name": guest.visitor.claims.get("name", ""),
                "who": "contact",
                "until": (self._now() + _TYPING_HOLDS).isoformat(),
            }
        )


def refusal(frame_id: str, code: str, detail: str, *, retry: float | None = None) -> Mapping[str, object]:
    """Return the refusal of a frame."""
    return {"type": "refused", "id": frame_id, "code": code, "detail": detail, "retry": retry}
