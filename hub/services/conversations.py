"""Changes the work around a conversation: state, people, priority, tags; and what belongs to one agent's view."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.conversation import Conversation, ConversationState, Priority
from hub.domain.errors import Invalid
from hub.domain.ids import ConversationId, InteractionId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.views import Draft
from hub.ports import Storage, UnitOfWork
from hub.services import measuring, noting, waits
from hub.services.ids import new_id
from hub.services.outgoing import conversation_of
from hub.services.surveys import scheduling
from hub.services.unset import UNSET, Unset

TAG_LIMIT = 50
TAGS_LIMIT = 30
SUBJECT_LIMIT = 300
DRAFT_LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    state: ConversationState | Unset = UNSET
    snoozed_until: datetime | Unset | None = UNSET
    """Only with `snoozed`; None hides the conversation until the customer writes."""
    assignee_id: UserId | Unset | None = UNSET
    team_id: TeamId | Unset | None = UNSET
    priority: Priority | Unset = UNSET
    tags: tuple[str, ...] | Unset = UNSET
    subject: str | Unset = UNSET


async def change(
    uow: UnitOfWork,
    conversation_id: ConversationId,
    edit: Edit,
    *,
    by: UserId | None,
    now: datetime,
    origin: Mapping[str, object] | None = None,
) -> Conversation:
    """Apply an edit; each change people should see becomes an entry of the thread.

    Setting what is set already changes nothing and writes no entry. Raises NotFound, and Invalid in words.
    `by` is None where the hub itself acts; `origin` says what made it do so, for the entries' `data`.
    """
    before = await conversation_of(uow, conversation_id)
    after = _with_state(before, edit, now)
    events = _state_events(before, after)
    if not isinstance(edit.assignee_id, Unset) and edit.assignee_id != before.assignee_id:
        events.append(await _assigned(uow, before, edit.assignee_id))
        after = replace(after, assignee_id=edit.assignee_id)
    if not isinstance(edit.team_id, Unset) and edit.team_id != before.team_id:
        events.append(await _team_assigned(uow, before, edit.team_id))
        after = replace(after, team_id=edit.team_id)
    if not isinstance(edit.priority, Unset) and edit.priority is not before.priority:
        events.append({"event": "priority", "from": before.priority.value, "to": edit.priority.value})
        after = replace(after, priority=edit.priority)
    if not isinstance(edit.tags, Unset):
        after = replace(after, tags=tidy_tags(edit.tags))
        events += _tagged(before.tags, after.tags)
    if not isinstance(edit.subject, Unset):
        after = replace(after, subject=" ".join(edit.subject.split())[:SUBJECT_LIMIT])
    if after == before:
        return before
    await uow.conversations.update(after)
    if after.state is not before.state:
        await measuring.state_changed(uow, after, now)
    if (after.priority, after.tags) != (before.priority, before.tags):
        after = await measuring.chosen_again(uow, after, now)
    for data in events:
        after = await record(uow, after, {**data, **(origin or {})}, by=by, now=now)
    if after.state is ConversationState.resolved and before.state is not ConversationState.resolved:
        await scheduling.resolved(uow, after, now)
    uow.note(noting.conversation_changed(conversation_id))
    return after


async def record(
    uow: UnitOfWork,
    conversation: Conversation,
    data: dict[str, object],
    *,
    by: UserId | None,
    now: datetime,
    id: InteractionId | None = None,  # noqa: A002 - the word of every record
) -> Conversation:
    """Write an event entry (`data["event"]` names it) and return the conversation with its waits moved on.

    The conversation is saved already. `id` is the entry's; None makes one.
    """
    entry = Interaction(
        id=id or InteractionId(new_id()),
        conversation_id=conversation.id,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        direction=Direction.internal,
        author_kind=AuthorKind.agent if by else AuthorKind.system,
        author_id=by,
        kind=InteractionKind.event,
        occurred_at=now,
        received_at=now,
        data={**data, "by": str(by) if by else None},
        demo=conversation.demo,
    )
    await uow.timeline.add(entry)
    uow.note(noting.entry_added(entry))
    return await waits.entry_added(uow, conversation, entry)


async def mark_spam(
    uow: UnitOfWork, conversation_id: ConversationId, *, by: UserId | None, now: datetime
) -> Conversation:
    """Say that nobody waited here: the open wait is void, the conversation resolved."""
    before = await conversation_of(uow, conversation_id)
    after = _with_state(before, Edit(state=ConversationState.resolved), now)
    await uow.conversations.update(after)
    after = await record(uow, after, {"event": "spam"}, by=by, now=now)
    uow.note(noting.conversation_changed(conversation_id))
    return after


async def wake_due(storage: Storage, now: datetime, *, limit: int = 200) -> int:
    """Open conversations whose snooze is over; returns how many. Run by the scheduler."""
    async with storage.begin() as uow:
        due = await uow.conversations.due_snoozes(now, limit)
        for conversation in due:
            await change(uow, conversation.id, Edit(state=ConversationState.open), by=None, now=now)
        return len(due)


async def accept_related(
    uow: UnitOfWork, conversation_id: ConversationId, *, by: UserId | None, now: datetime
) -> Conversation:
    """Confirm that the conversation belongs to the related one: the link stays, the question goes."""
    before = await conversation_of(uow, conversation_id)
    if before.related_id is None:
        raise Invalid("There is no related conversation to accept.")
    after = replace(before, related_reason="")
    await uow.conversations.update(after)
    data: dict[str, object] = {"event": "related_accepted", "to": str(before.related_id), "why": before.related_reason}
    after = await record(uow, after, data, by=by, now=now)
    uow.note(noting.conversation_changed(conversation_id))
    return after


async def dismiss_related(
    uow: UnitOfWork, conversation_id: ConversationId, *, by: UserId | None, now: datetime
) -> Conversation:
    """Say that the related conversation is another matter: the hint goes."""
    before = await conversation_of(uow, conversation_id)
    if before.related_id is None:
        return before
    after = replace(before, related_id=None, related_reason="")
    await uow.conversations.update(after)
    data: dict[str, object] = {"event": "related_dismissed", "to": str(before.related_id)}
    after = await record(uow, after, data, by=by, now=now)
    uow.note(noting.conversation_changed(conversation_id))
    return after


async def mark_read(uow: UnitOfWork, conversation_id: ConversationId, *, by: UserId, now: datetime) -> None:
    """Remember that this user has seen everything up to now. Raises NotFound."""
    await conversation_of(uow, conversation_id)
    await uow.conversations.mark_read(conversation_id, by, now)


async def save_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Keep what an agent has begun to write; an empty draft is deleted. Raises NotFound, Invalid."""
    await conversation_of(uow, draft.conversation_id)
    if len(draft.text) + len(draft.html) > DRAFT_LIMIT:
        raise Invalid(f"The draft is too long: at most {DRAFT_LIMIT} characters are kept.")
    if draft.text.strip() or draft.html.strip() or draft.attachment_ids or draft.cc:
        await uow.conversations.save_draft(draft)
    else:
        await uow.conversations.delete_draft(draft.conversation_id, draft.user_id)


