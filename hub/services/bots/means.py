"""What bots work with: the storage, the time, the channels' capabilities, and who looks things up for them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hub.domain.botflow.effects import CallHttp
from hub.domain.channel import Capabilities, Channel
from hub.domain.conversation import Conversation
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage, UnitOfWork
from hub.ports.bots import GuessLanguage, Knowledge, Model
from hub.services.bots.enclosing import Link
from hub.services.outgoing import NewMessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """How a bot's messages go out on one channel."""

    channel: Channel
    capabilities: Capabilities
    new_message_id: NewMessageId


class LookedUp(Protocol):
    """What an address answered."""

    @property
    def status(self) -> int:
        """The HTTP status, a success."""
        ...

    @property
    def body(self) -> Mapping[str, object] | str:
        """The JSON object, else the text, bounded."""
        ...


Opened = Callable[[UnitOfWork, Conversation | None, str], Awaitable[bool]]
"""Tells whether a calendar (its id; empty: the conversation's team's or channel's) is open now."""


def _guess_nothing(text: str, among: tuple[str, ...]) -> str:  # noqa: ARG001 - the shape of GuessLanguage
    return ""


async def _always_open(uow: UnitOfWork, conversation: Conversation | None, calendar: str) -> bool:  # noqa: ARG001 - the shape of Opened
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Everything a bot needs beside its flow."""

    storage: Storage
    clock: Clock
    sender: Callable[[ChannelId], Sender | None]
    """Returns how to write on a channel; None if it cannot be used at present."""
    look_up: Callable[[CallHttp], Awaitable[LookedUp]]
    """Asks an address, guarded and bounded in time. Raises HubError, in words."""
    knowledge: Knowledge | None = None
    model: Model | None = None
    link: Link | None = None
    """Makes public links to files a channel does not carry."""
    guess: GuessLanguage = _guess_nothing
    opened: Opened = _always_open

    def now(self) -> datetime:
        """Return the time."""
        return self.clock.now()


class NotThere(HubError):
    """What a flow wants to ask is not set up in this hub."""
