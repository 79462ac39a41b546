"""Keeps the waits and episodes of a conversation true: one step for what comes in order, anew for what comes late."""

from collections.abc import Sequence
from uuid import UUID

from hub.domain.channel import Channel
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery
from hub.domain.ids import ContactId, ConversationId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, Interaction
from hub.domain.replacing import replace
from hub.domain.wait_fold import episodes_after, fold, heard, in_order, step
from hub.domain.wait_items import Said, item_of
from hub.domain.waiting import Episode, Item, Place, Role, Rules, Wait
from hub.ports import UnitOfWork
from hub.ports.hours import Plan
from hub.ports.work import Material, Rebuilt, Told
from hub.services.measuring import Measured, measured, resolved


def rules_of(channel: Channel) -> Rules:
    """Return the windows that bound the episodes of a channel's conversations."""
    return Rules(reopen_window=channel.reopen_window, idle_after=channel.idle_after)


def take(conversation: Conversation, item: Item, rules: Rules) -> tuple[Conversation, Wait | None] | None:
    """Take one item in order: the conversation with its clock moved on, and the wait it changed.

    Returns None if the item comes late: then the waits must be built anew, see `rebuild`.
    """
    if not in_order(conversation.clock, item):
        return None
    place = Place(team_id=conversation.team_id, owner_id=conversation.assignee_id)
    clock, wait = step(conversation.clock, item, rules, place)
    return replace(conversation, clock=clock), wait


def episodes_to_keep(before: Conversation, item: Item, after: Conversation, rules: Rules) -> Sequence[Episode]:
    """Return the episodes a step changed that are worth a row: those that ended at least once."""
    changed = episodes_after(before.clock, item, after.clock, rules)
    return [episode for episode in changed if _worth_keeping(episode)]


async def rebuild(uow: UnitOfWork, conversation: Conversation, rules: Rules) -> Conversation:
    """Build a conversation's waits and episodes anew from its stored entries; returns it with its clock."""
    material = Material(
        conversation=conversation,
        entries=_told(await uow.timeline.items(conversation.id)),
        waits=await uow.timeline.waits(conversation.id),
        episodes=await uow.timeline.episodes(conversation.id),
        elsewhere=None,
    )
    out = Measured()
    rebuilt = await _built_anew(uow, material, rules, await uow.hours.plan(), out)
    await uow.timeline.save_rebuilt([rebuilt])
    await out.save(uow)
    return rebuilt.conversation


async def rebuild_page(
    uow: UnitOfWork, after: ConversationId | None, limit: int
) -> tuple[ConversationId | None, int, int]:
    """Build the waits of the next conversations by id anew, writing only what is not as it should be.

    Returns the last conversation looked at (None: there are no more), how many entries were read, and how many
    conversations were put right.
    """
    page = await uow.timeline.material(after, limit)
    if not page:
        return None, 0, 0
    plan, out = await uow.hours.plan(), Measured()
    rules = {channel.id: rules_of(channel) for channel in await uow.channels.all()}
    rebuilt = [
        await _built_anew(uow, material, rules.get(material.conversation.channel_id, Rules()), plan, out)
        for material in page
    ]
    mended = await uow.timeline.save_rebuilt(rebuilt)
    await out.save(uow)
    return page[-1].conversation.id, sum(len(material.entries) for material in page), mended


async def _built_anew(uow: UnitOfWork, material: Material, rules: Rules, plan: Plan, out: Measured) -> Rebuilt:
    conversation, entries = material.conversation, material.entries
    folded = fold(_items(entries), rules, _place_before(conversation, [told.entry for told in entries]))
    waits: Sequence[Wait] = folded.waits
    if waits and material.elsewhere is None:
        waits = heard(waits, await replies_elsewhere(uow, conversation, waits[0]))
    elif waits:
        since = waits[0].started_at
        others = _items([told for told in material.elsewhere or () if told.entry.occurred_at >= since])
        waits = heard(waits, [item for item in others if item.role is Role.replies])
    before = {wait.id: wait for wait in material.waits}
    aimed = [_as_aimed(wait, before.get(wait.id)) for wait in waits]
    after, waits = await measured(uow, replace(conversation, clock=folded.clock), aimed, out, plan)
    known = {episode.number: episode for episode in material.episodes}
    episodes: Sequence[Episode] = [
        replace(episode, target_id=known[episode.number].target_id, due_at=known[episode.number].due_at)
        if episode.number in known
        else episode
        for episode in folded.episodes
        if _worth_keeping(episode)
    ]
    if plan.targets:
        running = {wait.id for wait in waits if wait.ended_at is None}
        out.over += [key for key in before if key not in running]
        episodes = await resolved(uow, after, episodes, out)
    return Rebuilt(before=material, conversation=after, waits=waits, episodes=episodes)


