"""Which rules look at what happened, what they would do, and what is wrong with a rule. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.domain import actions as vocabulary
from hub.domain.actions import AnyAction, Work, acts, after_action
from hub.domain.ids import ConversationId, InteractionId
from hub.domain.rules import conditions
from hub.domain.rules.conditions import Facts, Field, hold
from hub.domain.rules.records import TIMED, On, Rule, RuleBody, WorkRuleId

CHAIN_LIMIT = 5
"""Rules that set each other off, one after the other; the next one is held back."""
RUNS_PER_HOUR = 20
"""Of one rule in one conversation; what comes then is held back."""
MOST_MINUTES = 60 * 24 * 60
MOST_PERCENT = 1000
STEPS_LIMIT = 5
FIELDS_LIMIT = 20
NAME_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened in a conversation."""

    key: str
    """The same for the same thing, whenever it is looked at."""
    on: On
    conversation_id: ConversationId
    at: datetime
    text: str = ""
    subject: str = ""
    item: InteractionId | None = None
    """The entry it is about, where it is about one."""
    chain: tuple[WorkRuleId, ...] = field(default=())
    """The rules that led to it, the first one first; empty: a person or a customer did."""
    percent: int = 100
    fields: tuple[str, ...] = ()
    """Of a changed contact: what changed, in lower case; empty: nothing that has a name."""


def looks(rule: Rule, event: Event) -> bool:
    """Tell whether a rule looks at what happened; what was before it was switched on does not concern it."""
    if not rule.active or rule.active_since is None:
        return False
    return event.at >= rule.active_since and concerns(rule.body, event)


def concerns(body: RuleBody, event: Event) -> bool:
    """Tell whether what happened is one of a rule's triggers, and about a field it names, if it names any."""
    return event.on in body.triggers and _names(body, event)


def _names(body: RuleBody, event: Event) -> bool:
    """Tell whether a field changed that the rule names, if it names any."""
    if event.on is not On.contact_changed or not body.contact_fields:
        return True
    return not {name.strip().casefold() for name in body.contact_fields}.isdisjoint(event.fields)


def circles(rule: Rule, event: Event) -> bool:
    """Tell whether a rule would set itself off, by itself or by way of others."""
    return rule.id in event.chain or len(event.chain) >= CHAIN_LIMIT


def may_match(body: RuleBody, event: Event) -> bool:
    """Tell whether the words of an event let a rule's conditions hold, before anything else is read."""
    said = Facts(values={Field.text: (event.text,)})
    return hold([one for one in body.conditions if one.field is Field.text], said)


def matches(body: RuleBody, facts: Facts) -> bool:
    """Tell whether a rule's conditions hold; an automatic answer has those of good manners, too."""
    if body.auto_reply and (facts.group or facts.answered_by_human):
        return False
    return hold(body.conditions, facts)


def plan(actions: Sequence[AnyAction], work: Work, now: datetime) -> Sequence[AnyAction]:
    """Return those of the actions that would change something, one after the other."""
    found = []
    for action in actions:
        if acts(work, action, now):
            found.append(action)
            work = after_action(work, action, now)
    return found


def faults(body: RuleBody) -> Sequence[str]:
    """Say, in words, what is wrong with a rule."""
    found = [*_of_triggers(body), *conditions.faults(body.conditions), *vocabulary.faults(body.actions)]
    for step in body.steps:
        found += [f"Step at {step.percent} %: {words}" for words in vocabulary.faults(step.actions)]
    if body.auto_reply and (body.triggers != (On.message_in,) or not vocabulary.speaks(body.actions)):
        found.append("An automatic answer begins with a customer's message, and one of its actions answers.")
    return found


def _of_triggers(body: RuleBody) -> Sequence[str]:
    found = []
    timed = TIMED.intersection(body.triggers)
    if not body.triggers:
        found.append("Say what makes the rule look: there is no trigger yet.")
    if timed and len(body.triggers) > 1:
        found.append("A rule by time has this trigger alone.")
    if timed and body.timing is None:
        found.append("Say after how many minutes.")
    if body.timing is not None and not timed:
        found.append("Only “unanswered” and “idle” have minutes.")
    if body.timing is not None and not 1 <= body.timing.minutes <= MOST_MINUTES:
        found.append(f"The minutes are from 1 to {MOST_MINUTES}.")
    if body.contact_fields and On.contact_changed not in body.triggers:
        found.append("Only “the contact changes” names fields.")
    if len(body.contact_fields) > FIELDS_LIMIT or not all(0 < len(one.strip()) <= 100 for one in body.contact_fields):
        found.append(f"At most {FIELDS_LIMIT} fields of the contact, each by its name.")
    if body.steps and not timed:
        found.append("Only rules by time have further steps.")
    percents = [step.percent for step in body.steps]
    if len(percents) > STEPS_LIMIT or len(set(percents)) < len(percents) or 100 in percents:
        found.append(f"At most {STEPS_LIMIT} further steps, each at a time of its own; 100 % is the rule itself.")
    if any(not 1 <= percent <= MOST_PERCENT for percent in percents):
        found.append(f"A step comes at 1 to {MOST_PERCENT} % of the time.")
    return found
