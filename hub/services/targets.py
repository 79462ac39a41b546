"""Targets: made, edited into new versions, put in order; and saying in time what is nearly due and what is late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ConversationId, InteractionId, TargetId, UserId
from hub.domain.targets import LONGEST, PAUSABLE, Metric, Rule, RuleVersion, Target, said
from hub.ports import Storage, UnitOfWork
from hub.ports.hours import Owed
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

TARGETS_LIMIT = 100
NAME_LIMIT = 100
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    name: str | Unset = UNSET
    rule: Rule | Unset = UNSET


async def create(
    uow: UnitOfWork,
    *,
    id: TargetId,  # noqa: A002 - as the domain calls it
    name: str,
    rule: Rule,
    by: UserId | None,
    now: datetime,
) -> Made[Target]:
    """Make a target, tried after those there are. What waits already is not measured by it. Raises Invalid."""
    known = await uow.hours.targets()
    found = next((target for target in known if target.id == id), None)
    if found is not None:
        return Made(found, created=False)
    if len(known) >= TARGETS_LIMIT:
        raise Conflict(f"There are {TARGETS_LIMIT} targets already. Delete one that is not needed.")
    check(rule)
    version = RuleVersion(number=1, since=now, rule=rule)
    target = Target(id=id, name=_named(name), versions=(version,))
    await uow.hours.add_target(target, by=by)
    return Made(target, created=True)


async def change(uow: UnitOfWork, target_id: TargetId, edit: Edit, *, by: UserId | None, now: datetime) -> Target:
    """Edit a target from now on: what began before is measured by what held then. Raises NotFound, Invalid."""
    target = await get(uow, target_id)
    if not isinstance(edit.name, Unset):
        await uow.hours.rename_target(target_id, _named(edit.name))
    if not isinstance(edit.rule, Unset) and edit.rule != target.rule:
        check(edit.rule)
        version = RuleVersion(number=target.versions[-1].number + 1, since=now, rule=edit.rule)
        await uow.hours.add_rule(target_id, version, by=by)
    return await get(uow, target_id)


async def archive(uow: UnitOfWork, target_id: TargetId, *, by: UserId | None, now: datetime) -> None:
    """Take a target out of the list from now on; what runs by it ends by it. Raises NotFound."""
    target = await get(uow, target_id)
    if target.rule.active:
        await change(uow, target_id, Edit(rule=replace(target.rule, active=False)), by=by, now=now)
    await uow.hours.archive_target(target_id, now)


async def put_in_order(uow: UnitOfWork, target_ids: Sequence[TargetId]) -> Sequence[Target]:
    """Set the order in which targets are tried. Raises Invalid unless each is named once."""
    known = await uow.hours.targets()
    if sorted(target_ids) != sorted(target.id for target in known):
        raise Invalid("Name each target once. Load the list again: somebody may have added or deleted one.")
    await uow.hours.order_targets(target_ids)
    return await uow.hours.targets()


async def get(uow: UnitOfWork, target_id: TargetId) -> Target:
    """Return a target. Raises NotFound."""
    found = next((target for target in await uow.hours.targets() if target.id == target_id), None)
    if found is None:
        raise NotFound("There is no such target; it may have been deleted.")
    return found


def check(rule: Rule) -> None:
    """Raise Invalid, in words, for a rule that makes no sense."""
    if not rule.goals:
        raise Invalid("A target needs at least one goal: a time for the first response, the next, the resolution …")
    for metric, seconds in rule.goals.items():
        if not 1 <= seconds <= LONGEST:
            raise Invalid(f"The goal of {metric.value} has to be between one second and one year.")
    if not 0 < rule.warn_after <= 1:
        raise Invalid("The warning comes after a part of the time above 0 and up to 1 (no warning).")
    if not 0 < rule.share <= 1:
        raise Invalid("The service level is a share above 0 and up to 1.")
    if rule.pause_when - PAUSABLE:
        raise Invalid("Time can stand still while a conversation is pending or snoozed, not otherwise.")
    if rule.pause_replies and Metric.service_level in rule.goals and len(rule.goals) == 1:
        raise Invalid("A service level does not pause.")


async def say_due(storage: Storage, now: datetime) -> int:
    """Say of every target that its time is nearly up, or up; returns of how many. A job of every second.

    Looks at nothing but the due times themselves, by their index. What is said is a notice, written in the very
    transaction that notes it was said, so that each warning and each breach is one notice, whatever crashes or runs
    twice. Who acts upon them (rules, outgoing webhooks) follows the notices and takes each by its `seq` once:
    `target_at_risk` and `target_breached` carry the due time as subject (`uow.dues.get`: its metric, target, team and
    person; gone where somebody was faster) and the conversation, of a callback that of the missed call.
    """
    async with storage.read() as uow:
        next_at = await uow.dues.next_at()
    if next_at is None or next_at > now:
        return 0
    async with storage.begin() as uow:
        owed = await uow.dues.claim(now, BATCH)
        after = [replace(item, due=said(item.due, now)) for item in owed]
        await uow.dues.put(after)
        for before, item in zip(owed, after, strict=True):
            _tell(uow, before, item, await _conversation_of(uow, item))
    return len(owed)


async def _conversation_of(uow: UnitOfWork, owed: Owed) -> ConversationId | None:
    """Return where it can be acted upon; a callback's is that of the missed call's entry, whose id it has."""
    if owed.conversation_id is not None or owed.due.metric is not Metric.callback:
        return owed.conversation_id
    entry = await uow.timeline.get(InteractionId(owed.due.id))
    return entry.conversation_id if entry is not None else None


def _tell(uow: UnitOfWork, before: Owed, after: Owed, conversation_id: ConversationId | None) -> None:
    late = after.due.breached_at is not None and before.due.breached_at is None
    kind = ChangeKind.target_breached if late else ChangeKind.target_at_risk
    uow.note(Change(kind=kind, subject_id=after.due.id, conversation_id=conversation_id))
    if conversation_id is not None:
        uow.note(
            Change(
                kind=ChangeKind.conversation_changed,
                subject_id=conversation_id,
                conversation_id=conversation_id,
            )
        )


def _named(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_LIMIT:
        raise Invalid(f"A target's name has 1 to {NAME_LIMIT} characters.")
    return tidy
