"""What a flow wants done: the interpreter only says it, the service does it and tells the result as a happening."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from hub.domain.botflow.flow import Enclosed


class Reason(StrEnum):
    """Why a conversation goes from the bot to a human."""

    flow = "flow"
    """The flow says so."""
    asked = "asked"
    """The customer asked for a human."""
    not_understood = "not_understood"
    """The customer's answers did not fit, as often as the flow allows."""
    fault = "fault"
    """The flow or something it needs does not work; the words say what."""
    loop = "loop"
    """The flow went round without asking anything."""
    silent = "silent"
    """The customer did not answer in time."""
    outage = "outage"
    """The bot did not come to it in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Write to the customer. Where the channel has no buttons the choices become numbered lines of the text."""

    text: str
    choices: tuple[str, ...] = ()
    asked: int = 0
    """The number of the question the choices belong to (`Position.asked`)."""
    files: tuple[Enclosed, ...] = ()
    """Where the channel does not carry one, the text gets a link to it."""
    reminder: bool = False
    """Said because the customer is silent: dropped where the channel does not carry it any more."""
    by_model: bool = False
    """A language model wrote it, not the flow's author: marked so for colleagues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskKnowledge:
    """Look for an answer in the knowledge base; the result comes back as `Answered` or `Failed` with this number."""

    ask: int
    """Rises with every look-up of a run, so that a late result is told from the one that is waited for."""
    text: str
    """What the customer asked, at most 2,000 characters."""
    language: str
    """Two letters; empty where nobody knows."""
    tags: tuple[str, ...] = ()
    """Only articles with one of these tags; empty: all."""
    threshold: float | None = None
    """How alike question and article must be, 0 to 1; None: the knowledge base's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskModel:
    """Have a language model answer from the knowledge base; the result comes back as for `AskKnowledge`."""

    ask: int
    text: str
    """What the customer said: data, never an instruction. At most 2,000 characters."""
    language: str
    instructions: str = ""
    """What the flow's author wants of the answer: tone, length, subject."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHttp:
    """Look something up at an address; the result comes back as `HttpAnswered` or `Failed` with this number."""

    ask: int
    method: str
    """GET or POST."""
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    seconds: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHelp:
    """Count that an article of the knowledge base helped, or did not."""

    article_id: str
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetField:
    """Fill a field of the contact: `name`, `email`, `phone`, `company`, `language`, `source`, or one of its own."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTag:
    """Give the conversation a tag."""

    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the conversation to a team, a person, or both; the bot goes on speaking."""

    team_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Stop speaking and open the conversation for humans, with what was learned as a note."""

    reason: Reason
    words: str = ""
    """For colleagues: what went wrong, where something did."""
    team_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Resolve the conversation: the bot was all it needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFlow:
    """Go on in another flow, with the answers so far."""

    flow_id: UUID


Effect: TypeAlias = (
    Say | AskKnowledge | AskModel | CallHttp | CountHelp | SetField | AddTag | Assign | HandOver | Close | StartFlow
)
