"""Ingest's part: a customer's new message on a bot's channel wakes the bot, in the transaction that stores it."""

from collections.abc import Mapping, Sequence

from hub.domain.botflow.records import Wake
from hub.domain.conversation import Conversation
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind, ContentKind, Direction, Interaction, InteractionKind
from hub.ports import UnitOfWork


async def wake(
    uow: UnitOfWork,
    entries: Sequence[Interaction],
    before: Mapping[ConversationId, Conversation],
    after: Mapping[ConversationId, Conversation],
) -> None:
    """Have bots read the messages of a batch that are theirs to read.

    `before` has the conversations as the database had them: what is missing there is new. Machines' mail, reactions,
    answers to surveys and what the hub itself writes wake nobody; a pressed button does, although it opens no wait.
    """
    heard = [entry for entry in entries if _is_heard(entry) and not after[entry.conversation_id].group]
    if not heard:
        return
    channels, going = await uow.bots.woken_by(
        {entry.channel_id for entry in heard}, {entry.conversation_id for entry in heard}
    )
    if not channels and not going:
        return
    wakes: list[Wake] = []
    begun: set[ConversationId] = set()
    for entry in heard:
        key = entry.conversation_id
        if entry.channel_id not in channels and key not in going:
            continue
        known = before.get(key)
        fresh = key not in begun and (known is None or after[key].reopen_count > known.reopen_count)
        begun.add(key)
        wakes.append(
            Wake(
                interaction_id=entry.id,
                conversation_id=key,
                channel_id=entry.channel_id,
                fresh=fresh,
                at=entry.received_at,
            )
        )
    await uow.bots.wake(wakes)


def _is_heard(entry: Interaction) -> bool:
    return (
        entry.direction is Direction.inbound
        and entry.author_kind is AuthorKind.contact
        and entry.kind is InteractionKind.message
        and (entry.opens_wait or (entry.content is ContentKind.button and "rating" not in entry.data))
    )
