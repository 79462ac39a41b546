"""Comments at a second or a range of a call, and clips made of ranges. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.errors import Invalid
from hub.domain.ids import CallId, UserId
from hub.domain.review.ids import ClipId, CommentId, PlaylistId

TEXT_LIMIT = 5_000
CLIPS_LIMIT = 500
_SLACK = 1.0
"""Seconds a place may lie behind the end: players round, and lengths of lossy formats differ a little."""


class Visibility(StrEnum):
    """Who sees a comment."""

    reviewers = "reviewers"
    agent = "agent"
    """The agent whose call it is, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody says about a place of a call, or in answer to such a comment."""

    id: CommentId
    call_id: CallId
    author_id: UserId
    parent_id: CommentId | None = None
    """The comment that began the thread; an answer has its place and visibility."""
    start: float
    """Seconds from the beginning of the recording."""
    end: float | None = None
    """The end of a range; None for a single second."""
    text: str
    mentions: tuple[UserId, ...] = ()
    visibility: Visibility = Visibility.reviewers
    created_at: datetime
    edited_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A range of a call worth hearing again."""

    id: ClipId
    call_id: CallId
    start: float
    end: float
    title: str
    note: str = ""
    added_by: UserId
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """Clips in an order of their own, for training."""

    id: PlaylistId
    name: str
    description: str = ""
    shared: bool = False
    """Agents may hear it; else only those who review."""
    clips: tuple[Clip, ...] = ()
    created_by: UserId
    created_at: datetime


def check_place(start: float, end: float | None, duration: float | None) -> None:
    """Raise Invalid, in words, unless the place lies in a recording of this length (None: not known yet)."""
    if not 0 <= start < 360_000:
        raise Invalid("The place has to be a second of the recording, from 0.")
    if end is not None and not start < end < 360_000:
        raise Invalid("The range has to end after it begins.")
    last = start if end is None else end
    if duration is not None and last > duration + _SLACK:
        raise Invalid(f"The recording is only {duration:.0f} seconds long; the place lies behind its end.")


def check_text(text: str) -> str:
    """Return the text without blanks around it. Raises Invalid if nothing or too much is left."""
    plain = text.strip()
    if not plain:
        raise Invalid("Write what you want to say.")
    if len(plain) > TEXT_LIMIT:
        raise Invalid(f"A comment has at most {TEXT_LIMIT} characters.")
    return plain


def sees_comment(comment: Comment, viewer: UserId, *, reviews: bool, about: UserId | None) -> bool:
    """Tell whether a person sees a comment; `about` is the agent whose call it is.

    Whoever is mentioned sees it, and its author; those who review see all.
    """
    if reviews or viewer == comment.author_id or viewer in comment.mentions:
        return True
    return comment.visibility is Visibility.agent and viewer == about
