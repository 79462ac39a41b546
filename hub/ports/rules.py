"""What rules need of the database: themselves, their versions, their log, and when they are due."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hub.domain.actions import Work
from hub.domain.changes import ChangeKind, Notice
from hub.domain.ids import ContactId, ConversationId, InteractionId
from hub.domain.rules.records import Rule, RuleRun, RuleVersion, Timer, WorkRuleId
from hub.domain.views import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What put somebody on the board of missed contacts."""

    item: InteractionId
    conversation_id: ConversationId
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWait:
    """A customer's wait of the past, for trying a rule on it."""

    item: InteractionId
    conversation_id: ConversationId
    started_at: datetime
    ended_at: datetime | None


class Rules(Protocol):
    """Rules at work."""

    async def all(self, *, active: bool = False) -> Sequence[Rule]:
        """Return rules in the order in which they look."""
        ...

    async def get(self, rule_id: WorkRuleId) -> Rule | None:
        """Return it, locked until the unit of work ends."""
        ...

    async def save(self, rule: Rule) -> None:
        """Add or replace a rule; what is counted stays."""
        ...

    async def delete(self, rule_id: WorkRuleId) -> None: ...
    async def order(self, rule_ids: Sequence[WorkRuleId]) -> None: ...
    async def add_version(self, version: RuleVersion) -> None: ...
    async def versions(self, rule_id: WorkRuleId) -> Sequence[RuleVersion]:
        """Return them, newest first."""
        ...

    async def begin(self, run: RuleRun) -> bool:
        """Write a run down; False if this version has run for this event before."""
        ...

    async def finish(self, run: RuleRun) -> None:
        """Say what became of a run, and count it."""
        ...

    async def acted(self, rule_id: WorkRuleId, conversation_id: ConversationId) -> bool:
        """Tell whether a rule that acts once in a conversation did."""
        ...

    async def take_once(self, rule_id: WorkRuleId, conversation_id: ConversationId) -> bool:
        """Say that a rule acts in a conversation now; False if it ever did."""
        ...

    async def runs_since(self, rule_id: WorkRuleId, conversation_id: ConversationId, since: datetime) -> int:
        """Count how often a rule did something in a conversation since then."""
        ...

    async def log(self, rule_id: WorkRuleId, *, cursor: str | None, limit: int) -> Page[RuleRun]:
        """Return a page of a rule's log, newest first."""
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Delete lines of logs older than that; returns how many."""
        ...

    async def place(self) -> int | None:
        """Return up to which notice rules have looked; None: they never did."""
        ...

    async def go_on(self, seq: int) -> None:
        """Say up to which notice rules have looked; in the transaction that holds what they did."""
        ...

    async def timers(self, conversation_id: ConversationId) -> Sequence[Timer]: ...
    async def put_timers(self, timers: Sequence[Timer]) -> None: ...
    async def drop_timers(self, rule_id: WorkRuleId, conversation_id: ConversationId | None = None) -> None: ...
    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Return what is due, the longest due first, locked."""
        ...

    async def next_due(self) -> datetime | None: ...
    async def unresolved(self, after: ConversationId | None, limit: int) -> Sequence[ConversationId]:
        """Return the next conversations that are not resolved, by id."""
        ...

    async def wrote_before(self, conversation_id: ConversationId, item: InteractionId) -> bool:
        """Tell whether the customer wrote something in the conversation before this."""
        ...

    async def debt_of(self, contact_id: ContactId) -> Debt | None:
        """Return what a person waits for in vain, if they do."""
        ...

    async def open_of(self, contact_id: ContactId, limit: int) -> Sequence[ConversationId]:
        """Return a contact's conversations that are not resolved, the newest first."""
        ...

    async def fields_changed(self, seq: int) -> tuple[str, ...]:
        """Return which fields of a contact a notice says have changed."""
        ...

    async def entries(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[InteractionId]:
        """Return the next messages and events that were stored in a span, by id, oldest first."""
        ...

    async def past_waits(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[PastWait]:
        """Return the next waits that began in a span, by id, oldest first."""
        ...

    async def past_debts(
        self, after: InteractionId | None, since: datetime, until: datetime, limit: int
    ) -> Sequence[Debt]:
        """Return the next who came to the board of missed contacts in a span, settled or not, by id, oldest first."""
        ...

    async def past_notices(
        self, kinds: Collection[ChangeKind], after: int, since: datetime, until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Return the next notices of these kinds in a span, as far as they are kept, oldest first."""
        ...

    async def noticed_since(self) -> datetime | None:
        """Return when the oldest notice that is kept was; None: none is."""
        ...

    async def open_then(self, contact_id: ContactId, at: datetime, limit: int) -> Sequence[ConversationId]:
        """Return those conversations of a contact, whoever they were merged with, that were not resolved at a moment.

        One that was resolved, reopened and resolved again since then counts; the newest come first.
        """
        ...

    async def work(self, conversation_ids: Collection[ConversationId]) -> Mapping[ConversationId, Work]:
        """Return how the work on conversations stands, without locking them."""
        ...