async def entry_added(uow: UnitOfWork, conversation: Conversation, entry: Interaction) -> Conversation:
    """Take a stored entry into account (a resolve, a message an agent's own app sent); saves what it changes."""
    item = item_of(entry)
    if item is None:
        return conversation
    return await _advance(uow, conversation, item)


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
    item = item_of(entry, delivery=delivery.state, accepted_at=delivery.accepted_at)
    if item is not None:
        await _advance(uow, conversation, item)
        return
    await rebuild(uow, conversation, await _rules(uow, conversation))
    if entry.author_kind is AuthorKind.agent and entry.direction is Direction.outbound:
        # Elsewhere somebody may have been taken to have heard from us by it.
        misled = await uow.timeline.conversations_heard_by(entry.id)
        await rebuild_all(uow, [other for other in misled if other != conversation.id])


async def rebuild_contact(uow: UnitOfWork, contact_id: ContactId) -> None:
    """Build the waits of a contact anew: whose conversations are theirs has changed, and so what they heard where."""
    await rebuild_all(uow, await uow.timeline.conversations_of(contact_id))


async def rebuild_all(uow: UnitOfWork, conversation_ids: Sequence[ConversationId]) -> None:
    """Build the waits of several conversations anew."""
    for conversation_id in conversation_ids:
        conversation = await uow.conversations.get(conversation_id)
        if conversation is not None:
            await rebuild(uow, conversation, await _rules(uow, conversation))


async def answered_elsewhere(uow: UnitOfWork, conversation: Conversation, item: Item) -> None:
    """Note in the contact's other conversations that they heard from a person here."""
    if item.role is Role.replies:
        await uow.timeline.note_heard(conversation.id, conversation.contact_point_id, item.at, item.id)


async def _advance(uow: UnitOfWork, conversation: Conversation, item: Item) -> Conversation:
    rules = await _rules(uow, conversation)
    taken = take(conversation, item, rules)
    if taken is None:
        after = await rebuild(uow, conversation, rules)
    else:
        after, wait = taken
        out = Measured()
        if wait is not None:
            if wait.ended_at is not None:
                (wait,) = heard([wait], await replies_elsewhere(uow, conversation, wait))
            after, waits = await measured(uow, after, [wait], out)
            await uow.timeline.save_waits(conversation.id, waits, replace=False)
        episodes = await resolved(uow, after, episodes_to_keep(conversation, item, after, rules), out)
        await uow.timeline.save_episodes(conversation.id, conversation.channel_id, episodes, replace=False)
        await uow.conversations.update(after)
        await out.save(uow)
    await answered_elsewhere(uow, conversation, item)
    return after


async def _rules(uow: UnitOfWork, conversation: Conversation) -> Rules:
    channel = await uow.channels.get(conversation.channel_id)
    return rules_of(channel) if channel is not None else Rules()


async def replies_elsewhere(uow: UnitOfWork, conversation: Conversation, first: Wait) -> Sequence[Item]:
    """Return what agents said to the contact in other conversations since a wait started."""
    entries = await uow.timeline.replies_elsewhere(
        conversation.id, conversation.contact_point_id, since=first.started_at
    )
    return [item for item in _items(_told(entries)) if item.role is Role.replies]


def _told(entries: Sequence[tuple[Interaction, Delivery | None]]) -> Sequence[Told]:
    return [
        Told(entry, None, None) if delivery is None else Told(entry, delivery.state, delivery.accepted_at)
        for entry, delivery in entries
    ]


def _items(entries: Sequence[Told]) -> Sequence[Item]:
    found = (item_of(entry, delivery=state, accepted_at=accepted_at) for entry, state, accepted_at in entries)
    return [item for item in found if item is not None]


def _place_before(conversation: Conversation, entries: Sequence[Interaction | Said]) -> Place:
    """Return where a conversation was at first: where its first transfer came from, else where it is."""
    first: dict[str, object] = {}
    for entry in entries:
        if not entry.data:
            continue
        name = str(entry.data.get("event", ""))
        if name in ("assigned", "team_assigned"):
            first.setdefault(name, entry.data.get("from"))
    team, owner = first.get("team_assigned", conversation.team_id), first.get("assigned", conversation.assignee_id)
    return Place(
        team_id=TeamId(UUID(str(team))) if team else None, owner_id=UserId(UUID(str(owner))) if owner else None
    )


def _as_aimed(wait: Wait, stored: Wait | None) -> Wait:
    """Return a wait with the target it has already: an edit of targets does not change the past."""
    if stored is None or stored.started_at != wait.started_at:
        return wait
    if wait.target_id == stored.target_id and wait.due_at == stored.due_at and wait.level_at == stored.level_at:
        return wait
    return replace(wait, target_id=stored.target_id, due_at=stored.due_at, level_at=stored.level_at)


def _worth_keeping(episode: Episode) -> bool:
    return episode.ended_at is not None or episode.first_resolved_at is not None or episode.reopen_count > 0
