"""What the API is given by the program that serves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from hub.api._framework.routing import supplied
from hub.contract.connector import Manifest
from hub.domain.ids import ChannelId, ConversationId
from hub.ports import BlobStore, Clock, Storage


class Catalog(Protocol):
    """The connectors there are."""

    @property
    def manifests(self) -> Mapping[str, Manifest[Any]]:
        """Return the manifests by key."""
        ...

    def abilities(self, key: str) -> Sequence[str]:
        """Return the names of the optional abilities a connector has, such as `ReceivesWebhooks`."""
        ...

    def readme(self, key: str) -> str:
        """Return a connector's setup guide as Markdown."""
        ...


class Accounts(Protocol):
    """The accounts this process serves, or can reach through those that serve them."""

    async def check(self, connector: str, settings: Mapping[str, object], channel_id: ChannelId | None) -> str:
        """Prove that settings work and return our address there. Raises CredentialsRefused or ConnectorError."""
        ...

    async def restart(self, channel_id: ChannelId) -> None:
        """Stop and start an account."""
        ...

    async def show_typing(self, conversation_id: ConversationId) -> None:
        """Show the customer that somebody types, where the channel can. Best effort."""
        ...


@supplied
@dataclass(frozen=True, slots=True, kw_only=True)
class ApiDeps:
    """Everything the API works with."""

    storage: Storage
    blobs: BlobStore
    clock: Clock
    catalog: Catalog
    accounts: Accounts
    public_url: str
    """The address people use, without a slash at the end: its scheme decides whether cookies are `Secure`."""
    version: str
    node: str
    """The name of this process among those of the installation."""
    started_at: datetime
    session_idle: timedelta = timedelta(days=7)
    """An unused session ends after this long."""
    session_limit: timedelta = timedelta(days=30)
    """A session ends after this long however much it is used."""
    attachment_max_bytes: int = 50 * 1024 * 1024
    trusts: "TrustsProxy"
    """Tells whether a connection's address is one of our proxies, whose X-Forwarded-For counts."""

    @property
    def secure(self) -> bool:
        """Tell whether people reach the hub by TLS."""
        return self.public_url.startswith("https://")

    def now(self) -> datetime:
        """Return the time."""
        return self.clock.now()


class TrustsProxy(Protocol):
    """See `HubSettings.trusts`."""

    def __call__(self, peer: str, /) -> bool:
        """Tell whether the address belongs to a proxy of ours."""
        ...
