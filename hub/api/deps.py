"""What the API is given by the program that serves it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.api._framework.routing import supplied
from hub.contract.asking import Ask, ask_nobody
from hub.ports import BlobStore, Clock, MediaTool, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.desk import Desk
from hub.runtime.metrics import Metrics
from hub.runtime.notices import Notices
from hub.runtime.registry import Registry
from hub.services.channels import ToolsFor
from hub.services.file_links import FileLinks


def _no_proxies(_peer: str) -> bool:
    return False


def _elsewhere() -> None:
    return None


@supplied
@dataclass(frozen=True, slots=True, kw_only=True)
class ApiDeps:
    """Everything the API works with."""

    storage: Storage
    blobs: BlobStore
    clock: Clock
    registry: Registry
    accounts: Accounts
    notices: Notices
    metrics: Metrics
    desk: Desk
    media: MediaTool
    """Makes sound that every browser plays."""
    tools: ToolsFor
    """Lends tools to a connector that is made only to check its settings."""
    public_url: str
    """The address people use, without a slash at the end: its scheme decides whether cookies are `Secure`."""
    version: str
    node: str
    """The name of this process among those of the installation."""
    started_at: datetime
    database: str = ""
    """The database engine's name, for the self-check."""
    disk: Callable[[], tuple[int, int] | None] = field(default=_elsewhere)
    """Returns total and free bytes where the data is kept; None if that is not here."""
    session_idle: timedelta = timedelta(days=7)
    """An unused session ends after this long."""
    session_limit: timedelta = timedelta(days=30)
    """A session ends after this long however much it is used."""
    attachment_max_bytes: int = 50 * 1024 * 1024
    attachments_per_message: int = 50
    transcribes: bool = False
    """The hub has an engine for transcripts of recordings."""
    ask: Ask = ask_nobody
    """Asks an address an admin gave: the assistant's endpoint."""
    links: FileLinks | None = None
    """Makes public links of files that bots send where a channel carries none."""
    trusts_proxy: Callable[[str], bool] = field(default=_no_proxies)
    """Tells whether a connection's address is one of our proxies, whose X-Forwarded-For counts."""

    @property
    def secure(self) -> bool:
        """Tell whether people reach the hub by TLS."""
        return self.public_url.startswith("https://")

    def now(self) -> datetime:
        """Return the time."""
        return self.clock.now()
