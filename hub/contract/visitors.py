"""What a connector offers whose provider is the hub itself: visitors' browsers connect to our own door."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from hub.contract.events import RawEvent
from hub.domain.ids import ExternalId


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorHello:
    """What a visitor's browser presents when it connects."""

    origin: str
    """The page's origin as the browser sends it; "" for the hub's own pages (the demo)."""
    token: str = field(default="", repr=False)
    """The visitor token we gave it before, or empty."""
    identity: str = field(default="", repr=False)
    """A token signed by the website for its logged-in user, or empty."""
    fresh_id: str = ""
    """An unguessable id to use for a new visitor; made by the hub. Empty: admit nobody new."""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """An admitted visitor."""

    thread: ExternalId
    """Their thread, and the address of their contact point."""
    token: str = field(repr=False)
    """What the browser shall present next time."""
    claims: Mapping[str, str] = field(default_factory=dict)
    """What the website vouches for: `id` there, `name`, `email`, `phone`. Empty for an anonymous visitor."""
    config: Mapping[str, object] = field(default_factory=dict)
    """What the widget needs to draw itself: title, colours, texts, pre-chat fields. No secrets."""
    presence: Literal["always", "agents", "never"] = "always"
    """When the chat looks open: at all times, while an agent is there, or never (visitors leave a message)."""


class HostsVisitors(ABC):
    """The hub itself is the provider: visitors' browsers connect to our door (webhooks/visitors.py).

    The door journals what a visitor says as RawEvents of kind `visitor` and acknowledges after the commit;
    it shows the visitor the thread's own public messages from the database, so a cut loses nothing.
    """

    @abstractmethod
    def admit(self, hello: VisitorHello) -> Visitor:
        """Check origin and tokens and say who this is. Pure. Raises OriginRefused or WebhookRejected, in words."""

    @abstractmethod
    def frame(self, visitor: Visitor, body: bytes, received_at: datetime) -> RawEvent:
        """Turn one thing the visitor's browser said into a raw event, bound to the visitor. Pure.

        Raises WebhookRejected if it is malformed or too large.
        """


def upload_source(thread: ExternalId, file_id: str) -> ExternalId:
    """Return where the visitors' door keeps a visitor's file: the source to give in `InboundAttachment`.

    Bound to the thread, so that no visitor can name another's file. `file_id` is 32 hex digits made by the door.
    """
    return ExternalId(f"upload/{sha256(thread.encode()).hexdigest()[:32]}/{file_id}")
