"""Who speaks in a conversation: a bot, a human, or nobody yet. One lock; a human's word takes it at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.errors import Conflict
from hub.domain.ids import ConversationId, UserId


class Speaker(StrEnum):
    """Who answers the customer."""

    bot = "bot"
    human = "human"
    nobody = "nobody"


class Overtaken(Conflict):
    """The bot may not say this any more: a human took the conversation, or another bot has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Who speaks in one conversation. A conversation without a lock is nobody's."""

    conversation_id: ConversationId
    speaker: Speaker = Speaker.nobody
    turn: int = 0
    """Rises with every change of hands. A bot's message names the turn it was meant for; any other refuses it."""
    bot: str = ""
    """Which bot: `flow:<id>` or `outside:<id>`; empty unless a bot speaks."""
    since: datetime | None = None
    by: UserId | None = None
    """Who took it or gave it, where a person did so."""
    human_at: datetime | None = None
    """When a human last wrote here."""
    reopens: int = 0
    """How often the conversation had been reopened when the lock last changed hands: tells a new episode."""
