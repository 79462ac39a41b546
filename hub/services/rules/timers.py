"""Rules by time: when each is due in a conversation, kept as it changes, and run when the time is up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub.domain.conversation import Conversation, ConversationState
from hub.domain.hours import Hours
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind
from hub.domain.rules.matching import Event
from hub.domain.rules.records import TIMED, On, Rule, Timer, Timing, WorkRuleId
from hub.ports import UnitOfWork
from hub.services.bots.means import Means
from hub.services.rules.running import run_for

ARM_BATCH = 200
"""Conversations that get the due times of a new rule in one transaction."""
DUE_BATCH = 64


def timed(rules: Sequence[Rule]) -> Sequence[Rule]:
    """Return the rules by time."""
    return [rule for rule in rules if not TIMED.isdisjoint(rule.body.triggers)]


def anchor_of(rule: Rule, conversation: Conversation) -> tuple[str, datetime] | None:
    """Return what a rule counts from in a conversation, and since when; None: nothing runs."""
    if conversation.merged_into_id is not None or conversation.state is ConversationState.resolved:
        return None
    if On.unanswered in rule.body.triggers:
        wait = conversation.clock.open
        return None if wait is None else (str(wait.id), wait.started_at)
    return conversation.last_at.isoformat(), conversation.last_at


async def arm(uow: UnitOfWork, rules: Sequence[Rule], ids: Collection[ConversationId]) -> None:
    """Bring the due times of conversations in line with how they are now."""
    timetable = (await uow.hours.plan()).timetable
    for key in ids:
        conversation = await uow.conversations.get(key)
        if conversation is None:
            continue
        known = {(one.rule_id, one.percent): one for one in await uow.rules.timers(key)}
        fresh: list[Timer] = []
        for rule in rules:
            anchor = anchor_of(rule, conversation)
            if anchor is not None:
                hours = timetable.at(anchor[1], channel_id=conversation.channel_id, team_id=conversation.team_id).hours
                fresh += _timers(rule, conversation, anchor, hours, known)
            elif any(rule_id == rule.id for rule_id, _ in known):
                await uow.rules.drop_timers(rule.id, key)
        await uow.rules.put_timers(fresh)


def _timers(
    rule: Rule,
    conversation: Conversation,
    anchor: tuple[str, datetime],
    hours: Hours,
    known: Mapping[tuple[WorkRuleId, int], Timer],
) -> Sequence[Timer]:
    """Return the due times that are not known yet. Whose time was up before the rule was switched on has none."""
    timing, found = rule.body.timing, []
    if timing is None:
        return ()
    for percent in rule.body.percents:
        before = known.get((rule.id, percent))
        if before is not None and _counts_on(rule, conversation, before, anchor[0]):
            continue
        due = due_at(timing, percent, anchor[1], hours)
        if due is not None and rule.active_since is not None and due < rule.active_since:
            due = None
        found.append(
            Timer(rule_id=rule.id, conversation_id=conversation.id, percent=percent, anchor=anchor[0], due_at=due)
        )
    return found


def due_at(timing: Timing, percent: int, since: datetime, hours: Hours) -> datetime | None:
    """Return when a step is due; None where the calendar does not open again."""
    seconds = timing.minutes * 60 * percent / 100
    return hours.add_business_time(since, seconds) if timing.business else since + timedelta(seconds=seconds)


def _counts_on(rule: Rule, conversation: Conversation, timer: Timer, anchor: str) -> bool:
    """Tell whether a due time still counts from what it did: a machine's message is no sign of life."""
    if timer.anchor == anchor:
        return True
    return On.idle in rule.body.triggers and conversation.last_author == AuthorKind.auto


async def arm_new(uow: UnitOfWork, rule: Rule, after: ConversationId | None) -> ConversationId | None:
    """Give the conversations that are there already a new rule's due times, a batch; returns where to go on."""
    if after is None:
        await uow.rules.drop_timers(rule.id)
    ids = await uow.rules.unresolved(after, ARM_BATCH)
    await arm(uow, [rule], ids)
    if len(ids) == ARM_BATCH:
        return ids[-1]
    current = await uow.rules.get(rule.id)
    if current is not None and current.version == rule.version:
        await uow.rules.save(replace(current, armed=rule.version))
    return None


async def run_due(
    uow: UnitOfWork, means: Means, rules: Mapping[WorkRuleId, Rule], now: datetime, limit: int = DUE_BATCH
) -> int:
    """Run what is due, a batch; returns how many times were up."""
    due = await uow.rules.due(now, limit)
    for timer in due:
        # It stays, without a time: what it counts from has been seen to.
        await uow.rules.put_timers([replace(timer, due_at=None)])
        rule = rules.get(timer.rule_id)
        conversation = await uow.conversations.get(timer.conversation_id)
        if rule is None or conversation is None:
            continue
        anchor = anchor_of(rule, conversation)
        if anchor is None or not _counts_on(rule, conversation, timer, anchor[0]):
            await arm(uow, [rule], [conversation.id])
            continue
        await run_for(uow, means, [rule], event_of(rule, timer, now), now)
    return len(due)


def event_of(rule: Rule, timer: Timer, at: datetime) -> Event:
    """Return a due time as an event."""
    on = rule.body.triggers[0]
    return Event(
        key=f"{on}:{timer.conversation_id}:{timer.anchor}:{timer.percent}",
        on=on,
        conversation_id=timer.conversation_id,
        at=at,
        percent=timer.percent,
    )
