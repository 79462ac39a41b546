"""A conversation was resolved: whether its customer is to be asked about it, and when."""

from datetime import datetime

from hub.domain.conversation import Conversation
from hub.domain.survey.rating import Rating, RatingId, RatingState
from hub.domain.survey.survey import survey_for
from hub.ports import UnitOfWork
from hub.services.ids import new_id


async def resolved(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """Have the customer asked later, once for each episode, in the transaction that resolves it.

    Groups are not asked, nor who never wrote. What happens until then (reopened, switched off) is looked at then.
    """
    if conversation.group or conversation.last_inbound_at is None or not conversation.clock.episode:
        return
    survey = survey_for(await uow.surveys.all(), conversation.channel_id, conversation.team_id)
    if survey is None:
        return
    known = await uow.ratings.of_episode(conversation.id, conversation.clock.episode)
    if known is not None and known.state is RatingState.asked:
        return
    rating = Rating(
        id=known.id if known is not None else RatingId(new_id()),
        survey_id=survey.id,
        conversation_id=conversation.id,
        episode=conversation.clock.episode,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        resolved_at=conversation.resolved_at or now,
        scale=survey.scale,
        next_at=now + survey.delay,
    )
    await uow.ratings.save([rating])
