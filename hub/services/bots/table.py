"""The table bots sit at in one transaction: all they need is read and locked at once, and written at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from hub.domain.botflow.records import FlowId, StepCount, Wake
from hub.domain.botflow.speaking import Lock, Speaker
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.errors import HubError
from hub.domain.ids import ConversationId
from hub.domain.replacing import replace
from hub.ports import UnitOfWork
from hub.ports.bots import Spoken
from hub.services import conversations, noting
from hub.services.bots import handing
from hub.services.bots.means import Means
from hub.services.bots.talking import Talking
from hub.services.conversations import Edit


async def open_table(
    uow: UnitOfWork, means: Means, ids: Collection[ConversationId], now: datetime
) -> list[tuple[Talking, Sequence[Wake]]]:
    """Read and lock all that the turns need."""
    return [
        (
            Talking(
                means=means,
                conversation=seat.conversation,
                lock=seat.lock or Lock(conversation_id=seat.conversation.id),
                point=seat.point,
                contact=seat.contact,
                sender=means.sender(seat.conversation.channel_id),
                now=now,
                run=seat.run,
            ),
            seat.wakes,
        )
        for seat in await uow.bots.seats(ids)
    ]


async def close_table(uow: UnitOfWork, table: Sequence[Talking]) -> None:
    """Write what the turns said and did: the words first, since whoever hands over has no word afterwards."""
    await uow.speakers.begin([talking.lock for talking in table if talking.begins])
    for talking in table:
        if talking.closes and talking.spoken:
            talking.spoken[-1] = _resolving(talking.spoken[-1])
    spoken = [one for talking in table for one in talking.spoken]
    listed = {t.conversation.id: (t.conversation, _as_listed(t)) for t in table if t.listed is not None}
    if spoken:
        refused = await uow.bots.say(spoken, listed)
        if refused:
            raise HubError("A bot lost its turn although its conversation was locked.")
    for one in spoken:
        entry = one.interaction
        uow.note(
            noting.entry_added(entry),
            noting.conversation_changed(entry.conversation_id),
            noting.delivery_changed(one.delivery, entry.conversation_id),
        )
    await uow.bots.save_runs([talking.run for talking in table if talking.run is not None])
    counts = [count for talking in table for count in talking.counts.values()]
    if counts:
        await uow.bots.count(_added_up(counts))
    for talking in table:
        await _leave(uow, talking)


def _resolving(spoken: Spoken) -> Spoken:
    """Return last words that resolve their conversation once the provider took them."""
    entry = spoken.interaction
    return replace(spoken, interaction=replace(entry, data={**entry.data, "resolve": True}))


def _as_listed(talking: Talking) -> Conversation:
    shown = talking.listed or talking.conversation
    return replace(
        talking.conversation, last_at=shown.last_at, last_preview=shown.last_preview, last_author=shown.last_author
    )


def _added_up(counts: Sequence[StepCount]) -> Sequence[StepCount]:
    """Return one count for each step."""
    total: dict[tuple[FlowId, int, str], StepCount] = {}
    for one in counts:
        key = (one.flow_id, one.version, one.step)
        known = total.get(key)
        total[key] = (
            one
            if known is None
            else replace(
                known,
                entered=known.entered + one.entered,
                left=known.left + one.left,
                handed_over=known.handed_over + one.handed_over,
            )
        )
    return tuple(total.values())


async def _leave(uow: UnitOfWork, talking: Talking) -> None:
    """Give the word away where a run ended: to humans with all that was learned, or to nobody."""
    if talking.hand is None and not talking.closes and not talking.troubles:
        return
    conversation = await uow.conversations.get(talking.conversation.id)
    if conversation is None:
        return
    if talking.hand is not None:
        hand = talking.hand
        if talking.run is not None and not talking.flow_name:
            talking.flow_name = (await uow.bots.published()).get(talking.run.flow_id, ("", 0))[0]
        words = "\n".join((hand.words, *talking.troubles)).strip()
        await handing.hand_over(
            uow,
            conversation,
            replace(hand, words=words),
            run=talking.run,
            flow_name=talking.flow_name,
            contact=talking.contact,
            now=talking.now,
        )
        return
    if talking.troubles:
        await handing.note(uow, conversation, "\n".join(talking.troubles), talking.run, talking.now)
    if talking.closes:
        await uow.speakers.give(conversation.id, Speaker.nobody, by=None, at=talking.now, leaves=True)
        if not talking.spoken:
            # With last words it is resolved once the provider took them.
            edit = Edit(state=ConversationState.resolved)
            await conversations.change(uow, conversation.id, edit, by=None, now=talking.now)
