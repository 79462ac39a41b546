"""Runs rules for what happened: each rule once per version and event, in order, within one unit of work."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from hub.domain.conversation import Conversation
from hub.domain.errors import HubError
from hub.domain.rules.conditions import Facts, Field, hold
from hub.domain.rules.matching import CHAIN_LIMIT, RUNS_PER_HOUR, Event, circles, looks, matches, may_match
from hub.domain.rules.records import Outcome, Rule, RuleBody, RuleRun
from hub.ports import UnitOfWork
from hub.services.actions import Acting, Done, carry_out
from hub.services.bots.means import Means
from hub.services.bots.opening import opened
from hub.services.ids import new_id
from hub.services.rules.facts import facts_for, fields_of

HOUR = timedelta(hours=1)


async def run_for(uow: UnitOfWork, means: Means, rules: Sequence[Rule], event: Event, now: datetime) -> int:
    """Have all rules look at an event, in order; returns how many ran. A conversation that is gone has none."""
    looking = [rule for rule in rules if looks(rule, event) and may_match(rule.body, event)]
    if not looking:
        return 0
    wanted = fields_of([rule.body for rule in looking])
    manners = any(rule.body.auto_reply for rule in looking)
    conversation, facts, count = None, None, 0
    for rule in looking:
        if conversation is None or facts is None:
            conversation = await uow.conversations.get(event.conversation_id)
            if conversation is None or conversation.merged_into_id is not None:
                return count
            facts = await facts_for(uow, conversation, event, wanted, manners=manners)
        if not matches(rule.body, facts) or not await _still(uow, rule.body, conversation, now):
            continue
        run = await _run(uow, means, rule, event, conversation, now)
        if run is None:
            continue
        count += 1
        facts = None  # what it did may have changed what the next one looks at
        if rule.body.stop and run.outcome is not Outcome.held:
            break
    return count


async def _still(uow: UnitOfWork, body: RuleBody, conversation: Conversation, now: datetime) -> bool:
    """Tell whether the hours an automatic answer speaks of are those of now: nobody is told at nine that we are closed.

    What came in while the hub was down, or late, is looked at by the hours of then.
    """
    of_hours = [one for one in body.conditions if one.field is Field.hours]
    if not body.auto_reply or not of_hours:
        return True
    state = "open" if await opened(uow, conversation, "", now) else "closed"
    return hold(of_hours, Facts(values={Field.hours: (state,)}))


async def _run(
    uow: UnitOfWork, means: Means, rule: Rule, event: Event, conversation: Conversation, now: datetime
) -> RuleRun | None:
    run = RuleRun(
        id=new_id(),
        rule_id=rule.id,
        version=rule.version,
        event=event.key,
        on=event.on,
        conversation_id=conversation.id,
        at=now,
        outcome=Outcome.held,
    )
    once = rule.body.once or rule.body.auto_reply
    if (once and await uow.rules.acted(rule.id, conversation.id)) or not await uow.rules.begin(run):
        return None
    if words := await _held(uow, rule, event, now):
        run = replace(run, words=words)
    elif once and not await uow.rules.take_once(rule.id, conversation.id):
        # another node did since we looked
        run = replace(run, outcome=Outcome.idle, words="It has acted in this conversation before.")
    else:
        run = outcome_of(run, await _act(uow, means, rule, event, now))
    await uow.rules.finish(run)
    return run


async def _held(uow: UnitOfWork, rule: Rule, event: Event, now: datetime) -> str:
    """Say why a run is held back; what rules do to each other in circles also switches the rule off."""
    if circles(rule, event):
        if rule.id in event.chain[:-1]:
            await _pause(uow, rule, "It set itself off by way of other rules. Change one of them, then switch it on.")
        return f"A rule does not set itself off, and no more than {CHAIN_LIMIT} set each other off."
    runs = await uow.rules.runs_since(rule.id, event.conversation_id, now - HOUR)
    if runs < RUNS_PER_HOUR:
        return ""
    words = f"It ran {runs} times within an hour in one conversation."
    if event.chain:
        await _pause(uow, rule, f"{words} Rules set it off: look at its log, change it, then switch it on.")
    return f"{words} It goes on there when the hour is over."


async def _pause(uow: UnitOfWork, rule: Rule, words: str) -> None:
    current = await uow.rules.get(rule.id)
    if current is not None and current.active:
        await uow.rules.save(replace(current, active=False, paused=words))


async def _act(uow: UnitOfWork, means: Means, rule: Rule, event: Event, now: datetime) -> Sequence[Done]:
    origin = {
        "rule": str(rule.id),
        "rule_name": rule.name,
        "rule_chain": [str(one) for one in (*event.chain, rule.id)],
    }
    acting = Acting(means=means, now=now, origin=origin, about={"event": event.key})
    return await carry_out(uow, event.conversation_id, rule.body.actions_at(event.percent), acting)


def outcome_of(run: RuleRun, done: Sequence[Done]) -> RuleRun:
    """Return a run with what became of its actions."""
    problems = [f"{one.do}: {one.problem}" for one in done if one.problem]
    outcome = Outcome.failed if problems else Outcome.idle if all(one.idle for one in done) else Outcome.done
    return replace(run, outcome=outcome, done=tuple(asdict(one) for one in done), words=" ".join(problems)[:2000])


async def note_failure(uow: UnitOfWork, rules: Sequence[Rule], event: Event, error: Exception, now: datetime) -> None:
    """Write into the log of the rules that looked that an event could not be worked on, so that nobody tries again."""
    words = str(error) if isinstance(error, HubError) else f"Something unexpected happened ({type(error).__name__})."
    for rule in rules:
        if not looks(rule, event) or await uow.conversations.get(event.conversation_id) is None:
            continue
        run = RuleRun(
            id=new_id(),
            rule_id=rule.id,
            version=rule.version,
            event=event.key,
            on=event.on,
            conversation_id=event.conversation_id,
            at=now,
            outcome=Outcome.failed,
            words=words,
        )
        if await uow.rules.begin(run):
            await uow.rules.finish(run)
