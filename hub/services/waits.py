"""Keeps the waits of a conversation true: one step for what comes in order, anew for what comes late."""

from collections.abc import Sequence
from dataclasses import replace

from hub.domain.channel import Channel
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery
from hub.domain.ids import ConversationId
from hub.domain.interaction import Interaction
from hub.domain.waiting import Item, Rules, Wait, in_order, item_of, step, waits_of
from hub.ports import UnitOfWork


def rules_of(channel: Channel) -> Rules:
    """Return the windows that bound the episodes of a channel's conversations."""
    return Rules(reopen_window=channel.reopen_window, idle_after=channel.idle_after)


def take(conversation: Conversation, item: Item, rules: Rules) -> tuple[Conversation, Wait | None] | None:
    """Take one item in order: the conversation with its clock moved on, and the wait it changed.

    Returns None if the item comes late: then the waits must be built anew, see `rebuild`.
    """
    if not in_order(conversation.clock, item):
        return None
    clock, wait = step(conversation.clock, item, rules)
    return replace(conversation, clock=clock), wait


async def rebuild(uow: UnitOfWork, conversation: Conversation, rules: Rules) -> Conversation:
    """Build a conversation's waits anew from its stored entries, save them, and return it with its clock."""
    entries = await uow.timeline.items(conversation.id)
    clock, waits = waits_of(_items(entries), rules)
    after = replace(conversation, clock=clock)
    await uow.timeline.save_waits(conversation.id, waits, replace=True)
    await uow.conversations.update(after)
    return after


async def entry_added(uow: UnitOfWork, conversation: Conversation, entry: Interaction) -> Conversation:
    """Take a stored entry into account (a resolve, a message an agent's own app sent); saves what it changes."""
    item = item_of(entry)
    if item is None:
        return conversation
    rules = await _rules(uow, conversation)
    taken = take(conversation, item, rules)
    if taken is None:
        return await rebuild(uow, conversation, rules)
    after, wait = taken
    if wait is not None:
        await uow.timeline.save_waits(conversation.id, [wait], replace=False)
    await uow.conversations.update(after)
    return after


async def delivery_changed(uow: UnitOfWork, delivery: Delivery) -> None:
    """Take into account that a delivery was accepted, or finally failed: a reply answers, or no longer does.

    The delivery is saved already.
    """
    entry = await uow.timeline.get(delivery.interaction_id)
    if entry is None:
        return
    conversation = await uow.conversations.get(entry.conversation_id)
    if conversation is None:
        return
    rules = await _rules(uow, conversation)
    item = item_of(entry, delivery=delivery.state, accepted_at=delivery.accepted_at)
    taken = take(conversation, item, rules) if item is not None else None
    if taken is None:
        await rebuild(uow, conversation, rules)
        return
    after, wait = taken
    if wait is not None:
        await uow.timeline.save_waits(conversation.id, [wait], replace=False)
    await uow.conversations.update(after)


async def rebuild_all(uow: UnitOfWork, conversation_ids: Sequence[ConversationId]) -> None:
    """Build the waits of several conversations anew."""
    for conversation_id in conversation_ids:
        conversation = await uow.conversations.get(conversation_id)
        if conversation is not None:
            await rebuild(uow, conversation, await _rules(uow, conversation))


async def _rules(uow: UnitOfWork, conversation: Conversation) -> Rules:
    channel = await uow.channels.get(conversation.channel_id)
    return rules_of(channel) if channel is not None else Rules()


def _items(entries: Sequence[tuple[Interaction, Delivery | None]]) -> Sequence[Item]:
    found = (
        item_of(
            entry,
            delivery=delivery.state if delivery else None,
            accepted_at=delivery.accepted_at if delivery else None,
        )
        for entry, delivery in entries
    )
    return [item for item in found if item is not None]
