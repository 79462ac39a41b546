"""A flow: steps with exits that lead to other steps, in as many languages as its author wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

SCHEMA = 1
"""The version of the format; `schema.py` publishes it."""

Texts: TypeAlias = Mapping[str, str]
"""One text in several languages: two letters → words."""


class FlowFault(Exception):
    """The flow, or something it needs, does not work; the message says what, for colleagues."""


class AnswerKind(StrEnum):
    """What a question asks for; decides what counts as an answer."""

    text = "text"
    name = "name"
    phone = "phone"
    email = "email"
    date = "date"
    number = "number"
    choice = "choice"
    file = "file"


class Op(StrEnum):
    """How a condition compares. More and less compare numbers and dates; the rest ignores case and marks."""

    equal = "is"
    not_equal = "is_not"
    contains = "contains"
    starts_with = "starts_with"
    filled = "filled"
    empty = "empty"
    more = "more"
    less = "less"
    among = "in"
    """The value names several, with commas between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a question."""

    id: str
    label: Texts
    also: tuple[str, ...] = ()
    """Other words customers use for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison. A field that does not exist counts as empty."""

    field: str
    op: Op
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An exit of a condition: taken if all its tests hold."""

    id: str
    tests: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What to keep of a look-up's answer: the value at a path of names and numbers with dots between them."""

    path: str
    save_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that goes with a message: one the hub keeps, by its id and the name people know it by."""

    id: UUID
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What every step has."""

    id: str
    exits: Mapping[str, str] = field(default_factory=dict)
    """Exit → the next step. What leads nowhere ends the flow with a human, where a kind does not say otherwise."""
    at: tuple[float, float] = (0.0, 0.0)
    """Where the builder draws it."""
    label: str = ""
    """What its author calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Step):
    """Says something, sends files, or both. Exit: next."""

    text: Texts
    files: tuple[Enclosed, ...] = ()
    """Where a channel does not carry one, customers get a link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Step):
    """Asks something and waits. Exits: next, one per option, invalid, timeout."""

    text: Texts
    answer: AnswerKind
    save_as: str = ""
    """The name under which templates and conditions know the answer."""
    contact_field: str = ""
    """The field of the contact that gets the answer."""
    options: tuple[Option, ...] = ()
    retry: Texts = field(default_factory=dict)
    """Said where an answer does not fit; empty: the hub's own words."""
    tries: int = 3
    """Answers that do not fit before `invalid` is taken, or a human."""
    least: float | None = None
    most: float | None = None
    """Bounds of a number."""
    region: str = ""
    """The country in which national phone numbers are read, two capital letters."""
    reminder: Texts = field(default_factory=dict)
    remind_after: int = 0
    """Minutes of silence after which the reminder is said, once; 0: never."""
    timeout: int = 0
    """Minutes of silence after which `timeout` is taken, or a human; 0: the flow's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Step):
    """Chooses a way. Exits: one per case, else."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill(Step):
    """Fills fields of the contact and gives tags; both may hold placeholders. Exit: next."""

    fields: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Http(Step):
    """Looks something up. Exits: ok, failed."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    seconds: float = 5.0
    take: tuple[Take, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Step):
    """Waits. Exits: next, and said where the customer may break it off by writing."""

    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Step):
    """Asks whether somebody works now. Exits: open, closed."""

    calendar: str = ""
    """The calendar's id; empty: the one of the conversation's team or channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Step):
    """Chooses a way by the customer's language. Exits: one per language, else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq(Step):
    """Answers from the knowledge base. Exits: helped, not_helped, none."""

    question: str = ""
    """A template of what to look for; empty: the customer's last words."""
    tags: tuple[str, ...] = ()
    threshold: float | None = None
    confirm: bool = True
    """Ask whether it helped. Without it `helped` is taken at once."""
    confirm_text: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Step):
    """Has a language model answer from the knowledge base. Exits: answered, refused."""

    question: str = ""
    instructions: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Step):
    """Goes on in another flow; never comes back. No exits."""

    flow_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Give(Step):
    """Assigns the conversation; the bot goes on. Exit: next."""

    team_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand(Step):
    """Hands over to humans. No exits."""

    text: Texts = field(default_factory=dict)
    team_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(Step):
    """Says goodbye and resolves the conversation. No exits."""

    text: Texts = field(default_factory=dict)


AnyStep: TypeAlias = (
    Message | Question | Condition | Fill | Http | Pause | Hours | Language | Faq | Model | Other | Give | Hand | Finish
)

KINDS: Mapping[str, type[Step]] = {
    "message": Message,
    "question": Question,
    "condition": Condition,
    "fill": Fill,
    "http": Http,
    "wait": Pause,
    "hours": Hours,
    "language": Language,
    "faq": Faq,
    "model": Model,
    "flow": Other,
    "assign": Give,
    "handover": Hand,
    "close": Finish,
}
"""The kinds of steps as the JSON names them."""
KIND_OF: Mapping[type[Step], str] = {step: kind for kind, step in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow as it is drawn."""

    languages: tuple[str, ...]
    """The languages it is written in; the first is spoken where a customer's is not among them."""
    start: str
    steps: Mapping[str, AnyStep]
    timeout: int = 24 * 60
    """Minutes of silence after which a question is given up, where it does not say itself."""

    @property
    def files(self) -> Mapping[UUID, Enclosed]:
        """All files its messages send."""
        return {file.id: file for step in self.steps.values() if isinstance(step, Message) for file in step.files}

    @property
    def language(self) -> str:
        """The language spoken where nothing tells the customer's."""
        return self.languages[0]


def said(texts: Texts, language: str, otherwise: str) -> str:
    """Return a text in the language, else in the flow's first, else in any; empty if there is none."""
    found = texts.get(language) or texts.get(otherwise)
    return found or next((text for text in texts.values() if text), "")
