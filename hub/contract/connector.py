"""What a connector offers the hub: three duties, and optional abilities each in a class of its own.

A connector is one account with one provider. It keeps no queue, retries nothing and stores nothing: the hub
journals what it hears, orders and deduplicates, sends again when that is safe. Push and pull go through the
same pure `parse`.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

import aiohttp
from pydantic import BaseModel

from hub.contract.asking import Ask, ask_nobody
from hub.contract.calls import CallDirector
from hub.contract.events import InboundEvent, RawEvent
from hub.contract.outbound import OutboundMessage, SendReceipt
from hub.contract.simulation import Simulation
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.domain.channel import Capabilities, ChannelKind
from hub.domain.ids import ChannelId, DeliveryId, ExternalId
from hub.domain.phrase import NOTHING, Phrase
from hub.domain.template import Template

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the hub lends a connector."""

    http: aiohttp.ClientSession
    """Shared, for the provider's own API at an address the admin configured. Time-outs are set; no cookies."""
    fetch: Callable[[str, int], AsyncIterator[bytes]]
    """Guarded GET of an address a customer or provider gave: `fetch(url, max_bytes)`. Refuses private networks."""
    now: Callable[[], datetime]
    """The time, UTC and aware."""
    channel_id: ChannelId
    webhook_url: str
    """This channel's public webhook address."""
    data_dir: Path
    """Where a connector may keep caches it can lose; never state."""
    ask: Ask = ask_nobody
    """Guarded request to an address an admin typed for any system of their own (a callback), by the rule of outgoing
    webhooks: refuses private networks unless HUB_ALLOW_PRIVATE_FETCH names the place."""
    keep_secret: Callable[[str, str], Awaitable[None]] | None = None
    """Store the new value of one of the channel's secret settings, encrypted, without restarting the account: for
    providers that replace a refresh token at each use. None before the channel is saved."""
    read_upload: Callable[[str], AsyncIterator[bytes]] | None = None
    """For `HostsVisitors`: stream a file that a visitor sent through the hub's own door. Raises NotFound."""
    director: CallDirector | None = None
    """The hub's call plans, for connectors that hold live calls (see hub.contract.calls). None before the channel is
    saved."""
    tell_visitor: Callable[[ExternalId, Mapping[str, object]], None] | None = None
    """For `HostsVisitors`: show a passing sign (typing, seen) to who has the thread open. Best effort, never fails."""


class Connector(ABC):
    """One account with one provider."""

    @abstractmethod
    async def check(self) -> str:
        """Prove that the credentials work and return our address there.

        Called when a person presses "check" and before a new channel is saved; bounded by 20 s.
        Sends nothing a customer could see. Raises CredentialsRefused, or ConnectorError in words.
        """

    @abstractmethod
    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a raw event means. Pure: no I/O, no clock; the same event always gives the same answer.

        Returns `()` for what it knows and does not need. Raises UnparseableEvent for what it does not know.
        Any other exception counts as unparseable, too, and is a bug of the connector.
        """

    @abstractmethod
    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Hand one message to the provider, once. Retrying is the hub's job.

        Raises CredentialsRefused or a SendError; a cancelled send counts as OutcomeUnknown.
        """

    def new_message_id(self, delivery_id: DeliveryId) -> ExternalId | None:  # noqa: ARG002 - for those that choose
        """Return the id the message will have, where the connector chooses ids (mail's Message-ID). Pure."""
        return None

    async def close(self) -> None:
        """Release connections. Called once, when the account stops."""
        return


class ReceivesWebhooks(ABC):
    """The provider calls us, by GET or POST.

    A browser's OPTIONS before a cross-origin POST comes here, too; it is never stored. Whoever wants such calls lets
    `verify` pass it and answers with the permissions as `WebhookResponse.headers`; all others refuse it as unsigned.
    """

    keep_headers: ClassVar[frozenset[str]] = frozenset()
    """Lower-case names of the headers `parse` needs; only these are stored, since secrets travel in headers."""
    keep_query: ClassVar[frozenset[str]] = frozenset()
    """Names of the query's parameters `parse` needs: what we passed along in an address and the provider returns. Only
    these are stored, each cut to 500 characters."""

    @abstractmethod
    def verify(self, request: WebhookRequest) -> None:
        """Prove that the provider sent this, over the raw bytes, in constant time. Pure. Raises WebhookRejected."""

    @abstractmethod
    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say what the provider wants to hear once the event is stored. Pure; must not fail."""


class Listens(ABC):
    """We poll, or hold a connection."""

    @abstractmethod
    def listen(self, cursor: str | None) -> AsyncIterator[tuple[RawEvent | None, str | None]]:
        """Yield each raw event with the cursor to resume after it. Ends only by cancellation or an error.

        `cursor` is None at the first start of an account. The hub stores an event and its cursor together
        before it asks for the next, so a crash repeats at most what was not stored. An event yielded with None
        for a cursor is the part of a batch whose rest is at hand: the hub may take more before it stores them
        together, so what the provider is told to forget must not depend on it. `(None, cursor)` only moves the
        cursor, and tells the hub that the connection is up.
        Raises CredentialsRefused, or any error: the supervisor then restarts it with back-off.
        """


class FetchesAttachments(ABC):
    """Files stay at the provider until fetched."""

    @abstractmethod
    def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file. The hub counts bytes and stops at its limit. Raises FetchFailed, CredentialsRefused."""


