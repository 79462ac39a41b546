"""Comments at places of a call: written, answered, resolved; and playlists of clips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import CallId, UserId
from hub.domain.review.comment import (
    CLIPS_LIMIT,
    Clip,
    Comment,
    Playlist,
    Visibility,
    check_place,
    check_text,
    sees_comment,
)
from hub.domain.review.ids import CommentId, PlaylistId
from hub.domain.user import Action, may
from hub.ports import Storage, UnitOfWork
from hub.services.made import Made

MENTIONS_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to say."""

    text: str
    start: float = 0.0
    end: float | None = None
    parent_id: CommentId | None = None
    mentions: Sequence[UserId] = ()
    visibility: Visibility = Visibility.reviewers


async def write(
    storage: Storage,
    comment_id: CommentId,
    call_id: CallId,
    draft: Draft,
    *,
    by: UserId,
    reviews: bool,
    now: datetime,
) -> Made[Comment]:
    """Write a comment, or an answer to one; the same id again gives the one that was written.

    Agents answer the comments they may see; they begin none. Raises NotFound, Forbidden, Invalid, Conflict.
    """
    text = check_text(draft.text)
    async with storage.begin() as uow:
        before = await uow.reviews.comment(comment_id)
        if before is not None:
            if before.author_id != by:
                raise Conflict("This id belongs to another comment. Make a new one.")
            return Made(before, created=False)
        agents = await uow.recordings.agents_of(call_id)
        if agents is None:
            raise NotFound("There is no such call; it may have been deleted with its contact.")
        words = Comment(id=comment_id, call_id=call_id, author_id=by, start=0, text=text, created_at=now)
        placed = await _placed(uow, words, draft, reviews=reviews, agents=agents)
        comment = replace(placed, mentions=await _mentioned(uow, draft.mentions, placed.visibility, agents))
        await uow.reviews.save_comment(comment)
        await _changed(uow, call_id)
    return Made(comment, created=True)


async def _placed(
    uow: UnitOfWork, comment: Comment, draft: Draft, *, reviews: bool, agents: Sequence[UserId]
) -> Comment:
    """Return the comment where it belongs, seen by those it is meant for: an answer where the thread is."""
    if draft.parent_id is None:
        if not reviews:
            raise Forbidden("Comments are begun by those who review calls; you can answer them.")
        sounds = await uow.recordings.of_call(comment.call_id)
        durations = [sound.duration for sound in sounds if sound.duration is not None]
        check_place(draft.start, draft.end, max(durations, default=None))
        return replace(comment, start=draft.start, end=draft.end, visibility=draft.visibility)
    parent, by = await uow.reviews.comment(draft.parent_id), comment.author_id
    about = by if by in agents else None
    if (
        parent is None
        or parent.call_id != comment.call_id
        or not sees_comment(parent, by, reviews=reviews, about=about)
    ):
        raise NotFound("There is no such comment; it may have been deleted.")
    first = parent.parent_id or parent.id
    return replace(comment, parent_id=first, start=parent.start, end=parent.end, visibility=parent.visibility)


async def _mentioned(
    uow: UnitOfWork, mentions: Sequence[UserId], visibility: Visibility, agents: Sequence[UserId]
) -> tuple[UserId, ...]:
    wanted = tuple(dict.fromkeys(mentions))
    if len(wanted) > MENTIONS_LIMIT:
        raise Invalid(f"At most {MENTIONS_LIMIT} people are mentioned in one comment.")
    for user_id in wanted:
        user = await uow.users.get(user_id)
        if user is None or not user.active:
            raise Invalid("Somebody you mention does not work here any more.")
        sees = may(user.role, Action.reviews_write) or (visibility is Visibility.agent and user_id in agents)
        if not sees:
            raise Invalid(f"{user.name} may not see this comment: mention those who review, or show it to the agent.")
    return wanted


