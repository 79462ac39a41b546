"""Makes two conversations one, and takes that back: what was said moves over, and the waits are those of the whole."""

from dataclasses import replace
from datetime import datetime

from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import Conversation, ConversationMerge, ConversationState
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ConversationId, MergeId, UserId
from hub.ports import UnitOfWork
from hub.services import conversations, measuring, noting, waits
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.outgoing import conversation_of

REASON_LIMIT = 1000
_ACTIVE = (ConversationState.open, ConversationState.pending)


async def merge(
    uow: UnitOfWork,
    kept_id: ConversationId,
    gone_id: ConversationId,
    *,
    reason: str = "",
    by: UserId | None,
    now: datetime,
) -> ConversationMerge:
    """Make all that was said in `gone_id` part of `kept_id`; what comes to either stands there from now on.

    Both must be with the same address on the same channel: an answer reaches whoever asked. Raises NotFound, and
    Invalid or Conflict in words.
    """
    if kept_id == gone_id:
        raise Invalid("Choose another conversation: this one is the same.")
    # Locked in one order, so that two who merge the same two never wait for each other.
    both = {one: await conversation_of(uow, one) for one in sorted((kept_id, gone_id))}
    kept, gone = both[kept_id], both[gone_id]
    if (kept.channel_id, kept.contact_point_id) != (gone.channel_id, gone.contact_point_id):
        raise Invalid(
            "These two are with different addresses or on different channels: an answer would reach only one of them."
        )
    if await uow.merges.sending(gone_id):
        raise Conflict("A message of the other conversation is just being sent. Try again when it is out.")
    if (await uow.speakers.get(gone_id)).speaker is Speaker.bot:
        await uow.speakers.give(gone_id, Speaker.human, by=by, at=now)
    if gone.state in _ACTIVE and kept.state not in _ACTIVE:
        kept = await conversations.change(uow, kept_id, Edit(state=ConversationState.open), by=by, now=now)
    made = await uow.merges.add(_decision(kept, gone, reason=reason, by=by, now=now))
    kept = _with_last_of(kept, gone)
    await uow.conversations.update(kept)
    gone = replace(gone, state=ConversationState.resolved, snoozed_until=None, resolved_at=now, merged_into_id=kept_id)
    await uow.conversations.update(gone)
    await _measure(uow, kept, now)
    await _measure(uow, gone, now)
    data = _told("merged", made, gone)
    await conversations.record(uow, await conversation_of(uow, kept_id), data, by=by, now=now)
    uow.note(noting.conversation_changed(kept_id), noting.conversation_changed(gone_id))
    return made


async def undo(uow: UnitOfWork, merge_id: MergeId, *, by: UserId | None, now: datetime) -> ConversationMerge:
    """Make two conversations of one again: what was said before the merge goes back, what came after it stays.

    Raises NotFound; Conflict, in words, if it was undone already or a later merge stands in the way.
    """
    made = await uow.merges.get(merge_id)
    if made is None:
        raise NotFound("There is no such merge.")
    if made.undone_at is not None:
        raise Conflict("This was undone already.")
    both = {one: await uow.conversations.get(one) for one in sorted((made.kept_id, made.gone_id))}
    kept, gone = both[made.kept_id], both[made.gone_id]
    if kept is None or gone is None:
        raise NotFound("One of the two conversations was deleted.")
    if kept.merged_into_id is not None:
        raise Conflict("What they became was merged into another conversation since. Undo that first.")
    if await uow.merges.sending(made.kept_id):
        raise Conflict("A message is just being sent. Try again when it is out.")
    made = replace(made, undone_at=now, undone_by=by)
    await uow.merges.take_back(made)
    kept = _without_last_of(kept, gone, made)
    await uow.conversations.update(kept)
    back = replace(
        gone,
        state=made.gone_state,
        snoozed_until=made.gone_snoozed_until,
        resolved_at=made.gone_resolved_at,
        merged_into_id=None,
    )
    await uow.conversations.update(back)
    await _measure(uow, kept, now)
    await _measure(uow, back, now)
    await conversations.record(
        uow, await conversation_of(uow, made.kept_id), _told("unmerged", made, back), by=by, now=now
    )
    uow.note(noting.conversation_changed(made.kept_id), noting.conversation_changed(made.gone_id))
    return made


async def _measure(uow: UnitOfWork, before: Conversation, now: datetime) -> None:
    """Build a conversation's waits anew, and let what is due count from where its episode begins now."""
    await waits.rebuild_all(uow, [before.id])
    after = await uow.conversations.get(before.id)
    if after is not None and after.clock.started_at != before.clock.started_at:
        await measuring.resolution_moved(uow, before, after, now)


def _decision(
    kept: Conversation, gone: Conversation, *, reason: str, by: UserId | None, now: datetime
) -> ConversationMerge:
    return ConversationMerge(
        id=MergeId(new_id()),
        kept_id=kept.id,
        gone_id=gone.id,
        reason=" ".join(reason.split())[:REASON_LIMIT],
        by=by,
        at=now,
        gone_state=gone.state,
        gone_snoozed_until=gone.snoozed_until,
        gone_resolved_at=gone.resolved_at,
        kept_last_at=kept.last_at,
        kept_last_inbound_at=kept.last_inbound_at,
        kept_last_preview=kept.last_preview,
        kept_last_author=kept.last_author,
    )


def _told(event: str, made: ConversationMerge, gone: Conversation) -> dict[str, object]:
    """Return the thread's line about it."""
    return {
        "event": event,
        "merge": str(made.id),
        "other": str(gone.id),
        "other_name": gone.subject or gone.last_preview,
        "why": made.reason,
    }


def _with_last_of(kept: Conversation, gone: Conversation) -> Conversation:
    """Return a conversation with the last words of both in the list."""
    heard = [at for at in (kept.last_inbound_at, gone.last_inbound_at) if at is not None]
    kept = replace(kept, last_inbound_at=max(heard, default=None))
    if not gone.last_author or (kept.last_author and gone.last_at <= kept.last_at):
        return kept
    return replace(kept, last_at=gone.last_at, last_preview=gone.last_preview, last_author=gone.last_author)


def _without_last_of(kept: Conversation, gone: Conversation, made: ConversationMerge) -> Conversation:
    """Return a conversation with its own last words again, unless newer ones came since."""
    if kept.last_inbound_at == gone.last_inbound_at:
        kept = replace(kept, last_inbound_at=made.kept_last_inbound_at)
    if (kept.last_at, kept.last_preview) != (gone.last_at, gone.last_preview):
        return kept
    return replace(
        kept,
        last_at=made.kept_last_at,
        last_preview=made.kept_last_preview,
        last_author=made.kept_last_author,
    )