async def delete_draft(uow: UnitOfWork, conversation_id: ConversationId, *, by: UserId) -> None:
    """Throw a draft away."""
    await uow.conversations.delete_draft(conversation_id, by)


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without blanks and repetitions (case does not tell two apart). Raises Invalid, in words."""
    tidy: dict[str, str] = {}
    for tag in tags:
        name = " ".join(tag.split())
        if len(name) > TAG_LIMIT:
            raise Invalid(f"The tag “{name[:20]}…” is too long: at most {TAG_LIMIT} characters.")
        if name:
            tidy.setdefault(name.casefold(), name)
    if len(tidy) > TAGS_LIMIT:
        raise Invalid(f"Too many tags: a conversation carries at most {TAGS_LIMIT}.")
    return tuple(tidy.values())


def _with_state(before: Conversation, edit: Edit, now: datetime) -> Conversation:
    state = before.state if isinstance(edit.state, Unset) else edit.state
    until = None if isinstance(edit.snoozed_until, Unset) else edit.snoozed_until
    if until is not None and isinstance(edit.state, Unset):
        state = ConversationState.snoozed
    if until is not None and state is not ConversationState.snoozed:
        raise Invalid("A wake-up time fits only a snoozed conversation.")
    if until is not None and until <= now:
        raise Invalid("The wake-up time has passed already. Choose a later one.")
    if state is before.state is ConversationState.snoozed and isinstance(edit.snoozed_until, Unset):
        until = before.snoozed_until
    resolved_at = before.resolved_at
    if state is ConversationState.resolved and before.state is not ConversationState.resolved:
        resolved_at = now
    elif state is not ConversationState.resolved:
        resolved_at = None
    return replace(before, state=state, snoozed_until=until, resolved_at=resolved_at)


def _state_events(before: Conversation, after: Conversation) -> list[dict[str, object]]:
    if (before.state, before.snoozed_until) == (after.state, after.snoozed_until):
        return []
    match after.state:
        case ConversationState.resolved:
            return [{"event": "resolved"}]
        case ConversationState.snoozed:
            until = after.snoozed_until.isoformat() if after.snoozed_until else None
            return [{"event": "snoozed", "until": until}]
        case ConversationState.pending:
            return [{"event": "pending"}]
        case _:
            named = {ConversationState.resolved: "reopened", ConversationState.snoozed: "woken"}
            return [{"event": named.get(before.state, "opened")}]


def _tagged(before: Sequence[str], after: Sequence[str]) -> list[dict[str, object]]:
    had, has = {tag.casefold() for tag in before}, {tag.casefold() for tag in after}
    added = [tag for tag in after if tag.casefold() not in had]
    removed = [tag for tag in before if tag.casefold() not in has]
    return [{"event": "tagged", "added": added, "removed": removed}] if added or removed else []


async def _assigned(uow: UnitOfWork, before: Conversation, to: UserId | None) -> dict[str, object]:
    data: dict[str, object] = {"event": "assigned", "from": str(before.assignee_id) if before.assignee_id else None}
    if to is None:
        return {**data, "to": None, "to_name": ""}
    user = await uow.users.get(to)
    if user is None or not user.active:
        raise Invalid("That person does not work here any more. Choose somebody else.")
    return {**data, "to": str(to), "to_name": user.name}


async def _team_assigned(uow: UnitOfWork, before: Conversation, to: TeamId | None) -> dict[str, object]:
    data: dict[str, object] = {"event": "team_assigned", "from": str(before.team_id) if before.team_id else None}
    if to is None:
        return {**data, "to": None, "to_name": ""}
    team = next((t for t in await uow.users.teams() if t.id == to), None)
    if team is None:
        raise Invalid("There is no such team any more. Choose another.")
    return {**data, "to": str(to), "to_name": team.name}
