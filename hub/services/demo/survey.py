"""The demo shop's survey: asked within the story after what was resolved, and at work for what comes."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from hub.domain.conversation import Conversation
from hub.domain.errors import NotFound
from hub.domain.ids import InteractionId
from hub.domain.interaction import AuthorKind, Interaction
from hub.domain.survey.rating import Owed, Rating, RatingId, asked, settled
from hub.domain.survey.survey import Survey, SurveyId
from hub.domain.survey.wording import wording
from hub.ports import UnitOfWork
from hub.services.demo.opinions import DELAY, SINCE
from hub.services.demo.outlets import Outlet
from hub.services.demo.steps import Asks
from hub.services.ids import new_id
from hub.services.outgoing import Written, queue, reachable
from hub.services.surveys import keeping
from hub.services.surveys.writing import STEP, Question, written

FACT = "demo_survey"
"""The id of the demo's survey."""


def of_shop(now: datetime) -> Survey:
    """Return the survey, as old as the first question of the story."""
    since = now - SINCE
    return Survey(id=SurveyId(new_id()), name="How was it? (demo)", delay=DELAY, created_at=since, updated_at=since)


async def make(uow: UnitOfWork, survey: Survey) -> None:
    """Put it to work; what the story resolved is asked about by the story alone."""
    await keeping.create(uow, survey)
    await uow.facts.put(FACT, str(survey.id))


async def remove(uow: UnitOfWork) -> None:
    """Delete it, changed or not; the ratings go with their conversations."""
    if (kept := await uow.facts.get(FACT)) is None or not kept:
        return
    with suppress(NotFound):  # somebody may have deleted it before
        await keeping.delete(uow, SurveyId(UUID(kept)))
    await uow.facts.put(FACT, "")


async def say(
    uow: UnitOfWork, outlet: Outlet, survey: Survey, conversation: Conversation, step: Asks
) -> Interaction | None:
    """Queue the question, or what is owed to its answer; returns it, None where nothing is owed."""
    rating = await uow.ratings.of_episode(conversation.id, conversation.clock.episode)
    if rating is None:
        rating = await _rating(uow, survey, conversation, step)
        question = Question(
            rating=rating,
            text=wording(survey, step.language).question,
            scale=survey.scale,
            language=step.language,
        )
        text = written(question, outlet.capabilities, None)
        await uow.ratings.save([asked(rating, survey, step.language, step.at)])
    elif rating.owes is None:
        return None
    else:
        words = wording(survey, rating.language)
        said = words.comment if rating.owes is Owed.comment else words.thanks
        text = Written(text=said, data={STEP: rating.owes.value})
        await uow.ratings.save([settled(rating)])
    return await queue(
        uow,
        id=InteractionId(new_id()),
        conversation=conversation,
        written=text,
        capabilities=outlet.capabilities,
        new_message_id=outlet.connector.new_message_id,
        by=None,
        now=step.at,
        author=AuthorKind.auto,
        point=await reachable(uow, conversation.contact_point_id),
        channel=outlet.channel,
    )


async def _rating(uow: UnitOfWork, survey: Survey, conversation: Conversation, step: Asks) -> Rating:
    replied = await uow.ratings.last_reply_by(conversation.id)
    return Rating(
        id=RatingId(new_id()),
        survey_id=survey.id,
        conversation_id=conversation.id,
        episode=conversation.clock.episode,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        team_id=conversation.team_id,
        agent_id=replied[0] if replied is not None else conversation.assignee_id,
        resolved_at=conversation.resolved_at or step.at,
        scale=survey.scale,
    )
