"""Says what surveys owe by now: the question, the wish for some words, the thanks. Each once, through the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import structlog

from hub.domain.contact import Contact
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.errors import CannotSend, HubError
from hub.domain.ids import ChannelId, InteractionId
from hub.domain.interaction import AuthorKind
from hub.domain.survey.rating import Owed, Rating, Why, asked, settled, skipped
from hub.domain.survey.survey import Survey, survey_for
from hub.domain.survey.wording import language_of, wording
from hub.ports import Storage, UnitOfWork
from hub.services.bots.means import Sender
from hub.services.outgoing import Written, queue, reachable, sending_channel
from hub.services.surveys.links import RatingLinks
from hub.services.surveys.writing import STEP, Question, written
from hub.services.templates import Chosen

log = structlog.get_logger(__name__)

BATCH = 100
AGAIN = timedelta(minutes=1)
"""When to look again for a channel that is not at work just now."""
GIVEN_UP = timedelta(days=1)
"""A question so late surprises more than it asks."""
_ENTRIES = UUID("c5a4d7f2-92f1-5e0f-8d8e-6b4f3a9d2c10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What asking needs."""

    storage: Storage
    sender: Callable[[ChannelId], Sender | None]
    """How to write on a channel; None if it cannot be used at present."""
    links: RatingLinks | None = None
    """Makes addresses for mails; None where the hub has no public address."""


async def say_due(asking: Asking, now: datetime) -> int:
    """Say what is owed by now, each in a transaction of its own; returns of how many. A job of every few seconds."""
    async with asking.storage.read() as uow:
        due = await uow.ratings.due(now, BATCH)
    for one in due:
        try:
            async with asking.storage.begin() as uow:
                await _say(uow, asking, one, now)
        except HubError as error:
            log.warning("a survey could not go on; it is tried again", rating=str(one.id), reason=str(error))
            async with asking.storage.begin() as uow:
                await uow.ratings.save([replace(one, next_at=now + AGAIN)])
    return len(due)


async def _say(uow: UnitOfWork, asking: Asking, seen: Rating, now: datetime) -> None:
    conversation = await uow.conversations.get(seen.conversation_id)
    rating = await uow.ratings.get(seen.id, lock=True)
    if conversation is None or rating is None or rating.next_at is None or rating.next_at > now:
        return
    if rating.owes is Owed.question:
        after = await _ask(uow, asking, conversation, rating, now)
    else:
        after = await _go_on(uow, asking, conversation, rating, now)
    await (uow.ratings.delete(rating.id) if after is None else uow.ratings.save([after]))


async def _ask(
    uow: UnitOfWork, asking: Asking, conversation: Conversation, rating: Rating, now: datetime
) -> Rating | None:
    """Return the rating after asking or not; None if the conversation was reopened: its next resolve asks anew."""
    if conversation.merged_into_id is not None:
        return skipped(rating, Why.over)
    if conversation.state is not ConversationState.resolved or conversation.resolved_at != rating.resolved_at:
        return None
    if conversation.clock.void:
        return skipped(rating, Why.spam)
    survey = survey_for(await uow.surveys.all(), conversation.channel_id, conversation.team_id)
    if survey is None:
        return skipped(rating, Why.over)
    last = await uow.ratings.last_asked(rating)
    if last is not None and now - last < timedelta(days=survey.quiet_days):
        return skipped(rating, Why.asked_lately)
    replied = await uow.ratings.last_reply_by(conversation.id)
    if replied is None and survey.people_only:
        return skipped(rating, Why.no_person)
    sender = asking.sender(conversation.channel_id)
    if sender is None:
        late = now - rating.resolved_at - survey.delay > GIVEN_UP
        return skipped(rating, Why.cannot_send) if late else replace(rating, next_at=now + AGAIN)
    contact = await _contact(uow, conversation)
    language = language_of(survey, contact.language if contact is not None else "")
    rating = replace(
        rating,
        team_id=conversation.team_id,
        agent_id=replied[0] if replied is not None and replied[0] is not None else conversation.assignee_id,
    )
    question = Question(rating=rating, text=wording(survey, language).question, scale=survey.scale, language=language)
    text = written(question, sender.capabilities, asking.links)
    try:
        try:
            await _queue(uow, conversation, sender, rating, text, now)
        except CannotSend:
            chosen = await _template(uow, survey, conversation, contact)
            if chosen is None:
                raise
            await _queue(uow, conversation, sender, rating, Written(template=chosen, data={STEP: "question"}), now)
    except CannotSend as error:
        log.info("a survey cannot be asked", conversation=str(conversation.id), reason=str(error))
        return skipped(rating, Why.cannot_send)
    return asked(rating, survey, language, now)


async def _go_on(uow: UnitOfWork, asking: Asking, conversation: Conversation, rating: Rating, now: datetime) -> Rating:
    """Ask for words or say thanks; not where a colleague is wanted by now, nor where it cannot be sent."""
    sender = asking.sender(conversation.channel_id)
    resolved = conversation.state is ConversationState.resolved and conversation.merged_into_id is None
    if sender is None or not resolved or rating.owes is None:
        return settled(rating)
    survey = next((one for one in await uow.surveys.all() if one.id == rating.survey_id), None)
    words = wording(survey, rating.language)
    text = words.comment if rating.owes is Owed.comment else words.thanks
    try:
        await _queue(uow, conversation, sender, rating, Written(text=text, data={STEP: rating.owes.value}), now)
    except CannotSend as error:
        log.info("a survey's thanks cannot be sent", conversation=str(conversation.id), reason=str(error))
    return settled(rating)


async def _queue(
    uow: UnitOfWork, conversation: Conversation, sender: Sender, rating: Rating, text: Written, now: datetime
) -> None:
    """Queue one message; the same step of the same rating has the same id, so it stands there once."""
    step = rating.owes.value if rating.owes is not None else ""
    await queue(
        uow,
        id=InteractionId(uuid5(_ENTRIES, f"{rating.id.hex} {step}")),
        conversation=conversation,
        written=text,
        capabilities=sender.capabilities,
        new_message_id=sender.new_message_id,
        by=None,
        now=now,
        author=AuthorKind.auto,
        point=await reachable(uow, conversation.contact_point_id),
        channel=await sending_channel(uow, conversation.channel_id),
    )


async def _contact(uow: UnitOfWork, conversation: Conversation) -> Contact | None:
    point = await uow.contacts.point(conversation.contact_point_id)
    own = await uow.contacts.get(point.contact_id) if point is not None else None
    return await uow.contacts.get(own.canonical_id) if own is not None else None


async def _template(
    uow: UnitOfWork, survey: Survey, conversation: Conversation, contact: Contact | None
) -> Chosen | None:
    """Return the template to ask with where nothing else may be sent, its one field filled with the name."""
    key = survey.templates.get(conversation.channel_id)
    template = await uow.templates.get(conversation.channel_id, key) if key is not None else None
    if template is None:
        return None
    name = contact.name if contact is not None else ""
    return Chosen(key=template.key, values={field.key: name for field in template.fields})
