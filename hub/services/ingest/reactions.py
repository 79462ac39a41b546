"""Reactions: of each person and emoji the newest word counts, whatever order a provider tells them in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hub.contract.events import MessageDeleted, Reaction, ReactionWithdrawn
from hub.domain.changes import ChangeKind
from hub.domain.ids import ContactPointId, InteractionId
from hub.domain.interaction import ReactionId, ReactionMark
from hub.services.ingest import people
from hub.services.ingest.batch import Batch

if TYPE_CHECKING:
    from hub.services.ingest.messages import Source

ALL = ""
"""The emoji of the mark that tells when somebody last named all their reactions at once."""


def reaction(batch: Batch, source: "Source", event: Reaction) -> bool | None:
    """Take up what somebody said of their reactions to a message. Returns None if we do not have the message."""
    known = batch.message(source.channel.id, event.external_id)
    if known is None:
        return None
    who = people.bystander(batch, source.channel, event.sender)
    at = event.occurred_at or source.raw.received_at
    emojis = tuple(dict.fromkeys(emoji for emoji in event.emojis if emoji != ALL))
    marks = _Marks(batch, known.interaction.id, who.id, at)
    news = marks.name_all(emojis) if event.change == "set" else marks.say(emojis, gone=event.change == "remove")
    if event.reaction_id is not None and emojis:
        batch.add_reaction_id(
            ReactionId(
                channel_id=source.channel.id,
                external_id=event.reaction_id,
                interaction_id=known.interaction.id,
                contact_point_id=who.id,
                emoji=emojis[0],
            ),
            known.interaction.conversation_id,
        )
    if news:
        batch.touch_interaction(known.interaction)
    return news


def withdrawn(batch: Batch, source: "Source", event: ReactionWithdrawn | MessageDeleted) -> bool | None:
    """Take a reaction back by its own id. Returns None if we do not know it (yet)."""
    found = batch.known.reaction_ids.get((source.channel.id, event.external_id))
    if found is None:
        return None
    told, conversation_id = found
    at = event.occurred_at or source.raw.received_at
    news = _Marks(batch, told.interaction_id, told.contact_point_id, at).say([told.emoji], gone=True)
    if news:
        batch.note(ChangeKind.interaction_changed, told.interaction_id, conversation_id)
    return news


class _Marks:
    """What one person said about one message, at one moment more."""

    def __init__(self, batch: Batch, message: InteractionId, who: ContactPointId, at: datetime) -> None:
        self._batch = batch
        self._message = message
        self._who = who
        self._at = at

    def name_all(self, emojis: Sequence[str]) -> bool:
        """Take these as all their reactions; returns whether that was news."""
        if not self._counts(ALL):
            return False
        others = self._batch.emojis_of(self._message, self._who) - {ALL, *emojis}
        marks = [(ALL, True), *((emoji, False) for emoji in emojis), *((emoji, True) for emoji in sorted(others))]
        return self._put_all(marks)

    def say(self, emojis: Iterable[str], *, gone: bool) -> bool:
        """Take up that these came, or went; returns whether that was news."""
        return self._counts(ALL) and self._put_all([(emoji, gone) for emoji in emojis])

    def _put_all(self, marks: Sequence[tuple[str, bool]]) -> bool:
        put = [self._put(emoji, gone=gone) for emoji, gone in marks if self._counts(emoji)]
        return any(put)

    def _counts(self, emoji: str) -> bool:
        before = self._batch.mark(self._message, self._who, emoji)
        return before is None or before.at <= self._at

    def _put(self, emoji: str, *, gone: bool) -> bool:
        return self._batch.put_mark(
            ReactionMark(interaction_id=self._message, contact_point_id=self._who, emoji=emoji, at=self._at, gone=gone)
        )