async def edit(storage: Storage, comment_id: CommentId, text: str, *, by: UserId, now: datetime) -> Comment:
    """Change one's own words. Raises NotFound, Forbidden, Invalid."""
    plain = check_text(text)
    async with storage.begin() as uow:
        comment = await _own(uow, comment_id, by)
        changed = comment if comment.text == plain else replace(comment, text=plain, edited_at=now)
        await uow.reviews.save_comment(changed)
        await _changed(uow, comment.call_id)
    return changed


async def resolve(
    storage: Storage, comment_id: CommentId, *, resolved: bool, by: UserId, reviews: bool, now: datetime
) -> Comment:
    """Mark a thread as done, or open it again. Raises NotFound, Forbidden."""
    async with storage.begin() as uow:
        comment = await uow.reviews.comment(comment_id)
        if comment is None or comment.parent_id is not None:
            raise NotFound("There is no such comment; it may have been deleted.")
        if not reviews and by != comment.author_id:
            raise Forbidden("A comment is resolved by its author or by those who review.")
        done = replace(
            comment,
            resolved_at=(comment.resolved_at or now) if resolved else None,
            resolved_by=by if resolved else None,
        )
        await uow.reviews.save_comment(done)
        await _changed(uow, comment.call_id)
    return done


async def remove(storage: Storage, comment_id: CommentId, *, by: UserId) -> None:
    """Delete one's own comment with its answers. Raises NotFound, Forbidden."""
    async with storage.begin() as uow:
        comment = await _own(uow, comment_id, by)
        await uow.reviews.delete_comment(comment_id)
        await _changed(uow, comment.call_id)


async def _own(uow: UnitOfWork, comment_id: CommentId, by: UserId) -> Comment:
    comment = await uow.reviews.comment(comment_id)
    if comment is None:
        raise NotFound("There is no such comment; it may have been deleted.")
    if comment.author_id != by:
        raise Forbidden("Only its author changes a comment.")
    return comment


async def _changed(uow: UnitOfWork, call_id: CallId) -> None:
    await uow.reviews.refresh(call_id)
    uow.note(Change(kind=ChangeKind.review_changed, subject_id=call_id))


async def save_playlist(storage: Storage, playlist: Playlist) -> Made[Playlist]:
    """Make a playlist, or change its name and who may hear it; its clips stay. Raises Invalid."""
    if not playlist.name.strip():
        raise Invalid("The playlist needs a name.")
    async with storage.begin() as uow:
        before = await uow.reviews.playlist(playlist.id)
        kept = playlist
        if before is not None:
            kept = replace(playlist, clips=before.clips, created_by=before.created_by, created_at=before.created_at)
        await uow.reviews.save_playlist(kept)
    return Made(kept, created=before is None)


async def save_clips(storage: Storage, playlist_id: PlaylistId, clips: Sequence[Clip]) -> Playlist:
    """Keep these clips in this order. Raises NotFound, Invalid."""
    if len(clips) > CLIPS_LIMIT:
        raise Invalid(f"A playlist has at most {CLIPS_LIMIT} clips.")
    async with storage.begin() as uow:
        playlist = await uow.reviews.playlist(playlist_id)
        if playlist is None:
            raise NotFound("There is no such playlist; it may have been deleted.")
        before = {clip.id: clip for clip in playlist.clips}
        kept = [await _clip(uow, clip, before.get(clip.id)) for clip in clips]
        if len({clip.id for clip in kept}) < len(kept):
            raise Invalid("A clip is listed twice.")
        await uow.reviews.save_clips(playlist_id, kept)
    return replace(playlist, clips=tuple(kept))


async def _clip(uow: UnitOfWork, clip: Clip, before: Clip | None) -> Clip:
    if not clip.title.strip():
        raise Invalid("A clip needs a title.")
    if before is not None:
        clip = replace(clip, call_id=before.call_id, added_by=before.added_by, added_at=before.added_at)
    elif await uow.recordings.agents_of(clip.call_id) is None:
        raise NotFound("There is no such call; it may have been deleted with its contact.")
    durations = [s.duration for s in await uow.recordings.of_call(clip.call_id) if s.duration is not None]
    check_place(clip.start, clip.end, max(durations, default=None))
    return clip
