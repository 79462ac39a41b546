"""The steps a demo talk is made of: what a customer says, and what the team does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from hub.contract.simulation import SimulatedFile, SimulatedMessage
from hub.domain.conversation import ConversationState, Priority
from hub.services.demo.people import Customer


class About(StrEnum):
    """Which earlier message of the talk something refers to; its id is known once that is stored."""

    nothing = ""
    last = "last"
    own = "own"
    """The customer's own last."""
    ours = "ours"


class Fate(StrEnum):
    """What becomes of a reply."""

    sent = "sent"
    failed = "failed"
    unknown = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """Something the provider delivers for the customer."""

    at: datetime
    said: SimulatedMessage
    about: About = About.nothing
    twice: bool = False
    """The provider delivers it a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """An agent's message."""

    at: datetime
    by: str
    """Key of the agent."""
    text: str
    html: str = ""
    files: tuple[SimulatedFile, ...] = ()
    fate: Fate = Fate.sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A note for colleagues."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an agent does with the conversation."""

    at: datetime
    by: str
    state: ConversationState | None = None
    snoozed_for: timedelta | None = None
    """From now on, not from `at`."""
    assignee: str = ""
    team: str = ""
    priority: Priority | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The survey asks how it was, or says what it owes to an answer."""

    at: datetime
    language: str


Step = Says | Replies | Notes | Changes | Asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation of the demo, its steps in order of time."""

    customer: Customer
    connector: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson:
    """Two talks whose customers an agent found to be one person."""

    one: Talk
    other: Talk
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that happened in the shop before the demo began."""

    talks: tuple[Talk, ...]
    same: tuple[SamePerson, ...] = field(default=())
