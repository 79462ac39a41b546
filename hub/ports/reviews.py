"""Scorecards, reviews of calls, comments, playlists, and the list of calls to review."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.ids import CallId, UserId
from hub.domain.review.comment import Clip, Comment, Playlist
from hub.domain.review.ids import ClipId, CommentId, PlaylistId, QueueId, ReviewId, ScorecardId
from hub.domain.review.queue import Queue, QueueRule
from hub.domain.review.review import Review
from hub.domain.review.scorecard import Scorecard
from hub.domain.review.views import CallScore, ReviewableRow, ScorePoint
from hub.domain.views import Page


class Reviews(Protocol):
    """Scorecards, reviews, comments, playlists and queues."""

    async def scorecards(self, *, all_of_them: bool) -> Sequence[Scorecard]:
        """Return the newest version of each, by name; those no longer in use only if asked for."""
        ...

    async def scorecard(self, scorecard_id: ScorecardId, version: int | None = None) -> Scorecard | None:
        """Return a version, the newest if none is named."""
        ...

    async def scorecard_versions(self, scorecard_id: ScorecardId) -> Sequence[Scorecard]: ...
    async def save_scorecard(self, card: Scorecard) -> None:
        """Add a version. Raises Conflict if somebody saved one meanwhile."""
        ...

    async def retire_scorecard(self, scorecard_id: ScorecardId, *, active: bool) -> None: ...
    async def get(self, review_id: ReviewId) -> Review | None:
        """Return it, locked until the unit of work ends."""
        ...

    async def by_reviewer(self, call_id: CallId, reviewer_id: UserId) -> Review | None: ...
    async def of_call(self, call_id: CallId) -> Sequence[Review]: ...
    async def about(self, agent_id: UserId, *, cursor: str | None, limit: int) -> Page[Review]:
        """Return submitted reviews of an agent's calls, newest first, calibrations left out."""
        ...

    async def add(self, review: Review) -> None:
        """Raises Conflict if this reviewer has one of this call."""
        ...

    async def update(self, review: Review, points: Mapping[str, int]) -> None: ...
    async def delete(self, review_id: ReviewId) -> None: ...
    async def comments(self, call_id: CallId) -> Sequence[Comment]: ...
    async def comment(self, comment_id: CommentId) -> Comment | None: ...
    async def save_comment(self, comment: Comment) -> None: ...
    async def mentions(self, user_id: UserId, *, cursor: str | None, limit: int) -> Page[Comment]:
        """Return the comments somebody is mentioned in, newest first."""
        ...

    async def delete_comment(self, comment_id: CommentId) -> None:
        """Delete it with its answers."""
        ...

    async def playlists(self, *, shared_only: bool) -> Sequence[Playlist]:
        """Return them by name."""
        ...

    async def playlist(self, playlist_id: PlaylistId) -> Playlist | None: ...
    async def save_playlist(self, playlist: Playlist) -> None:
        """Add it, or replace all but its clips."""
        ...

    async def save_clips(self, playlist_id: PlaylistId, clips: Sequence[Clip]) -> None:
        """Keep these clips in this order and no others."""
        ...

    async def delete_playlist(self, playlist_id: PlaylistId) -> None: ...
    async def clip_calls(self, ids: Collection[ClipId]) -> Mapping[ClipId, CallId]: ...
    async def queues(self, viewer: UserId) -> Sequence[Queue]:
        """Return a person's own queues and the shared ones."""
        ...

    async def queue(self, queue_id: QueueId) -> Queue | None: ...
    async def save_queue(self, queue: Queue) -> None: ...
    async def delete_queue(self, queue_id: QueueId) -> None: ...
    async def refresh(self, call_id: CallId) -> None:
        """Write anew what the review list knows of a call: its facts, recording, scores, open comments."""
        ...

    async def in_queue(
        self, rule: QueueRule, *, now: datetime, only_agent: UserId | None, cursor: str | None, limit: int
    ) -> Page[ReviewableRow]:
        """Return the calls a rule takes; with `only_agent` that agent's own."""
        ...

    async def count(self, rule: QueueRule, *, now: datetime, most: int) -> int:
        """Return how many calls a rule takes, counted up to `most`."""
        ...

    async def call_scores(self, ids: Collection[CallId], *, only_agent: UserId | None) -> Sequence[CallScore]:
        """Return what reviews say of calls, for those that have any or open comments; `only_agent`: of that agent."""
        ...

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
        """Return reviews that count, by time of submitting, with their points: what scores over time are made of."""
        ...
