"""The assistant: a language model behind any OpenAI-compatible endpoint; its settings, its limits, its log."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ConversationId, InteractionId, UserId

AssistantCallId = NewType("AssistantCallId", UUID)

MICROS = 1_000_000
"""Money is counted in millionths of the currency's unit."""


class Task(StrEnum):
    """What the model was asked for."""

    answer = "answer"
    """A bot's answer to a customer, from the knowledge base alone."""
    draft = "draft"
    """A reply for an agent to check and send."""
    shorten = "shorten"
    translate = "translate"  # type: ignore[assignment]  # the field's word; nobody translates letters of a task
    summarise = "summarise"


class Outcome(StrEnum):
    """What came of it."""

    answered = "answered"
    refused = "refused"
    """The knowledge base does not carry an answer, or the model says so."""
    blocked = "blocked"
    """The model's answer broke a rule and was thrown away; `error` says which."""
    failed = "failed"
    """No usable answer came: a time-out, a fault at the endpoint, garbage."""
    limited = "limited"
    """Not asked: a limit of the day is used up, or the endpoint wants rest."""


class Redact(StrEnum):
    """What is taken out by choice before a text leaves; card and id numbers always are."""

    email = "email"
    phone = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantSettings:
    """Where the model is and what it may cost. Off until an admin switches it on."""

    enabled: bool = False
    url: str = ""
    """The endpoint's base address, such as https://api.example.com/v1."""
    model: str = ""
    api_key: str = field(default="", repr=False)
    for_bots: bool = False
    """Flows may ask it; else it only helps agents."""
    tokens_per_day: int = 200_000
    """Tokens in and out of one day (UTC); 0 is none."""
    money_per_day: float = 5.0
    currency: str = "USD"
    price_in: float = 0.0
    """Price of a million tokens sent."""
    price_out: float = 0.0
    """Price of a million tokens answered."""
    seconds: float = 20.0
    """The longest one call may take, from connecting to the last word."""
    answer_tokens: int = 600
    """The longest answer."""
    redact: tuple[Redact, ...] = (Redact.email, Redact.phone)

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """Return what so many tokens cost, in millionths."""
        return round(tokens_in * self.price_in + tokens_out * self.price_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantDay:
    """What one day used up so far; what is under way counts with the most it can use."""

    day: date
    calls: int = 0
    tokens: int = 0
    micros: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantCall:
    """One call of the model, in full: what left the house and what came back."""

    id: AssistantCallId
    at: datetime
    task: Task
    outcome: Outcome
    model: str
    conversation_id: ConversationId | None
    user_id: UserId | None
    """Who asked; None for a bot."""
    prompt: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(role, text) as sent, numbers and addresses taken out."""
    answer: str = field(default="", repr=False)
    """As the model gave it."""
    error: str = ""
    """In words, for an admin."""
    sources: tuple[str, ...] = ()
    """Ids of the articles it rests on."""
    tokens_in: int = 0
    tokens_out: int = 0
    micros: int = 0
    seconds: float = 0.0
    used_in: InteractionId | None = None
    """The message or note a person made of it."""
