"""Bots that live outside the hub: who they are, what they are told, and what becomes of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ConversationId, InteractionId, UserId

OutsideBotId = NewType("OutsideBotId", UUID)
BotEventId = NewType("BotEventId", UUID)

OUTSIDE = "outside:"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideBot:
    """A program of somebody's that speaks with customers through the hub. Rules say when (`BotRule.bot`)."""

    id: OutsideBotId
    name: str
    token_id: str
    """The access token it calls with (`/tokens`)."""
    url: str = ""
    """Where its events are posted, signed; empty: it listens on the WebSocket."""
    secret: str = field(repr=False)
    """Signs each body: `X-Hub-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""
    ack_within: timedelta = timedelta(seconds=15)
    """An event it has not acknowledged after this long opens the conversation for humans."""
    answer_within: timedelta = timedelta(seconds=60)
    """After acknowledging it must do something within this long, else humans take over."""
    active: bool = True
    created_at: datetime
    created_by: UserId | None = None


def speaker_name(bot_id: OutsideBotId) -> str:
    """Return how rules and the lock of who speaks call a bot."""
    return f"{OUTSIDE}{bot_id}"


def bot_id_of(name: str) -> OutsideBotId | None:
    """Return the bot of such a name; None if it is no outside bot's."""
    return OutsideBotId(UUID(name.removeprefix(OUTSIDE))) if name.startswith(OUTSIDE) else None


class BotEventKind(StrEnum):
    """What a bot is told."""

    message = "message"
    """The customer wrote, and the bot has the floor: it must answer or hand over."""
    given = "given"
    """Somebody gave the conversation (back) to the bot: it must speak or hand over."""


class BotEventState(StrEnum):
    """How far an event is."""

    queued = "queued"
    """To be told."""
    sent = "sent"
    """Told; the acknowledgement has not come."""
    acknowledged = "acknowledged"
    """The bot has it; it owes an answer."""
    done = "done"
    """The bot did something with it, or it needs no answer."""
    late = "late"
    """The bot did not acknowledge or answer in time; the conversation was opened for humans."""
    void = "void"
    """A human took over before the bot came to it."""


OWED = frozenset({BotEventState.queued, BotEventState.sent, BotEventState.acknowledged})
"""States in which a deadline runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotEvent:
    """One thing a bot is told about one conversation."""

    id: BotEventId
    bot_id: OutsideBotId
    conversation_id: ConversationId
    interaction_id: InteractionId | None
    """The customer's message."""
    kind: BotEventKind
    turn: int
    """The turn of the lock in which it was told: a bot that answers in another is too late."""
    seq: int = 0
    """Rises for each bot; what its WebSocket resumes by."""
    state: BotEventState
    created_at: datetime
    deadline: datetime | None
    """When humans take over unless the bot does what it owes."""
    attempts: int = 0
    next_at: datetime | None = None
    """When it is told next."""
    status: int | None = None
    error: str = ""
