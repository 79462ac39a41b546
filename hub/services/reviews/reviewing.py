"""Reviews of calls: begun, filled in, submitted, answered, appealed against and settled."""

from collections.abc import Callable, Sequence
from datetime import datetime

from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import CallId, UserId
from hub.domain.review import review as rules
from hub.domain.review.calibration import Calibration, calibrate
from hub.domain.review.ids import ReviewId, ScorecardId
from hub.domain.review.review import Review, ReviewState
from hub.domain.review.scorecard import Scorecard
from hub.domain.review.scoring import Answer, score
from hub.ports import Storage, UnitOfWork
from hub.services.made import Made


async def begin(
    storage: Storage,
    review_id: ReviewId,
    *,
    call_id: CallId,
    agent_id: UserId | None,
    scorecard_id: ScorecardId,
    calibration: bool,
    by: UserId,
    now: datetime,
) -> Made[Review]:
    """Begin a review by a scorecard's newest version. One reviewer has one review of a call: that one is given again.

    `agent_id` says whom it is about where several of us spoke; None takes the first. Raises NotFound, Invalid.
    """
    async with storage.begin() as uow:
        before = await uow.reviews.by_reviewer(call_id, by)
        if before is not None:
            return Made(before, created=False)
        agents = await uow.recordings.agents_of(call_id)
        if agents is None:
            raise NotFound("There is no such call; it may have been deleted with its contact.")
        if not agents:
            raise Invalid("Nobody of us spoke in this call: a voicemail or missed call cannot be reviewed.")
        about = agents[0] if agent_id is None else agent_id
        if about not in agents:
            raise Invalid("This person did not speak in the call.")
        if about == by and not calibration:
            raise Invalid("Nobody reviews their own call.")
        card = await uow.reviews.scorecard(scorecard_id)
        if card is None or not card.active:
            raise NotFound("This scorecard is not in use. Choose another one.")
        review = Review(
            id=review_id,
            call_id=call_id,
            agent_id=about,
            reviewer_id=by,
            scorecard_id=card.id,
            version=card.version,
            calibration=calibration,
            created_at=now,
            changed_at=now,
        )
        await uow.reviews.add(review)
    return Made(review, created=True)


async def fill_in(
    storage: Storage, review_id: ReviewId, *, answers: Sequence[Answer], summary: str, by: UserId, now: datetime
) -> Review:
    """Save a reviewer's answers. Raises NotFound, Forbidden, Invalid, Conflict."""
    return await _change(
        storage,
        review_id,
        lambda review, card: rules.filled_in(review, card, answers=answers, summary=summary, by=by, now=now),
    )


async def submit(storage: Storage, review_id: ReviewId, *, by: UserId, now: datetime) -> Review:
    """Show a review to its agent; from now on it counts. Raises NotFound, Forbidden, Invalid."""
    return await _change(storage, review_id, lambda review, card: rules.submitted(review, card, by=by, now=now))


async def reply(storage: Storage, review_id: ReviewId, words: str, *, by: UserId, now: datetime) -> Review:
    """Add the agent's words. Raises NotFound, Forbidden, Invalid."""
    return await _change(storage, review_id, lambda review, _card: rules.replied(review, words, by=by, now=now))


async def appeal(storage: Storage, review_id: ReviewId, words: str, *, by: UserId, now: datetime) -> Review:
    """Ask for another look. Raises NotFound, Forbidden, Invalid, Conflict."""
    return await _change(storage, review_id, lambda review, _card: rules.appealed(review, words, by=by, now=now))


async def settle(
    storage: Storage, review_id: ReviewId, words: str, *, answers: Sequence[Answer] | None, by: UserId, now: datetime
) -> Review:
    """Decide an appeal: without answers the score stands. Raises NotFound, Forbidden, Invalid, Conflict."""
    return await _change(
        storage,
        review_id,
        lambda review, card: rules.settled(review, card, words, answers=answers, by=by, now=now),
    )


async def discard(storage: Storage, review_id: ReviewId, *, by: UserId) -> None:
    """Delete one's own draft. Raises NotFound, Forbidden, Conflict."""
    async with storage.begin() as uow:
        review = await _get(uow, review_id)
        if review.reviewer_id != by:
            raise Forbidden("Only its reviewer discards a draft.")
        if review.state is not ReviewState.draft:
            raise Conflict("The agent has seen this review: it can be corrected, but not taken back.")
        await uow.reviews.delete(review_id)


async def _change(storage: Storage, review_id: ReviewId, step: Callable[[Review, Scorecard], Review]) -> Review:
    async with storage.begin() as uow:
        review = await _get(uow, review_id)
        card = await uow.reviews.scorecard(review.scorecard_id, review.version)
        if card is None:
            raise NotFound("The scorecard of this review is gone.")
        after = step(review, card)
        if after != review:
            await uow.reviews.update(after, score(card, after.answers).questions)
            if after.state is not ReviewState.draft:
                await uow.reviews.refresh(after.call_id)
                uow.note(Change(kind=ChangeKind.review_changed, subject_id=after.call_id))
    return after


async def _get(uow: UnitOfWork, review_id: ReviewId) -> Review:
    review = await uow.reviews.get(review_id)
    if review is None:
        raise NotFound("There is no such review; it may have been discarded.")
    return review


async def shown(storage: Storage, review_id: ReviewId, viewer: UserId, *, reviews: bool) -> Review:
    """Return a review somebody may see. Raises NotFound for one they may not, as if there were none."""
    async with storage.read() as uow:
        review = await _get(uow, review_id)
        siblings = await uow.reviews.of_call(review.call_id)
    if review not in visible(siblings, viewer, reviews=reviews):
        raise NotFound("There is no such review; it may have been discarded.")
    return review


def visible(of_call: Sequence[Review], viewer: UserId, *, reviews: bool) -> list[Review]:
    """Return those of a call's reviews that somebody may see."""
    submitted = any(one.reviewer_id == viewer and one.state is not ReviewState.draft for one in of_call)
    return [one for one in of_call if rules.may_see(one, viewer, reviews=reviews, own_submitted=submitted)]


async def compare(storage: Storage, call_id: CallId, viewer: UserId) -> tuple[Scorecard, Calibration]:
    """Compare the reviews of a call that a reviewer may see, by the card most of them use. Raises NotFound."""
    async with storage.read() as uow:
        seen = visible(await uow.reviews.of_call(call_id), viewer, reviews=True)
        cards = [(one.scorecard_id, one.version) for one in seen if one.state is not ReviewState.draft]
        if not cards:
            raise NotFound("Nobody has submitted a review of this call yet that you may compare.")
        wanted = max(cards, key=cards.count)
        card = await uow.reviews.scorecard(*wanted)
    if card is None:
        raise NotFound("The scorecard of these reviews is gone.")
    return card, calibrate(card, seen)
