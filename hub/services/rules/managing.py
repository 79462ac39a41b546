"""Rules as people keep them: made, edited into new versions, put in order, switched on and off, rolled back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import UserId
from hub.domain.rules.matching import NAME_LIMIT, faults
from hub.domain.rules.records import Rule, RuleBody, RuleVersion, WorkRuleId
from hub.ports import Storage, UnitOfWork
from hub.services.actions import checked
from hub.services.made import Made
from hub.services.rules.timers import timed

RULES_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who changes something, and when."""

    by: UserId | None
    now: datetime


async def create(uow: UnitOfWork, rule_id: WorkRuleId, name: str, body: RuleBody, who: Who) -> Made[Rule]:
    """Make a rule below the others, switched off. Repeating the call gives the stored one. Raises Invalid, Conflict."""
    known = await uow.rules.get(rule_id)
    if known is not None:
        return Made(known, created=False)
    rules = await uow.rules.all()
    if len(rules) >= RULES_LIMIT:
        raise Conflict(f"There are {RULES_LIMIT} rules already. Delete one that is not needed.")
    rule = Rule(
        id=rule_id,
        name=_named(name),
        place=max((one.place for one in rules), default=-1) + 1,
        body=await checked_body(uow, body),
        created_at=who.now,
        updated_at=who.now,
        updated_by=who.by,
    )
    await uow.rules.save(rule)
    await _keep_version(uow, rule, who)
    return Made(rule, created=True)


async def change(uow: UnitOfWork, rule_id: WorkRuleId, name: str, body: RuleBody, who: Who) -> Rule:
    """Edit a rule into a new version; what it did stays done. Raises NotFound, Invalid."""
    before = await get(uow, rule_id)
    after = replace(before, name=_named(name), body=await checked_body(uow, body))
    if after == before:
        return before
    after = replace(after, version=before.version + 1, updated_at=who.now, updated_by=who.by)
    if after.active:
        after = replace(after, active_since=who.now)
    await uow.rules.save(after)
    await _keep_version(uow, after, who)
    if timed([before]):
        await uow.rules.drop_timers(rule_id)
    return after


async def roll_back(uow: UnitOfWork, rule_id: WorkRuleId, number: int, who: Who) -> Rule:
    """Make an earlier version the newest again, as a version of its own. Raises NotFound, Invalid."""
    await get(uow, rule_id)
    found = next((one for one in await uow.rules.versions(rule_id) if one.number == number), None)
    if found is None:
        raise NotFound("There is no such version of this rule.")
    return await change(uow, rule_id, found.name, found.body, who)


async def switch(storage: Storage, rule_id: WorkRuleId, *, on: bool, who: Who) -> Rule:
    """Switch a rule on or off. What happened while it was off does not concern it. Raises NotFound, Invalid."""
    _, newest = await storage.queries.notice_bounds()
    async with storage.begin() as uow:
        before = await get(uow, rule_id)
        if before.active is on:
            return before
        if not on:
            after = replace(before, active=False, armed=0)
            await uow.rules.drop_timers(rule_id)
        else:
            await checked_body(uow, before.body)
            if not await uow.rules.all(active=True):
                await uow.rules.go_on(newest)  # nobody looked for a while: the past is left alone
            after = replace(before, active=True, active_since=who.now, paused="", armed=0)
        after = replace(after, updated_at=who.now, updated_by=who.by)
        await uow.rules.save(after)
        return after


async def put_in_order(uow: UnitOfWork, rule_ids: Sequence[WorkRuleId]) -> Sequence[Rule]:
    """Set the order in which rules look. Raises Invalid unless each is named once."""
    if sorted(rule_ids) != sorted(rule.id for rule in await uow.rules.all()):
        raise Invalid("Name each rule once. Load the list again: somebody may have added or deleted one.")
    await uow.rules.order(rule_ids)
    return await uow.rules.all()


async def delete(uow: UnitOfWork, rule_id: WorkRuleId) -> None:
    """Delete a rule with its versions and its log; what it did stays done. Raises NotFound."""
    await get(uow, rule_id)
    await uow.rules.delete(rule_id)


async def get(uow: UnitOfWork, rule_id: WorkRuleId) -> Rule:
    """Return a rule. Raises NotFound."""
    found = await uow.rules.get(rule_id)
    if found is None:
        raise NotFound("There is no such rule; it may have been deleted.")
    return found


async def checked_body(uow: UnitOfWork, body: RuleBody) -> RuleBody:
    """Return what a rule says as it is kept. Raises Invalid, in words, with all that is wrong."""
    if found := faults(body):
        raise Invalid(" ".join(found[:10]))
    steps = [replace(step, actions=await checked(uow, step.actions)) for step in body.steps]
    steps.sort(key=lambda step: step.percent)
    return replace(body, actions=await checked(uow, body.actions), steps=tuple(steps))


async def _keep_version(uow: UnitOfWork, rule: Rule, who: Who) -> None:
    await uow.rules.add_version(
        RuleVersion(
            rule_id=rule.id, number=rule.version, name=rule.name, body=rule.body, made_at=who.now, made_by=who.by
        )
    )


def _named(name: str) -> str:
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= NAME_LIMIT:
        raise Invalid(f"Give the rule a name of at most {NAME_LIMIT} characters.")
    return tidy
