"""Answers to surveys among a batch's messages: taken as ratings, so that nobody has to answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.contract.events import InboundMessage
from hub.domain.contact import ContactPoint
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind, ContentKind
from hub.domain.survey.answers import Press, Said, asks, read, read_button, tidy
from hub.domain.survey.rating import Rating, RatingId, Via, commented, rated
from hub.domain.survey.survey import SCORES
from hub.ports import UnitOfWork
from hub.services.ingest.reading import Reading

MARK = "rating"
"""What in an entry's `data` names the rating it answers; nobody but the hub writes it."""
_SIGNATURE = ("\n-- \n", "\n--\n")


@dataclass(slots=True)
class Asked:
    """The ratings a batch may answer, and what it made of them."""

    by_id: dict[RatingId, Rating] = field(default_factory=dict)
    newest: dict[ConversationId, RatingId] = field(default_factory=dict)
    changed: dict[RatingId, Rating] = field(default_factory=dict)

    def put(self, rating: Rating) -> None:
        """Keep what became of a rating."""
        self.by_id[rating.id] = self.changed[rating.id] = rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message that answers a survey."""

    before: Rating
    after: Rating
    asks: bool
    """It asks something, too: somebody has to answer it."""


async def open_asked(
    uow: UnitOfWork, readings: Iterable[Reading], conversations: Mapping[ConversationId, Conversation]
) -> Asked:
    """Read the ratings a batch may answer. Asks the database only where one can: all else costs nothing."""
    resolved = [one.id for one in conversations.values() if one.state is ConversationState.resolved]
    pressed = [press.rating_id for press in map(_press, _messages(readings)) if press is not None]
    if not resolved and not pressed:
        return Asked()
    found = await uow.ratings.answerable(resolved, pressed)
    return Asked(by_id={one.id: one for one in found}, newest={one.conversation_id: one.id for one in found})


def take(
    asked: Asked, event: InboundMessage, conversation: Conversation, author: ContactPoint, at: datetime, now: datetime
) -> Taken | None:
    """Return what a message answers; None for a message like any other. Nothing is kept yet.

    A button says by itself what it answers; words do so only while the conversation is resolved.
    """
    if not asked.by_id or event.author is not AuthorKind.contact:
        return None
    if (press := _press(event)) is not None:
        rating = asked.by_id.get(press.rating_id)
        fits = rating is not None and rating.contact_point_id == author.id and press.score in SCORES[rating.scale]
        if rating is None or not fits or not rating.takes(at):
            return None
        return Taken(before=rating, after=rated(rating, press.score, "", at, Via.button, now), asks=False)
    newest = asked.newest.get(conversation.id)
    if newest is None or conversation.state is not ConversationState.resolved or event.attachments:
        return None
    rating = asked.by_id[newest]
    if rating.contact_point_id != author.id or not (event.opens_wait or event.content is ContentKind.button):
        return None
    return _in_words(rating, _own_words(event), event, at, now)


def _in_words(rating: Rating, words: str, event: InboundMessage, at: datetime, now: datetime) -> Taken | None:
    said: Said | None = read(rating.scale, words) if rating.takes(at) else None
    if said is not None:
        via = Via.button if event.content is ContentKind.button else Via.text
        return Taken(before=rating, after=rated(rating, said.score, said.words, at, via, now), asks=said.asks)
    comment = tidy(words)
    if comment and rating.takes_words(at) and not asks(words):
        return Taken(before=rating, after=commented(rating, comment, at, now), asks=False)
    return None


def _own_words(event: InboundMessage) -> str:
    """Return what a message says without what it quotes and how it is signed, both of which mail puts below."""
    quoted = event.data.get("quote_at")
    text = event.text[:quoted] if isinstance(quoted, int) else event.text
    for mark in _SIGNATURE:
        text = text.partition(mark)[0]
    return text.strip()


def _press(event: InboundMessage) -> Press | None:
    return read_button(event.data.get("data")) if event.content is ContentKind.button else None


def _messages(readings: Iterable[Reading]) -> Sequence[InboundMessage]:
    return [event for reading in readings for event in reading.events if isinstance(event, InboundMessage)]
