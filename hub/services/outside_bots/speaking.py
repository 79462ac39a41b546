"""What a bot outside may do, where it has the floor: say, fill a field, tag, assign, hand over, close.

Each call is one transaction that first locks the conversation and asks the lock of who speaks: after a human's word, or
another bot's, it is refused (`Overtaken`) and nothing is done. Whatever a bot does settles what it owed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hub.domain.botflow.effects import AddTag, Assign, Close, Effect, HandOver, Reason, Say, SetField
from hub.domain.botflow.speaking import Overtaken, Speaker
from hub.domain.conversation import ConversationState
from hub.domain.delivery import Delivery
from hub.domain.errors import CannotSend, Invalid, NotFound
from hub.domain.ids import ConversationId, DeliveryId, InteractionId
from hub.domain.interaction import Attachment
from hub.domain.outside_bots import BotEventState, OutsideBot, speaker_name
from hub.ports import UnitOfWork
from hub.ports.bots import Spoken
from hub.services import conversations, noting
from hub.services.bots import handing
from hub.services.bots.effects import carry_out
from hub.services.bots.means import Means
from hub.services.bots.talking import Talking
from hub.services.conversations import Edit
from hub.services.outside_bots.telling import settle

CHOICES_LIMIT = 20
CHOICE_LIMIT = 100
ACTIONS_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words for colleagues; the customer never sees them."""

    text: str


Doing = Say | SetField | AddTag | Assign | HandOver | Close | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a bot's doings."""

    interaction_ids: tuple[InteractionId, ...] = ()
    troubles: tuple[str, ...] = ()
    """What could not be done, in words; colleagues have them as a note."""


async def act(
    means: Means,
    bot: OutsideBot,
    conversation_id: ConversationId,
    doings: Sequence[Doing],
    *,
    id: InteractionId | None = None,  # noqa: A002 - the word of every record
) -> Done:
    """Do what a bot wants done in a conversation it speaks in, all or nothing.

    `id` is the bot's own id of its (only) message: repeating the call says nothing twice.
    Raises NotFound, Overtaken (a human or another bot has the word), Invalid, CannotSend, in words.
    """
    if len(doings) > ACTIONS_LIMIT:
        raise Invalid(f"At most {ACTIONS_LIMIT} things are done at once.")
    async with means.storage.begin() as uow:
        if id is not None and (known := await uow.timeline.get(id)) is not None:
            if known.conversation_id != conversation_id or known.data.get("bot") != speaker_name(bot.id):
                raise Invalid("This id belongs to another entry. Make a new id.")
            return Done(interaction_ids=(known.id,))
        talking = await _floor(uow, means, bot, conversation_id)
        checked = [_checked(doing) for doing in doings]
        talking.files = await _files(uow, checked)
        effects: list[Effect] = [doing for doing in checked if not isinstance(doing, Note)]
        await carry_out(uow, talking, tuple(effects))
        for doing in checked:
            if isinstance(doing, Note):
                await handing.note(uow, talking.conversation, doing.text, None, talking.now)
        if id is not None and talking.spoken:
            talking.spoken[0] = _named(talking.spoken[0], id, talking)
        await _write(uow, talking, bot)
        await settle(uow, conversation_id, BotEventState.done)
    return Done(interaction_ids=tuple(one.interaction.id for one in talking.spoken), troubles=tuple(talking.troubles))


async def _floor(uow: UnitOfWork, means: Means, bot: OutsideBot, conversation_id: ConversationId) -> Talking:
    """Return the conversation, locked, if the bot has the floor there."""
    found = (await uow.bots.conversations([conversation_id])).get(conversation_id)
    lock = await uow.speakers.get(conversation_id)
    knows = lock.bot == speaker_name(bot.id) or bool(await uow.outside_bots.told(bot.id, conversation_id))
    if found is None or not knows:
        # A bot learns of no conversation but those it was told of.
        raise NotFound("There is no such conversation of this bot.")
    if lock.speaker is not Speaker.bot or lock.bot != speaker_name(bot.id):
        raise Overtaken("A human took this conversation over, or another bot has it: the bot may do nothing here now.")
    point, contact = (await uow.bots.owners([found.contact_point_id]))[found.contact_point_id]
    return Talking(
        means=means,
        conversation=found,
        lock=lock,
        point=point,
        contact=contact,
        sender=means.sender(found.channel_id),
        now=means.now(),
        flow_name=bot.name,
    )


