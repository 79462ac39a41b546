"""What the hub hands a connector to send, and what it gets back."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.domain.ids import ConversationId, DeliveryId, ExternalId
from hub.domain.template import TemplateUse


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundAttachment:
    """A file to send. `open` streams its bytes afresh each time it is called."""

    name: str
    media_type: str
    size: int
    voice: bool = False
    """Recorded, in the format of the channel's voice notes (`Capabilities.voice`), or as MP3 where it has none."""
    inline: bool = False
    content_id: str | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    open: Callable[[], AsyncIterator[bytes]] = field(repr=False)
    link: Callable[[timedelta], str] | None = field(default=None, repr=False)
    """Make a public address of the file that works for so long, for providers that fetch what we send (Twilio, Viber,
    LINE). Who has it can read the file; hand it to the provider only. `/` and a file name may be added, for those that
    look at the ending (Viber). None where the hub has no public address."""

    async def read(self) -> bytes:
        """Return the whole content. Bounded by the channel's `MediaRule`, which the hub checked before."""
        return b"".join([part async for part in self.open()])


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundButton:
    """A choice to press. The press comes back as an `InboundMessage` of the content `button`."""

    label: str
    """What the customer reads, within `ButtonRule.label_limit`; it is that message's text."""
    data: str
    """What the press carries back in that message's `data["data"]`: at most 64 bytes of ASCII. Providers that return
    only the label may drop it: the hub understands labels, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One message to hand to the provider, once. It fits the capabilities: the hub checked before queueing."""

    delivery_id: DeliveryId
    """Stable over attempts: the idempotency key where a provider knows one."""
    conversation_id: ConversationId
    message_id: ExternalId | None
    """The id we chose and stored before sending, where the connector chooses ids (`Connector.new_message_id`)."""
    thread: ExternalId
    recipient: str
    """The counterpart's address as received."""
    recipient_name: str = ""
    cc: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[OutboundAttachment, ...] = ()
    buttons: tuple[OutboundButton, ...] = ()
    """Choices under the text. The text is not empty and fits one message, and the buttons fit the form that
    `hub.domain.sending.buttons_for` finds in the capabilities: the hub checked. Files go beside, never instead."""
    reply_to: ExternalId | None = None
    """The message it answers."""
    reply_data: Mapping[str, object] = field(default_factory=dict)
    """The `InboundMessage.data` of the message it answers, for providers that want more than its id (LINE's quote
    token). Empty where the hub does not have that message."""
    references: tuple[ExternalId, ...] = ()
    """Ids of the thread's messages, oldest first (mail's References)."""
    reply_token: str = ""
    """Signed token of the conversation; mail puts it into its reply address."""
    template: TemplateUse | None = None
    """Send this template; `text` is what the customer will read, for channels that show it otherwise."""
    last_heard_at: datetime | None = None
    """When the customer last wrote here, UTC: decides the tag a late answer needs (HUMAN_AGENT)."""
    agent_name: str = ""
    auto: bool = False
    """Written by a machine: mail marks it so (RFC 3834)."""
    report: bool = False
    """With `auto`: sent by a schedule to people who want it, and part of no conversation. What the provider keeps of
    it is no message of ours to read, and a refusal that comes later is worth hearing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReceipt:
    """The provider took the message."""

    external_id: ExternalId
    """Its id there; receipts, edits and replies will name it."""
    further_ids: tuple[ExternalId, ...] = ()
    """More ids when one message went out as several (text split, one file each)."""
