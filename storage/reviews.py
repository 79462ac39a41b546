"""Scorecards in versions, reviews with their points, comments, playlists, saved queues."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Conflict
from hub.domain.ids import CallId, ChannelId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.review.comment import Clip, Comment, Playlist
from hub.domain.review.ids import ClipId, CommentId, PlaylistId, QueueId, ReviewId, ScorecardId
from hub.domain.review.queue import Order, Queue, QueueRule
from hub.domain.review.review import Review, ReviewState, Step, StepKind
from hub.domain.review.scorecard import Choice, Question, QuestionKind, Scorecard, Section
from hub.domain.review.scoring import Answer
from hub.domain.review.views import ScorePoint
from hub.domain.views import Page
from storage import cursors, tables
from storage.engine import Session
from storage.records import Mapper
from storage.reviews_list import ReviewList
from storage.types import from_microseconds, to_microseconds

s, v, m, pl, cl, q = (
    tables.scorecards,
    tables.reviews,
    tables.comments,
    tables.playlists,
    tables.clips,
    tables.review_queues,
)
cm = tables.comment_mentions


def _ids(value: Any) -> tuple[UUID, ...]:
    return tuple(UUID(item) for item in value)


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value]


def _section(value: Mapping[str, Any]) -> Section:
    return Section(**{**value, "questions": tuple(_question(item) for item in value["questions"])})


def _question(value: Mapping[str, Any]) -> Question:
    given = {
        **value,
        "kind": QuestionKind(value["kind"]),
        "choices": tuple(Choice(**choice) for choice in value["choices"]),
        "fails": tuple(value["fails"]),
    }
    return Question(**given)


def _sections(value: Any) -> tuple[Section, ...]:
    return tuple(_section(item) for item in value)


def _answers(value: Any) -> tuple[Answer, ...]:
    return tuple(Answer(**item) for item in value)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [asdict(item) for item in value]


def _steps(value: Any) -> tuple[Step, ...]:
    return tuple(
        Step(**{**item, "kind": StepKind(item["kind"]), "at": from_microseconds(item["at"]), "by": UUID(item["by"])})
        for item in value
    )


def _step_rows(value: Sequence[Step]) -> list[dict[str, Any]]:
    return [{**asdict(step), "at": to_microseconds(step.at), "by": str(step.by)} for step in value]


_card = Mapper(Scorecard, s, read={"sections": _sections}, write={"sections": _dicts})
_review = Mapper(
    Review,
    v,
    read={"answers": _answers, "failed_by": tuple, "steps": _steps},
    write={"answers": _dicts, "failed_by": list, "steps": _step_rows},
)
_comment = Mapper(Comment, m, read={"mentions": _ids}, write={"mentions": _texts})
_playlist = Mapper(Playlist, pl, without=("clips",))
_clip = Mapper(Clip, cl)


def dump_rule(rule: QueueRule) -> dict[str, Any]:
    """Return a rule as JSON; what is not given is left out."""
    empty = QueueRule()
    found = {f.name: getattr(rule, f.name) for f in fields(rule) if getattr(rule, f.name) != getattr(empty, f.name)}
    return {name: _texts(value) if isinstance(value, tuple) else value for name, value in found.items()}


def load_rule(value: Mapping[str, Any]) -> QueueRule:
    """Return the rule of `dump_rule`; what a newer version added to it is passed over."""
    known: dict[str, Any] = {f.name: value[f.name] for f in fields(QueueRule) if f.name in value}
    for name, kind in (("agent_ids", UserId), ("team_ids", TeamId), ("channel_ids", ChannelId)):
        if name in known:
            known[name] = tuple(kind(UUID(item)) for item in known[name])
    if "direction" in known:
        known["direction"] = Direction(known["direction"])
    if "order" in known:
        known["order"] = Order(known["order"])
    return QueueRule(**known)


_queue = Mapper(Queue, q, read={"rule": load_rule}, write={"rule": dump_rule})


class SqlReviews(ReviewList):
    """Implements hub.ports.reviews.Reviews."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    async def scorecards(self, *, all_of_them: bool) -> Sequence[Scorecard]:
        statement = _card.select().where(s.c.newest)
        rows = await self._session.rows(statement if all_of_them else statement.where(s.c.active))
        return sorted((_card.load(row) for row in rows), key=lambda card: (card.name.casefold(), card.id))

    async def scorecard(self, scorecard_id: ScorecardId, version: int | None = None) -> Scorecard | None:
        which = s.c.newest if version is None else s.c.version == version
        row = await self._session.one(_card.select().where(s.c.id == scorecard_id, which))
        return None if row is None else _card.load(row)

    async def scorecard_versions(self, scorecard_id: ScorecardId) -> Sequence[Scorecard]:
        rows = await self._session.rows(_card.select().where(s.c.id == scorecard_id).order_by(s.c.version.desc()))
        return [_card.load(row) for row in rows]

    async def save_scorecard(self, card: Scorecard) -> None:
        last = await self._session.value(sa.select(sa.func.max(s.c.version)).where(s.c.id == card.id)) or 0
        if card.version != last + 1:
            raise Conflict("Somebody else changed this scorecard meanwhile. Load it again.")
        await self._session.run(sa.update(s).where(s.c.id == card.id).values(newest=False))
        await self._session.insert_once(s, {**_card.row(card), "newest": True})

    async def retire_scorecard(self, scorecard_id: ScorecardId, *, active: bool) -> None:
        await self._session.run(sa.update(s).where(s.c.id == scorecard_id, s.c.newest).values(active=active))

    async def get(self, review_id: ReviewId) -> Review | None:
        row = await self._session.one(self._session.locked(_review.select().where(v.c.id == review_id)))
        return None if row is None else _review.load(row)

    async def by_reviewer(self, call_id: CallId, reviewer_id: UserId) -> Review | None:
        row = await self._session.one(_review.select().where(v.c.call_id == call_id, v.c.reviewer_id == reviewer_id))
        return None if row is None else _review.load(row)

    async def of_call(self, call_id: CallId) -> Sequence[Review]:
        rows = await self._session.rows(_review.select().where(v.c.call_id == call_id).order_by(v.c.created_at, v.c.id))
        return [_review.load(row) for row in rows]

    async def about(self, agent_id: UserId, *, cursor: str | None, limit: int) -> Page[Review]:
        statement = _review.select().where(
            v.c.agent_id == agent_id, v.c.state != ReviewState.draft, v.c.calibration.is_(False)
        )
        rows, more = await self._page(statement, cursor, limit)
        return Page(items=tuple(_review.load(row) for row in rows), next=more)

    async def _page(self, statement: Any, cursor: str | None, limit: int) -> tuple[Sequence[Any], str | None]:
        if cursor:
            at, last = cursors.decode(cursor, datetime, UUID)
            place = cursors.after(v.c.submitted_at, v.c.id, at, last)
            statement = statement.where(sa.tuple_(v.c.submitted_at, v.c.id) < place)
        rows = await self._session.rows(statement.order_by(v.c.submitted_at.desc(), v.c.id.desc()).limit(limit + 1))
        shown = rows[:limit]
        more = cursors.encode(shown[-1].submitted_at, shown[-1].id) if len(rows) > limit else None
        return shown, more

    async def add(self, review: Review) -> None:
        await self._session.insert_once(v, {**_review.row(review), "points": {}})

    async def update(self, review: Review, points: Mapping[str, int]) -> None:
        row = _review.row(review)
        del row["id"]
        await self._session.run(sa.update(v).where(v.c.id == review.id).values({**row, "points": dict(points)}))

    async def delete(self, review_id: ReviewId) -> None:
        await self._session.run(sa.delete(v).where(v.c.id == review_id))

    async def points(
        self,
        *,
        since: datetime,
        until: datetime,
        agent_ids: Collection[UserId],
        reviewer_ids: Collection[UserId],
        scorecard_id: ScorecardId | None,
        cursor: str | None,
        limit: int,
    ) -> Page[ScorePoint]:
        names = [f.name for f in fields(ScorePoint) if f.name != "review_id"]
        statement = sa.select(v.c.id, *(v.c[name] for name in names)).where(
            v.c.submitted_at >= since,
            v.c.submitted_at < until,
            v.c.state != ReviewState.draft,
            v.c.calibration.is_(False),
            v.c.score.is_not(None),
        )
        if agent_ids:
            statement = statement.where(v.c.agent_id.in_(list(agent_ids)))
        if reviewer_ids:
            statement = statement.where(v.c.reviewer_id.in_(list(reviewer_ids)))
        if scorecard_id is not None:
            statement = statement.where(v.c.scorecard_id == scorecard_id)
        rows, more = await self._page(statement, cursor, limit)
        items = tuple(
            ScorePoint(review_id=row[0], **{n: row._mapping[n] for n in names} | {"failed_by": tuple(row.failed_by)})
            for row in rows
        )
        return Page(items=items, next=more)

    async def comments(self, call_id: CallId) -> Sequence[Comment]:
        rows = await self._session.rows(
            _comment.select().where(m.c.call_id == call_id).order_by(m.c.start, m.c.created_at, m.c.id)
        )
        return [_comment.load(row) for row in rows]

    async def comment(self, comment_id: CommentId) -> Comment | None:
        row = await self._session.one(self._session.locked(_comment.select().where(m.c.id == comment_id)))
        return None if row is None else _comment.load(row)

    async def save_comment(self, comment: Comment) -> None:
        await self._session.upsert(m, [_comment.row(comment)], keys=("id",))
        await self._session.run(
            sa.delete(cm).where(cm.c.comment_id == comment.id, cm.c.user_id.not_in(comment.mentions))
        )
        told = [{"comment_id": comment.id, "user_id": user, "at": comment.created_at} for user in comment.mentions]
        await self._session.upsert(cm, told, keys=("comment_id", "user_id"))

    async def mentions(self, user_id: UserId, *, cursor: str | None, limit: int) -> Page[Comment]:
        statement = (
            sa.select(*_comment.columns, cm.c.at).join(cm, cm.c.comment_id == m.c.id).where(cm.c.user_id == user_id)
        )
        if cursor:
            at, last = cursors.decode(cursor, datetime, UUID)
            place = cursors.after(cm.c.at, cm.c.comment_id, at, last)
            statement = statement.where(sa.tuple_(cm.c.at, cm.c.comment_id) < place)
        rows = await self._session.rows(statement.order_by(cm.c.at.desc(), cm.c.comment_id.desc()).limit(limit + 1))
        items = tuple(_comment.load(row) for row in rows[:limit])
        more = cursors.encode(rows[limit - 1].at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def delete_comment(self, comment_id: CommentId) -> None:
        await self._session.run(sa.delete(m).where(m.c.id == comment_id))

    async def playlists(self, *, shared_only: bool) -> Sequence[Playlist]:
        statement = _playlist.select()
        rows = await self._session.rows(statement.where(pl.c.shared) if shared_only else statement)
        clips: dict[UUID, list[Clip]] = {}
        for row in await self._session.rows(
            sa.select(cl.c.playlist_id, *_clip.columns)
            .where(cl.c.playlist_id.in_([row[0] for row in rows]))
            .order_by(cl.c.position)
        ):
            clips.setdefault(row[0], []).append(_clip.load(row, 1))
        found = [_playlist.load(row, clips=tuple(clips.get(row[0], ()))) for row in rows]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    async def playlist(self, playlist_id: PlaylistId) -> Playlist | None:
        row = await self._session.one(self._session.locked(_playlist.select().where(pl.c.id == playlist_id)))
        if row is None:
            return None
        clips = await self._session.rows(_clip.select().where(cl.c.playlist_id == playlist_id).order_by(cl.c.position))
        return _playlist.load(row, clips=tuple(_clip.load(clip) for clip in clips))

    async def save_playlist(self, playlist: Playlist) -> None:
        await self._session.upsert(pl, [_playlist.row(playlist)], keys=("id",))

    async def save_clips(self, playlist_id: PlaylistId, clips: Sequence[Clip]) -> None:
        await self._session.run(sa.delete(cl).where(cl.c.playlist_id == playlist_id))
        await self._session.insert(
            cl,
            [{**_clip.row(clip), "playlist_id": playlist_id, "position": place} for place, clip in enumerate(clips)],
        )

    async def delete_playlist(self, playlist_id: PlaylistId) -> None:
        await self._session.run(sa.delete(pl).where(pl.c.id == playlist_id))

    async def clip_calls(self, ids: Collection[ClipId]) -> Mapping[ClipId, CallId]:
        rows = await self._session.rows(sa.select(cl.c.id, cl.c.call_id).where(cl.c.id.in_(list(ids))))
        return {row[0]: row[1] for row in rows}

    async def queues(self, viewer: UserId) -> Sequence[Queue]:
        rows = await self._session.rows(_queue.select().where(sa.or_(q.c.shared, q.c.owner_id == viewer)))
        return sorted((_queue.load(row) for row in rows), key=lambda one: (one.name.casefold(), one.id))

    async def queue(self, queue_id: QueueId) -> Queue | None:
        row = await self._session.one(_queue.select().where(q.c.id == queue_id))
        return None if row is None else _queue.load(row)

    async def save_queue(self, queue: Queue) -> None:
        await self._session.upsert(q, [_queue.row(queue)], keys=("id",))

    async def delete_queue(self, queue_id: QueueId) -> None:
        await self._session.run(sa.delete(q).where(q.c.id == queue_id))
