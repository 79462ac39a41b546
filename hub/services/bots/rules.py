"""Which bot a message wakes: channels, hours, new or known people, and whether a human had the word before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hub.domain.botflow.records import After, Begins, BotRule, FlowId, People, RuleId, Wake, When
from hub.domain.botflow.speaking import Speaker
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import HubError, Invalid, NotFound
from hub.ports import UnitOfWork

if TYPE_CHECKING:
    from hub.services.bots.talking import Talking

RULES_LIMIT = 200


async def fitting(
    uow: UnitOfWork,
    talking: "Talking",
    wakes: Sequence[Wake],
    rules: Sequence[BotRule],
    published: Mapping[FlowId, tuple[str, int]],
) -> BotRule | None:
    """Return the first active rule by which these messages wake a bot."""
    for rule in rules:
        at_work = bool(rule.bot) or (rule.flow_id is not None and rule.flow_id in published)
        if (
            at_work
            and talking.conversation.channel_id in rule.channel_ids
            and await _may_begin(uow, talking, wakes, rule)
            and await _people_fit(uow, talking, rule)
            and await _hours_fit(uow, talking, rule)
        ):
            return rule
    return None


async def _may_begin(uow: UnitOfWork, talking: "Talking", wakes: Sequence[Wake], rule: BotRule) -> bool:
    lock, conversation = talking.lock, talking.conversation
    fresh = any(wake.fresh for wake in wakes)
    again = conversation.reopen_count > lock.reopens
    if lock.speaker is Speaker.human:
        return rule.after_human is After.resolved and fresh and again
    if fresh:
        return True
    if rule.begins is not Begins.waiting or await uow.bots.human_wrote(conversation.id):
        return False
    earlier = await uow.bots.run_of(conversation.id)
    # One greeting for each time a conversation comes: never a second.
    return earlier is None or conversation.reopen_count > earlier.reopens


async def _people_fit(uow: UnitOfWork, talking: "Talking", rule: BotRule) -> bool:
    if rule.people is People.anyone:
        return True
    known = await uow.bots.known_before(talking.conversation.id)
    return known is (rule.people is People.known)


async def _hours_fit(uow: UnitOfWork, talking: "Talking", rule: BotRule) -> bool:
    if rule.hours is When.any:
        return True
    try:
        opened = await talking.means.opened(uow, talking.conversation, rule.calendar)
    except HubError:
        return False  # its calendar is gone; the screen of rules says so
    return opened is (rule.hours is When.open)


async def save(uow: UnitOfWork, rule: BotRule) -> BotRule:
    """Store a rule. Raises Invalid, in words."""
    if (rule.flow_id is None) == (not rule.bot):
        raise Invalid("A rule wakes either a flow or a bot outside the hub.")
    if rule.flow_id is not None and await uow.bots.flow(rule.flow_id) is None:
        raise Invalid("There is no such flow; it may have been deleted.")
    name = " ".join(rule.name.split())[:200]
    if not name:
        raise Invalid("Give the rule a name.")
    known = await uow.bots.rules()
    if len(known) >= RULES_LIMIT and all(one.id != rule.id for one in known):
        raise Invalid(f"There are {RULES_LIMIT} rules already; delete one first.")
    for channel_id in rule.channel_ids:
        if await uow.channels.get(channel_id) is None:
            raise Invalid("One of the channels does not exist any more.")
    after = replace(rule, name=name)
    await uow.bots.save_rule(after)
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=rule.id))
    return after


async def get(uow: UnitOfWork, rule_id: RuleId) -> BotRule:
    """Return a rule. Raises NotFound."""
    found = await uow.bots.rule(rule_id)
    if found is None:
        raise NotFound("There is no such rule; it may have been deleted.")
    return found


async def delete(uow: UnitOfWork, rule_id: RuleId) -> None:
    """Delete a rule; runs it began go on. Raises NotFound."""
    await get(uow, rule_id)
    await uow.bots.delete_rule(rule_id)
    uow.note(Change(kind=ChangeKind.bots_changed, subject_id=rule_id))
