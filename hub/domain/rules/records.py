"""A rule, its versions, the log of what it did, and the times at which it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.actions import AnyAction
from hub.domain.ids import ConversationId, UserId
from hub.domain.rules.conditions import Condition

WorkRuleId = NewType("WorkRuleId", UUID)


class On(StrEnum):
    """What makes a rule look."""

    message_in = "message_in"
    """A customer wrote; machines' mail and lists are none."""
    message_out = "message_out"
    """One of ours answered."""
    opened = "opened"
    """A conversation began."""
    reopened = "reopened"
    resolved = "resolved"
    state_changed = "state_changed"
    """To any state, resolved and reopened among them."""
    assigned = "assigned"
    team_changed = "team_changed"
    tagged = "tagged"
    """Tags were added."""
    priority_changed = "priority_changed"
    target_at_risk = "target_at_risk"
    target_breached = "target_breached"
    missed_contact = "missed_contact"
    """Somebody came to the board of missed contacts."""
    contact_changed = "contact_changed"
    unanswered = "unanswered"
    """The customer waits for so many minutes."""
    idle = "idle"
    """Nothing happened for so many minutes in a conversation that is not resolved."""


TIMED = frozenset({On.unanswered, On.idle})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a rule by time is due."""

    minutes: int
    """After the customer began to wait, or after the last entry."""
    business: bool = True
    """Minutes of opening hours count; else all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A further step of an escalation."""

    percent: int
    """Of the rule's minutes: 50 comes at half the time, 200 after twice the time."""
    actions: tuple[AnyAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBody:
    """What a rule says."""

    triggers: tuple[On, ...]
    """Any of these."""
    timing: Timing | None = None
    """With `unanswered` and `idle`, which stand alone."""
    contact_fields: tuple[str, ...] = ()
    """With `contact_changed`: one of these fields of the contact changed, by its own name, `name`, `company`,
    `language`, `notes`, `source`, or an address by its namespace (`phone`, `email`); none: anything of it."""
    conditions: tuple[Condition, ...] = ()
    """All of these."""
    actions: tuple[AnyAction, ...]
    steps: tuple[Step, ...] = ()
    """Before and after `actions`, which come when the time is up (100 %)."""
    once: bool = False
    """In one conversation it acts once at the most."""
    auto_reply: bool = False
    """It answers customers by itself: once, never in groups, never after a person of ours wrote."""
    stop: bool = False
    """Where it acted, the rules below it do not look at the same thing."""

    def actions_at(self, percent: int) -> tuple[AnyAction, ...]:
        """Return what is done at a step; 100 is the rule itself."""
        if percent == 100:
            return self.actions
        return next((step.actions for step in self.steps if step.percent == percent), ())

    @property
    def percents(self) -> tuple[int, ...]:
        """All its steps in order of time."""
        return tuple(sorted({100, *(step.percent for step in self.steps)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule at its newest version."""

    id: WorkRuleId
    name: str
    place: int = 0
    """Lower comes first."""
    active: bool = False
    active_since: datetime | None = None
    """What happened before does not concern it."""
    paused: str = ""
    """Why the hub switched it off, in words; empty unless it did."""
    version: int = 1
    armed: int = 0
    """The version by which the conversations that were there already got their due times."""
    body: RuleBody
    ran: int = 0
    failed: int = 0
    last_run_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """What a rule said from one moment on. Never changes."""

    rule_id: WorkRuleId
    number: int
    name: str
    body: RuleBody
    made_at: datetime
    made_by: UserId | None = None


class Outcome(StrEnum):
    """What became of one run."""

    done = "done"
    idle = "idle"
    """All it wants was so already."""
    failed = "failed"
    """Something could not be done."""
    held = "held"
    """Held back: it went round in circles, or too often in one conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRun:
    """One line of a rule's log. Unique by rule, version and event: nothing is done twice."""

    id: UUID
    rule_id: WorkRuleId
    version: int
    event: str
    """What it was about, as a key: `message_in:<interaction>`, `unanswered:<wait>:100`."""
    on: On
    conversation_id: ConversationId
    at: datetime
    outcome: Outcome
    done: tuple[Mapping[str, object], ...] = field(default_factory=tuple)
    """Each action with what became of it: `do`, `problem`, `idle`."""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """When a rule by time is due in one conversation; without a time it was, for this anchor."""

    rule_id: WorkRuleId
    conversation_id: ConversationId
    percent: int
    anchor: str
    """What it counts from: the wait, or the last entry."""
    due_at: datetime | None
