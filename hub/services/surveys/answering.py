"""Takes an answer, and keeps its line in the conversation: one for each rating, with the newest score and words."""

from datetime import datetime
from uuid import UUID, uuid5

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import InteractionId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.survey.answers import tidy
from hub.domain.survey.rating import Rating, RatingId, Via, rated
from hub.domain.survey.survey import SCORES
from hub.ports import UnitOfWork
from hub.services import noting

EVENT = "rated"
_ENTRIES = UUID("5b5f1c0a-7f0e-5d7c-8a2e-3f1a7e0c9b44")


def entry_of(rating: Rating, received_at: datetime, *, demo: bool = False) -> Interaction:
    """Return the line that shows an answered rating in its conversation; its id stays however often it changes."""
    return Interaction(
        id=InteractionId(uuid5(_ENTRIES, rating.id.hex)),
        conversation_id=rating.conversation_id,
        channel_id=rating.channel_id,
        contact_point_id=rating.contact_point_id,
        direction=Direction.internal,
        author_kind=AuthorKind.contact,
        kind=InteractionKind.event,
        occurred_at=rating.rated_at or received_at,
        received_at=received_at,
        data={
            "event": EVENT,
            "rating": str(rating.id),
            "scale": rating.scale.value,
            "score": rating.score,
            "comment": rating.comment,
        },
        demo=demo,
    )


async def look(uow: UnitOfWork, rating_id: RatingId, now: datetime, *, lock: bool = False) -> Rating:
    """Return a rating whose answer is taken at present. Raises NotFound, and Conflict once its time is over.

    Who locks it has locked its conversation before, as everybody does.
    """
    rating = await uow.ratings.get(rating_id, lock=lock)
    if rating is None or rating.asked_at is None:
        raise NotFound("There is nothing to rate here; it may have been deleted.")
    if not rating.takes(now):
        raise Conflict("The time to rate this is over.")
    return rating


async def rate(uow: UnitOfWork, rating_id: RatingId, score: int, words: str, now: datetime) -> Rating:
    """Take an answer given by the page behind a link. The newest counts. Raises NotFound, Conflict, Invalid."""
    first = await look(uow, rating_id, now)
    conversation = await uow.conversations.get(first.conversation_id)
    before = await look(uow, rating_id, now, lock=True)
    if score not in SCORES[before.scale]:
        raise Invalid("Choose one of the answers.")
    after = rated(before, score, tidy(words), now, Via.link, now)
    await uow.ratings.save([after])
    entry = entry_of(after, now, demo=conversation is not None and conversation.demo)
    if before.score is None:
        await uow.timeline.add(entry)
        uow.note(noting.entry_added(entry))
    else:
        await uow.timeline.update(entry)
        uow.note(noting.entry_changed(entry))
    return after
