"""/reviews: a call scored by a card, answered by its agent, and several reviewers compared."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Text
from hub.api.scorecards import AnswerEdit
from hub.domain.errors import Forbidden
from hub.domain.ids import CallId, UserId
from hub.domain.review.calibration import Calibration
from hub.domain.review.ids import ReviewId, ScorecardId
from hub.domain.review.review import Review
from hub.domain.review.scorecard import Scorecard
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.reviews import reviewing

routes = Routes("reviews")


class NewReview(Input):
    """A review to begin."""

    id: ReviewId
    scorecard_id: ScorecardId
    agent_id: UserId | None = None
    """Whom it is about where several of us spoke; else the one who answered."""
    calibration: bool = False
    """For comparing reviewers: counts nowhere, and the agent does not see it."""


class ReviewEdit(Input):
    """A reviewer's answers; all of them."""

    answers: Annotated[tuple[AnswerEdit, ...], Field(max_length=100)]
    summary: Text = ""


class Words(Input):
    """What is said."""

    words: Text


class Settlement(Words):
    """How an appeal is decided."""

    answers: Annotated[tuple[AnswerEdit, ...], Field(max_length=100)] | None = None
    """New answers; without them the score stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    """Reviews of one call side by side."""

    scorecard: Scorecard
    calibration: Calibration


@routes.get("/calls/{call_id}/reviews", Action.reviews_read, people_only=True)
async def list_reviews(deps: ApiDeps, caller: Caller, call_id: CallId) -> tuple[Review, ...]:
    """List a call's reviews as far as you may see them: drafts are their reviewer's, calibrations are blind."""
    async with deps.storage.read() as uow:
        found = await uow.reviews.of_call(call_id)
    return tuple(reviewing.visible(found, caller.person.id, reviews=caller.reviews))


@routes.post("/calls/{call_id}/reviews", Action.reviews_write, people_only=True)
async def begin_review(deps: ApiDeps, caller: Caller, call_id: CallId, body: NewReview) -> Created[Review]:
    """Begin your review of a call; you have one of each call, and get it again."""
    made = await reviewing.begin(
        deps.storage,
        body.id,
        call_id=call_id,
        agent_id=body.agent_id,
        scorecard_id=body.scorecard_id,
        calibration=body.calibration,
        by=caller.person.id,
        now=deps.now(),
    )
    return Created(made.record, new=made.created)


@routes.get("/calls/{call_id}/calibration", Action.reviews_write, people_only=True)
async def compare_reviews(deps: ApiDeps, caller: Caller, call_id: CallId) -> CalibrationView:
    """Compare the reviews of a call, question by question."""
    card, calibration = await reviewing.compare(deps.storage, call_id, caller.person.id)
    return CalibrationView(scorecard=card, calibration=calibration)


@routes.get("/reviews", Action.reviews_read, people_only=True)
async def list_reviews_about(
    deps: ApiDeps, caller: Caller, agent: UserId | None = None, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[Review]:
    """List reviews of an agent's calls, newest first: your own unless you review calls and name somebody."""
    about = agent or caller.person.id
    if about != caller.person.id and not caller.reviews:
        raise Forbidden("You see the reviews of your own calls only.")
    async with deps.storage.read() as uow:
        return await uow.reviews.about(about, cursor=cursor, limit=limit)


@routes.get("/reviews/{review_id}", Action.reviews_read, people_only=True)
async def get_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> Review:
    """Return a review with its answers and what happened to it."""
    return await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=caller.reviews)


@routes.put("/reviews/{review_id}", Action.reviews_write, people_only=True, problems=(409,))
async def fill_in_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: ReviewEdit) -> Review:
    """Save your answers; after submitting, the agent sees that you corrected them."""
    answers = [answer.answer() for answer in body.answers]
    return await reviewing.fill_in(
        deps.storage, review_id, answers=answers, summary=body.summary, by=caller.person.id, now=deps.now()
    )


@routes.post("/reviews/{review_id}/submit", Action.reviews_write, people_only=True)
async def submit_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> Review:
    """Show your review to the agent; every mandatory question has to be answered."""
    return await reviewing.submit(deps.storage, review_id, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/reply", Action.reviews_reply, people_only=True)
async def reply_to_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Words) -> Review:
    """Answer a review of your own call."""
    await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=caller.reviews)
    return await reviewing.reply(deps.storage, review_id, body.words, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/appeal", Action.reviews_reply, people_only=True, problems=(409,))
async def appeal_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Words) -> Review:
    """Ask for another look at a review of your own call, once, saying why."""
    await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=caller.reviews)
    return await reviewing.appeal(deps.storage, review_id, body.words, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/settle", Action.reviews_write, people_only=True, problems=(409,))
async def settle_appeal(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Settlement) -> Review:
    """Decide an appeal, saying why: the score stands, or new answers take its place."""
    answers = None if body.answers is None else [answer.answer() for answer in body.answers]
    return await reviewing.settle(
        deps.storage, review_id, body.words, answers=answers, by=caller.person.id, now=deps.now()
    )


@routes.delete("/reviews/{review_id}", Action.reviews_write, people_only=True, problems=(409,))
async def discard_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> None:
    """Discard your own draft."""
    await reviewing.discard(deps.storage, review_id, by=caller.person.id)