def _checked(doing: Doing) -> Doing:
    match doing:
        case Say() if not doing.text.strip() and not doing.files:
            raise Invalid("The message is empty.")
        case Note() if not doing.text.strip():
            raise Invalid("The note is empty.")
        case Say() if len(doing.choices) > CHOICES_LIMIT or any(len(one) > CHOICE_LIMIT for one in doing.choices):
            raise Invalid(f"A message offers at most {CHOICES_LIMIT} choices of {CHOICE_LIMIT} characters.")
        case _:
            return doing


async def _files(uow: UnitOfWork, doings: Sequence[Doing]) -> Mapping[UUID, Attachment]:
    """Return the files a bot's messages name, and keep them. Raises NotFound; people's uploads are none of a bot's."""
    wanted = {file.id for doing in doings if isinstance(doing, Say) for file in doing.files}
    found = {key: file for key, file in (await uow.bots.files(wanted)).items() if file.uploaded_by is None}
    if wanted - found.keys():
        raise NotFound("A file was not uploaded by a bot, or is gone. Upload it (POST /bot/files) and name its id.")
    await uow.bots.keep_files(wanted)
    return found


def _named(spoken: Spoken, id: InteractionId, talking: Talking) -> Spoken:  # noqa: A002 - the word of every record
    """Return a message under the id the bot gave it."""
    external = talking.sender.new_message_id(DeliveryId(id)) if talking.sender is not None else None
    entry = replace(spoken.interaction, id=id, external_id=external)
    delivery: Delivery = replace(spoken.delivery, id=DeliveryId(id), interaction_id=id, external_id=external)
    files = tuple(replace(file, interaction_id=id) for file in spoken.files)
    return replace(spoken, interaction=entry, delivery=delivery, files=files)


async def _write(uow: UnitOfWork, talking: Talking, bot: OutsideBot) -> None:
    conversation = talking.conversation
    if talking.closes and talking.spoken:
        last = talking.spoken[-1]
        entry = replace(last.interaction, data={**last.interaction.data, "resolve": True})
        talking.spoken[-1] = replace(last, interaction=entry)
    if talking.spoken:
        shown = talking.listed or conversation
        after = replace(
            conversation, last_at=shown.last_at, last_preview=shown.last_preview, last_author=shown.last_author
        )
        if await uow.bots.say(talking.spoken, {conversation.id: (conversation, after)}):
            raise CannotSend("The bot lost the floor meanwhile.")
        for one in talking.spoken:
            uow.note(noting.entry_added(one.interaction), noting.delivery_changed(one.delivery, conversation.id))
    uow.note(noting.conversation_changed(conversation.id))
    if talking.hand is not None:
        await _hand_over(uow, talking, bot)
        return
    if talking.troubles:
        await handing.note(uow, conversation, "\n".join(talking.troubles), None, talking.now)
    if talking.closes:
        await uow.speakers.give(conversation.id, Speaker.nobody, by=None, at=talking.now, leaves=True)
        if not talking.spoken:
            edit = Edit(state=ConversationState.resolved)
            await conversations.change(uow, conversation.id, edit, by=None, now=talking.now)


async def _hand_over(uow: UnitOfWork, talking: Talking, bot: OutsideBot) -> None:
    hand = talking.hand or HandOver(reason=Reason.flow)
    words = "\n".join((hand.words, *talking.troubles)).strip()
    conversation = await uow.conversations.get(talking.conversation.id)
    if conversation is not None:
        await handing.hand_over(
            uow,
            conversation,
            replace(hand, words=words),
            run=None,
            flow_name=bot.name,
            contact=talking.contact,
            now=talking.now,
        )