class RegistersWebhook(ABC):
    """The connector can tell the provider our webhook address."""

    @abstractmethod
    async def register(self) -> None:
        """Make the provider call `Tools.webhook_url`, or stop calling it if the settings say to poll.

        Idempotent; called each time the account starts. Raises CredentialsRefused, ConnectorError.
        """

    @abstractmethod
    async def subscription(self) -> str:
        """Return "" if the provider calls us as it should, else in words what is wrong. Called every few minutes."""


class Reconciles(ABC):
    """The provider can list what it has: finds what a lost webhook missed."""

    @abstractmethod
    def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """Yield everything the provider has since then; duplicates are fine, the hub knows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMessage:
    """A customer's message that an agent has seen, as `parse` told it."""

    thread: ExternalId
    id: ExternalId
    """`InboundMessage.external_id`."""
    data: Mapping[str, object] = field(default_factory=dict)
    """`InboundMessage.data`, for providers that want more than the id (LINE's read token)."""


class MarksRead(ABC):
    """Tells the customer's side that an agent has seen their message."""

    @abstractmethod
    async def mark_read(self, message: SeenMessage) -> None:
        """Mark the thread read up to this message. Best effort: failures are logged, not retried.

        All it needs is in the message: the program may have started anew since it came.
        """


class NamesPeople(ABC):
    """The provider's events name people by an id alone, and it says who they are when asked."""

    asks_about_named: ClassVar[bool] = False
    """Ask about new people whose name came with their message, too: the answer tells more (a portrait)."""

    @abstractmethod
    async def who_is(self, address: str) -> RawEvent | None:
        """Ask who somebody is; return what `parse` reads as a ContactPointLearned, None if they stay nameless.

        Called soon after somebody without a name wrote for the first time, never on the way of their message; bounded
        by 20 s, once a day for an address at most. Raises CredentialsRefused, ConnectorError: then it is asked again.
        """


class ShowsTyping(ABC):
    """Shows "typing" on the customer's side."""

    @abstractmethod
    async def show_typing(self, thread: ExternalId) -> None:
        """Show it for a few seconds. Best effort; called at most every 4 s while an agent types."""


class OffersTemplates(ABC):
    """The provider keeps approved templates (`Capabilities.templates`)."""

    @abstractmethod
    async def templates(self) -> Sequence[Template]:
        """Return all, whatever their state. Called at the start of an account, every hour, and when a person asks.

        Raises CredentialsRefused, ConnectorError.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStep:
    """One thing that has to be right at the provider, as the connect wizard shows it."""

    title: Phrase
    """What has to be: "The webhook address is registered". Translated in the folder's `texts`."""
    done: bool | None
    """None: it cannot be told from here."""
    help: Phrase = NOTHING
    """What to do, in words; it is shown unless the step is done."""


class ChecksSetup(ABC):
    """The connector can tell which step at the provider is missing."""

    @abstractmethod
    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step, in the order a person does them, and say how it stands. Changes nothing.

        Called on a saved channel while the wizard is open; bounded by 20 s. Raises ConnectorError only if nothing
        can be told.
        """


class ShowsPage(ABC):
    """Its webhook address is a page that people open: the hub itself is the provider, with no account to check."""

    @abstractmethod
    def embed(self) -> str:
        """Return the line of HTML that puts the page on a website. Pure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Generic[S]):
    """What a connector package says of itself. Found as `MANIFEST` in the package."""

    key: str
    """Its folder's name."""
    title: str
    kind: ChannelKind
    capabilities: Capabilities
    settings: type[S]
    """A pydantic model: becomes the form in the UI, the CLI prompt, <KEY>_* in .env.example. Secrets: SecretStr."""
    create: Callable[[S, Tools], Connector]
    icon: str
    """The channel's icon as SVG text, for every screen."""
    visible: bool = True
    """False for connectors that are made by the program only."""
    simulation: Simulation | None = None
    """How the demo plays a channel of this connector; without it the demo has none."""
    capabilities_of: Callable[[S], Capabilities] | None = None
    """Narrow `capabilities` down to what an account with these settings can carry, where that differs. Pure."""


__all__ = [
    "ChecksSetup",
    "Connector",
    "FetchesAttachments",
    "Listens",
    "Manifest",
    "MarksRead",
    "NamesPeople",
    "OffersTemplates",
    "ReceivesWebhooks",
    "Reconciles",
    "RegistersWebhook",
    "SeenMessage",
    "SetupStep",
    "ShowsPage",
    "ShowsTyping",
    "Tools",
]
